package faults

import (
	"fmt"
	"os"
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
