package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/store/seal"
)

// journey goes through a contest by commands with --format json and notes which succeeded and which failed.
type journey struct {
	t            *testing.T
	dir          string
	good, failed map[string]bool
	paths        []string // of all commands, longest first
}

func newJourney(t *testing.T) *journey {
	j := &journey{t: t, dir: t.TempDir(), good: map[string]bool{}, failed: map[string]bool{}}
	t.Chdir(j.dir)
	t.Setenv("XDG_CONFIG_HOME", j.dir) // where wrong tries are counted
	_, all := fullTree(t, "zh-Hans").Described()
	for _, c := range all {
		if c.Example != "" { // no word that only leads to commands
			j.paths = append(j.paths, c.Command)
		}
	}
	return j
}

// fullTree declares every command.
func fullTree(t testing.TB, lang string) *command.Tree {
	t.Helper()
	all, err := command.Whole(lang, nouns)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// of returns the command that a line begins with.
func (j *journey) of(line string) string {
	best := ""
	for _, p := range j.paths {
		if strings.HasPrefix(line+" ", p+" ") && len(p) > len(best) {
			best = p
		}
	}
	if best == "" {
		j.t.Fatalf("%s: no command", line)
	}
	return best
}

// run runs one line, wants exit code want and returns the document.
func (j *journey) run(want int, line string) any {
	j.t.Helper()
	var out, told bytes.Buffer
	code := command.Run(j.t.Context(), nouns, append(strings.Fields(line), "--format", "json"),
		command.World{Out: &out, Err: &told, In: strings.NewReader(""), Lang: "zh_CN.UTF-8", Now: time.Now,
			Random: rand.Reader, Ended: j.ended, Cost: seal.Cost{Passes: 1, Memory: 64, Threads: 1}})
	if code != want {
		j.t.Fatalf("%s: exit %d, want %d\n%s\n%s", line, code, want, &told, &out)
	}
	dec := json.NewDecoder(&out)
	var doc any
	if err := dec.Decode(&doc); err != nil {
		j.t.Fatalf("%s: no JSON: %v", line, err)
	}
	if rest, _ := io.ReadAll(io.MultiReader(dec.Buffered(), &out)); len(bytes.TrimSpace(rest)) > 0 {
		j.t.Errorf("%s: more than one document: %s", line, rest)
	}
	if doc == nil {
		j.t.Errorf("%s: the document is null", line)
	}
	if want == 0 {
		j.good[j.of(line)] = true
		return doc
	}
	j.failed[j.of(line)] = true
	j.fault(line, want, doc)
	return doc
}

// ended wants the help of a command to name the exit code with which it ended.
func (j *journey) ended(e command.Ending) {
	if !e.Declared {
		j.t.Errorf("%s: exit %d, which its help does not name", e.Command, e.Exit)
	}
}

// fault wants doc to hold an error of the stable form that fits the exit code.
func (j *journey) fault(line string, want int, doc any) {
	j.t.Helper()
	object, _ := doc.(map[string]any)
	fault, ok := object["error"].(map[string]any)
	if !ok {
		j.t.Fatalf("%s: no error in %v", line, doc)
	}
	code, _ := fault["code"].(string)
	said, _ := fault["text"].(string)
	for _, f := range unplain("zh", said, strings.Fields(line)...) {
		j.t.Errorf("%s: %s in %q", line, f, said)
	}
	key, _ := fault["key"].(string)
	text, _ := fault["text"].(string)
	if _, ok := fault["args"].(map[string]any); !ok || len(fault) != 4 || command.ExitCode(judging.Code(code)) != want {
		j.t.Errorf("%s: exit %d with %v", line, want, fault)
	}
	if area, _, ok := strings.Cut(key, "."); !ok || area == "" || text == "" || text == key || strings.Contains(text,
		"<no value>") {
		j.t.Errorf("%s: %q reads %q", line, key, text)
	}
}

// both runs a line on the contest, and again on a contest that is not there.
func (j *journey) both(line string) any {
	j.t.Helper()
	words := strings.Fields(line)
	for i, w := range words {
		if strings.HasSuffix(w, ".fayi") {
			words[i] = "none.fayi"
			break
		}
	}
	j.run(4, strings.Join(words, " "))
	return j.run(0, line)
}

func (j *journey) file(name string, data []byte) {
	j.t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		j.t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		j.t.Fatal(err)
	}
}

// find returns what stands in doc at keys; numbers count in lists.
func find(t *testing.T, doc any, keys ...any) string {
	t.Helper()
	for _, k := range keys {
		switch at := doc.(type) {
		case map[string]any:
			doc = at[fmt.Sprint(k)]
		case []any:
			n, ok := k.(int)
			if !ok || n >= len(at) {
				t.Fatalf("no %v in %v", k, at)
			}
			doc = at[n]
		default:
			t.Fatalf("no %v in %v", k, doc)
		}
	}
	return fmt.Sprint(doc)
}

func TestEveryCommandAnswersInJSON(t *testing.T) {
	j := newJourney(t)
	j.material()
	j.program()
	j.contest()
	j.works()
	j.problems()
	j.worksFiles()
	j.judges()
	j.assign()
	j.scores()
	j.packets()
	j.rehearsal()
	j.stage()
	j.awards()
	j.compare()
	j.rounds()
	j.reports()
	j.restore()
	j.share()
	j.hall()
	for _, p := range j.paths {
		if !j.good[p] {
			t.Errorf("%s has no case in which it succeeds", p)
		}
		if !j.failed[p] {
			t.Errorf("%s has no case in which it fails", p)
		}
	}
}
