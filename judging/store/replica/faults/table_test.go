package faults

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// tableVar names the file to which each run appends its line: the kind of fault, how many, saves acknowledged, saves
// lost, and how long each recovery took, in milliseconds. scripts/faults adds them up, and goes on where it was ended.
const tableVar = "FAYI_FAULTS_TABLE"

func (w *world) note(kind string, faults, acknowledged, lost int) {
	w.t.Helper()
	path := os.Getenv(tableVar)
	if path == "" {
		return
	}
	slices.Sort(w.recovery)
	var ms []string
	for _, d := range w.recovery {
		ms = append(ms, fmt.Sprint(d.Milliseconds()))
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		w.t.Fatal(err)
	}
	_, err = fmt.Fprintf(f, "%s\t%d\t%d\t%d\t%s\n", kind, faults, acknowledged, lost, strings.Join(ms, ","))
	if err := f.Close(); err != nil {
		w.t.Error(err)
	}
	if err != nil {
		w.t.Error(err)
	}
}

// members logs how the members of etcd are, for a run in which nothing could be saved.
func (w *world) members() {
	w.t.Helper()
	w.t.Logf("member %d leads", w.leader())
	for n := 1; n <= 3; n++ {
		of := filepath.Join(w.cluster.Dir(), fmt.Sprintf("m%d", n))
		pid, _ := os.ReadFile(of + ".pid")
		said, _ := os.ReadFile(of + ".log")
		lives := exec.Command("kill", "-0", strings.TrimSpace(string(pid))).Run() == nil
		w.t.Logf("member %d lives: %t; its log ends:\n%s", n, lives, said[max(0, len(said)-3000):])
	}
}
