// Command mutants shows that the tests of deciding code can fail. It changes one operator at a time in the files
// that targets.txt names: each comparison becomes its neighbour (< and <=, > and >=, == and !=), && and || change
// places, numeric + becomes -. All mutants that the same tests try are compiled into one test binary, which reads the
// number of the mutant to switch on from the environment, so that code is built once and not once a mutant. A
// mutant under which every test still passes is alive: either a test is missing, or the change makes no difference
// and stands in equal.json with the reason.
//
// Run it from the top of the repository with `make mutants`. It exits with 1 when a mutant lives that equal.json
// does not list, or when an entry of equal.json no longer names a living mutant.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	dir := flag.String("config", "scripts/mutants", "`folder` with targets.txt and equal.json")
	only := flag.String("only", "", "try only mutants whose file contains this `text`; other entries are not checked")
	verbose := flag.Bool("v", false, "print what became of each mutant")
	workers := flag.Int("p", runtime.NumCPU(), "how many test processes run at the same time")
	flag.Parse()
	ok, err := run(*dir, *only, *workers, *verbose)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// run tries the mutants of all targets, prints the table, and reports whether none lives that should not.
func run(dir, only string, workers int, verbose bool) (bool, error) {
	start := time.Now()
	targets, err := readTargets(filepath.Join(dir, "targets.txt"))
	if err != nil {
		return false, err
	}
	equal, err := readEqual(filepath.Join(dir, "equal.json"))
	if err != nil {
		return false, err
	}
	var all []*mutant
	for _, group := range groups(targets) {
		found, err := tryGroup(group, only, workers, verbose)
		if err != nil {
			return false, fmt.Errorf("%s: %w", group[0].pkg, err)
		}
		all = append(all, found...)
	}
	stale := equal.mark(all, only)
	printTable(all)
	living := printAlive(all)
	for _, line := range stale {
		fmt.Println("stale entry of equal.json:", line)
	}
	excused := 0
	for _, m := range all {
		if m.equal != "" {
			excused++
		}
	}
	fmt.Printf("%d mutants: %d killed, %d equal in effect, %d alive, in %s\n",
		len(all), len(all)-excused-living, excused, living, time.Since(start).Round(time.Second))
	return living == 0 && len(stale) == 0, nil
}

// groups puts targets that the same tests try together, in their order: they share one binary, and each test is run
// once to see what it reaches.
func groups(targets []target) (out [][]target) {
	for _, t := range targets {
		i := slices.IndexFunc(out, func(g []target) bool { return g[0].sameTests(t) })
		if i < 0 {
			out = append(out, nil)
			i = len(out) - 1
		}
		out[i] = append(out[i], t)
	}
	return out
}

// tryGroup finds the mutants of packages, builds them in, and tries each.
func tryGroup(group []target, only string, workers int, verbose bool) ([]*mutant, error) {
	var all []*mutant
	var packages []*loaded
	for _, t := range group {
		p, err := loadPackage(t, only, len(all))
		if err != nil {
			return nil, err
		}
		packages, all = append(packages, p), append(all, p.mutants...)
	}
	if len(all) == 0 {
		return nil, nil
	}
	work, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	temp, err := os.MkdirTemp(scratch(), "mutants")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	binaries, err := build(packages, group[0].tests, work)
	if err != nil {
		return nil, err
	}
	left := all
	for i, folder := range group[0].tests {
		trial := &trial{target: group[0], folder: folder, binary: binaries[i], temp: temp, workers: workers,
			verbose: verbose, last: i == len(binaries)-1, notes: filepath.Join(work, fmt.Sprint("reached", i))}
		if err := trial.reach(all); err != nil {
			return nil, err
		}
		trial.tryAll(left)
		left = slices.DeleteFunc(slices.Clone(left), func(m *mutant) bool { return !m.lives() })
	}
	return all, nil
}

// scratch returns where temporary files of tests go: into memory where the system offers it, since tests that wait
// for a disk take three times as long.
func scratch() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

// printTable prints one row per file and the sum.
func printTable(all []*mutant) {
	type row struct{ mutants, killed, slow, equal, alive int }
	rows, order := map[string]*row{}, []string{}
	total := &row{}
	for _, m := range all {
		if rows[m.file] == nil {
			rows[m.file] = &row{}
			order = append(order, m.file)
		}
		for _, r := range []*row{rows[m.file], total} {
			r.mutants++
			switch {
			case m.equal != "":
				r.equal++
			case m.lives():
				r.alive++
			default:
				r.killed++
				if m.fate == endless {
					r.slow++
				}
			}
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "file\tmutants\tkilled\tof them endless\tequal in effect\talive\t")
	for _, file := range append(order, "") {
		r, name := total, "all"
		if file != "" {
			r, name = rows[file], file
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t\n", name, r.mutants, r.killed, r.slow, r.equal, r.alive)
	}
	w.Flush()
}

// String names the mutant and its fate.
func (m *mutant) String() string {
	return fmt.Sprintf("%s:%d: %s: %s: %s -> %s, occurrence %d: %s %s",
		m.file, m.line, m.function, m.expr, m.op, m.to, m.occurrence, m.fate, m.killer)
}

// printAlive names each living mutant that no entry excuses, and returns how many there are.
func printAlive(all []*mutant) int {
	n := 0
	for _, m := range all {
		if m.equal == "" && m.lives() {
			fmt.Println(strings.TrimSpace(m.String()))
			n++
		}
	}
	return n
}
