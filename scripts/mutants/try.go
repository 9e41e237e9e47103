package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// fate is what became of a mutant.
type fate string

const (
	killed    fate = "killed"
	endless   fate = "killed by the time limit"
	alive     fate = "ALIVE"
	unreached fate = "ALIVE, no test reaches it"
)

// lives reports whether no test has seen the mutant.
func (m *mutant) lives() bool { return m.fate == alive || m.fate == unreached }

// trial runs the tests of one package.
type trial struct {
	target  target
	folder  string // of the package
	binary  string
	notes   string // beginning of the names of files in which tests note what they reach
	temp    string // where tests put their temporary files
	workers int

	args    []string // of the target, those that the binary has
	verbose bool
	last    bool // no other package's tests try after these

	tests []timedTest // shortest first

	lock    sync.Mutex
	killers map[string][]string // of mutants of a function and of a file, the latest first
}

type timedTest struct {
	name string
	took time.Duration
}

// reach runs each test by itself without any mutant and notes in each mutant which tests reach it. Errors: a test
// that fails.
func (t *trial) reach(all []*mutant) error {
	names, err := t.list()
	if err != nil {
		return err
	}
	t.args = t.known(t.target.args)
	for _, m := range all {
		m.tests = nil // those of another package
	}
	t.tests = make([]timedTest, len(names))
	failures := make([]error, len(names))
	var lock sync.Mutex
	t.parallel(len(names), func(i int) {
		note := fmt.Sprint(t.notes, "-", i)
		start := time.Now()
		out, err := t.command([]string{names[i]}, 10*time.Minute, "FAYI_MUTANTS_REACHED="+note).CombinedOutput()
		t.tests[i] = timedTest{names[i], time.Since(start)}
		if err != nil {
			failures[i] = fmt.Errorf("%s fails without any mutant: %w\n%s", names[i], err, out)
		}
		data, _ := os.ReadFile(note) // absent where the test reaches none
		lock.Lock()
		defer lock.Unlock()
		for _, word := range strings.Fields(string(data)) {
			if id, err := strconv.Atoi(word); err == nil {
				all[id-1].tests = append(all[id-1].tests, names[i])
			}
		}
	})
	slices.SortFunc(t.tests, func(a, b timedTest) int {
		return cmp.Or(cmp.Compare(a.took, b.took), cmp.Compare(a.name, b.name))
	})
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}

// list names the tests to use. Fuzz targets run their kept inputs.
func (t *trial) list() ([]string, error) {
	pattern := cmp.Or(t.target.run, ".")
	cmd := exec.Command(t.binary, "-test.list", pattern)
	cmd.Dir = t.folder
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("listing the tests: %w", err)
	}
	var names []string
	for _, name := range strings.Fields(string(out)) {
		if strings.HasPrefix(name, "Test") || strings.HasPrefix(name, "Fuzz") {
			names = append(names, name)
		}
	}
	if t.target.skip == "" {
		return names, nil
	}
	skipped, err := exec.Command(t.binary, "-test.list", t.target.skip).Output()
	left := strings.Fields(string(skipped))
	return slices.DeleteFunc(names, func(n string) bool { return slices.Contains(left, n) }), err
}

// known drops the arguments whose flags the binary does not have: of several packages of tests, some use no rapid.
func (t *trial) known(args []string) []string {
	usage, _ := exec.Command(t.binary, "-help").CombinedOutput() // ends with 0 or 2, by version
	return slices.DeleteFunc(slices.Clone(args), func(arg string) bool {
		name, _, _ := strings.Cut(arg, "=")
		return !slices.Contains(strings.Fields(string(usage)), name)
	})
}

// command runs tests by name, stopping at the first that fails.
func (t *trial) command(names []string, limit time.Duration, env string) *exec.Cmd {
	pattern := "^(" + strings.Join(names, "|") + ")$"
	args := []string{"-test.run", pattern, "-test.failfast", "-test.timeout", limit.String()}
	cmd := exec.Command(t.binary, append(args, t.args...)...)
	cmd.Dir = t.folder
	cmd.Env = append(os.Environ(), env, "TMPDIR="+t.temp, "GOMAXPROCS=1", "GOGC=400")
	return cmd
}

func (t *trial) tryAll(all []*mutant) {
	t.killers = map[string][]string{}
	t.parallel(len(all), func(i int) {
		start := time.Now()
		t.try(all[i])
		if t.verbose && (t.last || !all[i].lives()) {
			t.lock.Lock()
			defer t.lock.Unlock()
			fmt.Printf("%s, after %s\n", all[i], time.Since(start).Round(time.Millisecond))
		}
	})
}

// inOrder lists the tests that reach a mutant: those that killed others of its function, then the last few that did in
// its file, then the shortest first.
func (t *trial) inOrder(m *mutant) (out []timedTest) {
	t.lock.Lock()
	ofFile := t.killers[m.file]
	first := slices.Concat(t.killers[m.file+m.function], ofFile[:min(3, len(ofFile))])
	t.lock.Unlock()
	for _, test := range t.tests {
		if slices.Contains(m.tests, test.name) {
			out = append(out, test)
		}
	}
	rank := func(test timedTest) int {
		if i := slices.Index(first, test.name); i >= 0 {
			return i
		}
		return len(first)
	}
	slices.SortStableFunc(out, func(a, b timedTest) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// learn remembers which test killed a mutant: it may well see others of the same function.
func (t *trial) learn(m *mutant) {
	words := strings.Fields(m.killer)
	if len(words) < 3 || words[0] != "---" {
		return
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	for _, key := range []string{m.file + m.function, m.file} {
		list := slices.Clone(t.killers[key]) // others may read the old one
		left := slices.DeleteFunc(list, func(name string) bool { return name == words[2] })
		t.killers[key] = append([]string{words[2]}, left...)
	}
}

// try switches one mutant on and runs the tests that reach it in batches that grow: most mutants fall to the first.
func (t *trial) try(m *mutant) {
	m.fate = cmp.Or(m.fate, unreached)
	var batch []string
	var took time.Duration
	limit := 250 * time.Millisecond
	for _, test := range t.inOrder(m) {
		if took+test.took > limit && len(batch) > 0 {
			if t.runBatch(m, batch, took); m.fate != alive {
				return
			}
			batch, took, limit = nil, 0, 4*limit
		}
		batch, took = append(batch, test.name), took+test.took
	}
	if len(batch) > 0 {
		t.runBatch(m, batch, took)
	}
}

// runBatch runs tests that take so long without a mutant and notes the mutant's fate. One that is out of time gets a
// second chance with three times as much: on a busy machine a mutant must not pass for dead.
func (t *trial) runBatch(m *mutant, batch []string, took time.Duration) {
	limit := 4*time.Second + 10*took
	for range 2 {
		out, err := t.command(batch, limit, "FAYI_MUTANT="+strconv.Itoa(m.id)).CombinedOutput()
		if err == nil {
			m.fate = alive
			return
		}
		m.fate, m.killer = killed, strings.TrimSpace(firstFailure(out))
		t.learn(m)
		if !bytes.Contains(out, []byte("test timed out after")) {
			return
		}
		m.fate, limit = endless, 3*limit
	}
}

// firstFailure returns the line of the output that names the failed test.
func firstFailure(out []byte) string {
	for line := range strings.Lines(string(out)) {
		for _, start := range []string{"--- FAIL", "panic:", "mutant:"} {
			if strings.HasPrefix(strings.TrimSpace(line), start) {
				return line
			}
		}
	}
	return "the process ended"
}

// parallel calls fn for 0 … n-1 on so many workers.
func (t *trial) parallel(n int, fn func(i int)) {
	jobs := make(chan int)
	var done sync.WaitGroup
	for range max(1, t.workers) {
		done.Go(func() {
			for i := range jobs {
				fn(i)
			}
		})
	}
	for i := range n {
		jobs <- i
	}
	close(jobs)
	done.Wait()
}
