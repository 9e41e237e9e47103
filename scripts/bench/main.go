// Command bench measures what is promised of speed, each against its limit, and writes docs/bench.md: one table. It
// runs to its end whatever is missed, names the misses last, and fails then. Call it from the root of the project, with
// nothing else at work on the computer: go run ./scripts/bench. Words after that choose lines by what they are about.
// Without words, and with the word growth (alone, or before those that choose), it also tells how the time of what is
// done to all works grows with their number, as a table and, without words, as a graph in docs/bench.svg. Without
// words, and with the word fairness alone, it measures how well each method ranks contests of known truth, and writes
// docs/fairness.md.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// line is one promise.
type line struct {
	what   string
	pkg    string
	bench  string // the benchmark's name, without "Benchmark"
	metric string // as the benchmark reports it
	scale  float64
	limit  float64 // 0 for none: it stands in the table to be known
	least  bool    // it is to be at least the limit, not at most
	unit   string  // "×" for a ratio
	other  string  // what it is measured against
}

const (
	processor = "none: time of processors, software drawing within"
	alone     = "none: time of processors"
	clock     = "none: the clock"
)

// lines is the table, in its order.
var lines = []line{
	{"a page of the window opens, 95 of 100, 640 works", "./cmd/fayi", "Pages", "p95-processor-ms", 1, 100, false,
		"ms", processor},
	{"a page of the window opens, the middle", "./cmd/fayi", "Pages", "p50-processor-ms", 1, 100, false,
		"ms", processor},
	{"a work is saved and the next one stands, pictures of 12 megapixels", "./cmd/fayi", "SaveAndNext",
		"p50-ms", 1, 150, false, "ms", clock},
	{"the same: what it costs, the picture after the next one read ahead within", "./cmd/fayi", "SaveAndNext",
		"p50-processor-ms", 1, 0, false, "ms", processor},
	{"the first window stands", "./cmd/fayi", "Start", "first-window/label-cpu", 1, 0.9, false,
		"×", "a program of the same toolkit with one label and the same type, time of processors"},
	{"memory at rest", "./cmd/fayi", "Start", "memory/label", 1, 1.15, false,
		"×", "the same program"},
	{"100,000 works are opened and a category listed", "./judging/office", "OpenAndList100000",
		"processor-ms/op", 1, 300, false, "ms", alone},
	{"overview of 100,000 works", "./judging/office", "Overview100000", "processor-ms/overview", 1, 50, false,
		"ms", alone},
	{"overview of 100,000 works after a score", "./judging/office", "Overview100000",
		"processor-ms/overview-after-save", 1, 50, false, "ms", alone},
	{"search in 100,000 works, each key", "./judging/office", "Find", "processor-ms/op", 1, 16, false, "ms", alone},
	{"640 works: places, explanation, each judge left out", "./judging/office", "Results640", "processor-ms/op", 1,
		60, false, "ms", alone},
	{"100,000 works: places and awards", "./judging/office", "Results100000", "processor-ms/op", 1, 1000, false,
		"ms", alone},
	{"packets are sealed, 300 MB", "./judging/office", "Seal300MB", "x-age-speed-cpu", 1, 1, true,
		"×", "the speed of age over a tar of the same files, time of processors"},
	{"100,000 works are imported", "./judging/office", "ImportCost100000", "cpu-x-bare", 1, 3, false,
		"×", "excelize reading the same workbook and nothing else, time of processors"},
	{"near-duplicates among 100,000 pictures", "./judging/media/likeness", "AlikePictures", "ns/op", 1e-9, 6, false,
		"s", clock},
	{"the same, time of both processors", "./judging/media/likeness", "AlikePictures", "processor-ms/op", 1e-3, 12,
		false, "s", alone},
	{"small pictures of 200 photographs", "./judging/media", "Thumbnails200", "vips-2/ours", 1, 1, true,
		"×", "the speed of vipsthumbnail, by the clock"},
	{"an album of 250 works, photographs of 12 megapixels", "./judging/office/exhibition", "Album250",
		"ns/op", 1e-9, 30, false, "s", clock},
	{"the same album: how large", "./judging/office/exhibition", "Album250", "MB", 1, 60, false, "MB", "none"},
	{"kits for 150 units", "./judging/office/exhibition", "Kit150", "processor-s/kits", 1, 10, false,
		"s", alone},
	{"assignment of 100,000 works in 8 categories", "./judging/assign", "SolveHugeCategories", "processor-ms/op", 1e-3,
		3, false, "s", alone},
}

func main() {
	if slices.Equal(os.Args[1:], []string{fairnessWord}) {
		end(measureAndTell())
	}
	chosen := choose(lines, os.Args[1:])
	got := map[string]float64{}
	for _, pkg := range packages(chosen) {
		out, err := measureAll(pkg, chosen)
		if err != nil {
			fmt.Printf("%s: %v\n", pkg, err)
		}
		for bench, metrics := range out {
			for metric, v := range metrics {
				got[bench+" "+metric] = v
			}
		}
	}
	missed := misses(chosen, got)
	for _, err := range write(chosen, got) {
		fmt.Println(err)
		missed = append(missed, "docs/bench.md, docs/bench.svg: not written")
	}
	if len(os.Args) == 1 {
		missed = append(missed, measureAndTell()...)
	}
	end(missed)
}

// measureAndTell writes docs/fairness.md and returns what is missed.
func measureAndTell() []string {
	missed, err := fairness()
	if err != nil {
		return append(missed, fairnessPage+": "+err.Error())
	}
	return missed
}

// end names the misses and ends the program.
func end(missed []string) {
	for _, m := range missed {
		fmt.Println("missed:", m)
	}
	if len(missed) > 0 {
		os.Exit(1)
	}
	os.Exit(0)
}

// write writes docs/bench.md with its graph, or prints what was asked for by words.
func write(chosen []line, got map[string]float64) (failed []error) {
	words := os.Args[1:]
	if len(words) > 0 && !slices.Contains(words, "growth") {
		fmt.Print(page(chosen, got, ""))
		return nil
	}
	wanted := chooseGrowths(growths, words)
	ms := measureGrowth(wanted)
	if len(words) > 0 {
		fmt.Print(page(chosen, got, growthTable(wanted, ms)))
		return nil
	}
	for _, err := range []error{
		writeGraph(growths, ms),
		os.WriteFile("docs/bench.md", []byte(page(chosen, got, growthTable(growths, ms))), 0o644),
	} {
		if err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}

// choose picks the lines that are about one of the words; all for none.
func choose(all []line, words []string) []line {
	return slices.DeleteFunc(slices.Clone(all), func(l line) bool {
		return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
			return strings.Contains(l.what+" "+l.bench, w)
		})
	})
}

func packages(chosen []line) (out []string) {
	for _, l := range chosen {
		if !slices.Contains(out, l.pkg) {
			out = append(out, l.pkg)
		}
	}
	return out
}

// measureAll runs a package's benchmarks, one process each: what one leaves in memory is no burden of the next.
func measureAll(pkg string, chosen []line) (map[string]map[string]float64, error) {
	var names []string
	for _, l := range chosen {
		if l.pkg == pkg && !slices.Contains(names, l.bench) {
			names = append(names, l.bench)
		}
	}
	out := map[string]map[string]float64{}
	var failed []error
	for _, name := range names {
		if err := run(pkg, name, out); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", name, err))
		}
	}
	return out, errors.Join(failed...)
}

// run runs one benchmark and reads what it reports into out.
func run(pkg, name string, out map[string]map[string]float64, environment ...string) error {
	cgo := "CGO_ENABLED=0"
	if strings.HasPrefix(pkg, "./cmd/fayi") {
		cgo = "CGO_ENABLED=1"
	}
	cmd := exec.Command(
		"go", "test", "-vet=off", "-run", "^$", "-bench", "^Benchmark"+name+"$", "-benchtime", "1x",
		"-timeout", "20m", pkg,
	)
	cmd.Env, cmd.Stderr = append(append(os.Environ(), cgo), environment...), os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	began := time.Now()
	read(io.TeeReader(pipe, os.Stdout), out)
	err = cmd.Wait()
	fmt.Printf("%s took %.0f s\n", name, time.Since(began).Seconds())
	return err
}

// read takes what benchmarks report from what go test prints.
func read(r io.Reader, into map[string]map[string]float64) {
	for s := bufio.NewScanner(r); s.Scan(); {
		fields := strings.Fields(s.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(fields[0], "Benchmark"), "-")
		metrics := map[string]float64{}
		for i := 2; i+1 < len(fields); i += 2 {
			if v, err := strconv.ParseFloat(fields[i], 64); err == nil {
				metrics[fields[i+1]] = v
			}
		}
		into[name] = metrics
	}
}

// value is what was measured for a line; false for nothing.
func (l line) value(got map[string]float64) (float64, bool) {
	v, ok := got[l.bench+" "+l.metric]
	return v * l.scale, ok
}

func (l line) met(v float64) bool {
	return l.limit == 0 || l.least && v >= l.limit || !l.least && v <= l.limit
}

// bound is the limit in words.
func (l line) bound() string {
	if l.limit == 0 {
		return "none"
	}
	sign := "≤"
	if l.least {
		sign = "≥"
	}
	return sign + " " + number(l.limit) + " " + l.unit
}

func misses(chosen []line, got map[string]float64) (out []string) {
	for _, l := range chosen {
		switch v, ok := l.value(got); {
		case !ok:
			out = append(out, l.what+": not measured")
		case !l.met(v):
			out = append(out, fmt.Sprintf("%s: %s %s, to be %s", l.what, number(v), l.unit, l.bound()))
		}
	}
	return out
}

// page is docs/bench.md; growth is the part about it.
func page(chosen []line, got map[string]float64, growth string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Measured

What is promised of speed, and what it was when this was written, by %s. Time of processors is what the program used of
all of them, which says more than the clock where a computer does other things too. Windows are real ones, drawn in
software.

| What | Measured | Limit | Against | |
|---|---|---|---|---|
`, "`make bench` on "+machine())
	for _, l := range chosen {
		said, mark := "not measured", "missed"
		if v, ok := l.value(got); ok {
			said = number(v) + " " + l.unit
			if l.met(v) {
				mark = ""
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", l.what, said, l.bound(), l.other, mark)
	}
	b.WriteString(growth)
	missed := misses(chosen, got)
	if len(missed) == 0 {
		return b.String() + "\nNothing is missed.\n"
	}
	b.WriteString("\nMissed:\n\n")
	for _, m := range missed {
		b.WriteString("- " + m + "\n")
	}
	return b.String()
}

// machine says in words what was measured on: how many processors, which, and how much memory, where the system tells.
func machine() string {
	out := fmt.Sprintf("%d cores, %s/%s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	if model := account("/proc/cpuinfo", "model name"); model != "" {
		out += ", " + model
	}
	var kb float64
	if _, err := fmt.Sscan(account("/proc/meminfo", "MemTotal"), &kb); err == nil {
		out += fmt.Sprintf(", %s GB", number(kb/1024/1024))
	}
	return out
}

// account reads the first line of a name in one of the system's accounts, "" for none.
func account(file, name string) string {
	data, _ := os.ReadFile(file)
	for line := range strings.Lines(string(data)) {
		if key, value, _ := strings.Cut(line, ":"); strings.TrimSpace(key) == name {
			return strings.Join(strings.Fields(value), " ")
		}
	}
	return ""
}

// number writes three digits that say something.
func number(v float64) string {
	switch {
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
	}
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
}
