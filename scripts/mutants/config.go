package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// target is one package to mutate, as targets.txt describes it.
type target struct {
	pkg   string              // folder below the top of the repository
	files map[string][]string // file name -> functions as "Type.Method" or "Func"; none means the whole file
	tests []string            // folders of the packages whose tests are run, pkg unless said
	run   string              // regular expression of the tests to use; "" means all
	skip  string              // regular expression of tests to leave out
	args  []string            // more arguments of the test binary
}

// sameTests reports whether the same tests try both.
func (t target) sameTests(u target) bool {
	return slices.Equal(t.tests, u.tests) && t.run == u.run && t.skip == u.skip && slices.Equal(t.args, u.args)
}

// readTargets reads targets.txt: lines "package DIR", and for the package above "file NAME [FUNCTION ...]", "tests
// DIR ...", "run REGEXP", "skip REGEXP", "args ARG ...". Blank lines and lines that begin with # are passed over.
func readTargets(path string) ([]target, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []target
	for i, line := range strings.Split(string(data), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if words[0] == "package" && len(words) == 2 {
			out = append(out, target{pkg: words[1], tests: words[1:2], files: map[string][]string{}})
			continue
		}
		if len(out) == 0 || len(words) < 2 {
			return nil, fmt.Errorf("%s:%d: %q is not understood", path, i+1, line)
		}
		t := &out[len(out)-1]
		switch words[0] {
		case "file":
			t.files[words[1]] = append(t.files[words[1]], words[2:]...)
		case "tests":
			t.tests = words[1:]
		case "run":
			t.run = words[1]
		case "skip":
			t.skip = words[1]
		case "args":
			t.args = append(t.args, words[1:]...)
		default:
			return nil, fmt.Errorf("%s:%d: %q is not understood", path, i+1, line)
		}
	}
	return out, nil
}

// entry excuses one mutant that changes nothing. It is keyed by what stands in the code, never by line numbers.
type entry struct {
	File string `json:"file"`
	Func string `json:"func"`
	Expr string `json:"expr"` // the whole binary expression as gofmt prints it
	// which of the equal expressions of the function, from 1; 0 means 1
	Occurrence int    `json:"occurrence,omitempty"`
	Why        string `json:"why"`
}

func (e entry) key() mutantKey {
	return mutantKey{e.File, e.Func, e.Expr, max(1, e.Occurrence)}
}

type equalList []entry

// readEqual reads equal.json and refuses entries without a reason.
func readEqual(path string) (equalList, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out equalList
	if err := json.Unmarshal(data, &out); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, e := range out {
		if strings.TrimSpace(e.Why) == "" {
			return nil, fmt.Errorf("%s: no reason for %s %s %s", path, e.File, e.Func, e.Expr)
		}
	}
	return out, nil
}

// mark writes the reasons to the mutants that the list excuses and returns the stale entries: those that name no
// mutant, one that a test kills, or one twice. Entries of files without the text only are left alone.
func (l equalList) mark(all []*mutant, only string) (stale []string) {
	byKey := map[mutantKey]*mutant{}
	for _, m := range all {
		byKey[m.mutantKey] = m
	}
	for _, e := range l {
		if !strings.Contains(e.File, only) {
			continue
		}
		k := e.key()
		m := byKey[k]
		what := fmt.Sprintf("%s %s: %s (occurrence %d)", k.file, k.function, k.expr, k.occurrence)
		switch {
		case m == nil:
			stale = append(stale, what+": there is no such mutant")
		case m.equal != "":
			stale = append(stale, what+": listed twice")
		case m.fate != alive && m.fate != unreached:
			stale = append(stale, what+": a test kills it: "+m.killer)
		default:
			m.equal = e.Why
		}
	}
	return stale
}
