package main

import (
	"encoding/xml"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const printed = `goos: linux
cpu: some processor
BenchmarkPages-2   	       1	 319.9 end-MB	 61.88 p50-processor-ms	 186.0 p95-processor-ms
--- BENCH: BenchmarkPages-2
    pages_bench_test.go:45: 征集: 94 ms: window 21, drawing 16
BenchmarkAlikePictures 	       1	5500000000 ns/op
PASS
`

func TestMissesAreNamedAndTheRestIsNot(t *testing.T) {
	out := map[string]map[string]float64{}
	read(strings.NewReader(printed), out)
	got := map[string]float64{}
	for b, metrics := range out {
		for m, v := range metrics {
			got[b+" "+m] = v
		}
	}
	chosen := choose(lines, []string{"Pages", "near-duplicates", "sealed"})
	if len(chosen) != 4 {
		t.Fatalf("chosen: %v", chosen)
	}
	want := []string{
		"a page of the window opens, 95 of 100, 640 works: 186 ms, to be ≤ 100 ms",
		"packets are sealed, 300 MB: not measured",
	}
	if m := misses(chosen, got); !slices.Equal(m, want) {
		t.Errorf("%q", m)
	}
	table := page(chosen, got, "")
	for _, row := range []string{
		"| a page of the window opens, the middle | 61.9 ms | ≤ 100 ms | " + processor + " |  |",
		"| near-duplicates among 100,000 pictures | 5.5 s | ≤ 6 s | " + clock + " |  |",
		"| not measured | ≥ 1 × |",
	} {
		if !strings.Contains(table, row) {
			t.Errorf("no %q in\n%s", row, table)
		}
	}
}

// TestMissesStandLast: who reads on to the end of the page has them.
func TestMissesStandLast(t *testing.T) {
	chosen := choose(lines, []string{"Pages"})
	got := map[string]float64{"Pages p95-processor-ms": 101, "Pages p50-processor-ms": 60}
	last := "\nMissed:\n\n- a page of the window opens, 95 of 100, 640 works: 101 ms, to be ≤ 100 ms\n"
	if table := page(chosen, got, "\n## Growth\n"); !strings.HasSuffix(table, last) {
		t.Errorf("%s", table)
	}
	got["Pages p95-processor-ms"] = 100
	if table := page(chosen, got, ""); !strings.HasSuffix(table, "\nNothing is missed.\n") {
		t.Errorf("%s", table)
	}
}

func TestALimitIsMetAtItsEdge(t *testing.T) {
	most, least := line{limit: 1.15}, line{limit: 1, least: true}
	if !most.met(1.15) || most.met(1.16) || !least.met(1) || least.met(0.99) {
		t.Error("the edge is on the wrong side")
	}
	if known := (line{}); !known.met(1e9) || known.bound() != "none" {
		t.Error("what has no limit is missed")
	}
}

// TestWhoWaitsIsMeasuredByTheClock: what a judge waits for is not the work that goes on behind the picture.
func TestWhoWaitsIsMeasuredByTheClock(t *testing.T) {
	chosen := choose(lines, []string{"SaveAndNext"})
	got := map[string]float64{"SaveAndNext p50-ms": 141, "SaveAndNext p50-processor-ms": 206}
	if m := misses(chosen, got); len(m) > 0 {
		t.Errorf("missed: %q", m)
	}
	if table := page(chosen, got, ""); !strings.Contains(table, "| 141 ms | ≤ 150 ms | "+clock+" |  |") ||
		!strings.Contains(table, "| 206 ms | none | "+processor+" |  |") {
		t.Errorf("%s", table)
	}
	if got["SaveAndNext p50-ms"] = 151; len(misses(chosen, got)) != 1 {
		t.Error("a judge who waits for longer is not missed")
	}
}

// A line whose benchmark was given another name would be missed for ever.
func TestEachLineHasItsBenchmark(t *testing.T) {
	all := slices.Clone(lines)
	for _, g := range growths {
		all = append(all, line{pkg: g.pkg, bench: g.bench})
	}
	for _, l := range all {
		files, _ := filepath.Glob(filepath.Join("..", "..", l.pkg, "*_test.go"))
		var source []byte
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			source = append(source, data...)
		}
		if !regexp.MustCompile(`func Benchmark` + l.bench + `\(b \*testing\.B\)`).Match(source) {
			t.Errorf("%s has no Benchmark%s", l.pkg, l.bench)
		}
	}
}

func TestWordsChooseWhatGrows(t *testing.T) {
	if all := chooseGrowths(growths, []string{"growth"}); len(all) != len(growths) {
		t.Errorf("%v", all)
	}
	if few := chooseGrowths(growths, []string{"growth", "assignment", "Find"}); len(few) != 2 {
		t.Errorf("%v", few)
	}
}

func TestGrowthIsToldAndDrawn(t *testing.T) {
	ms := [][]float64{{1, 5, 25, 100}, {2, 0, 0, 2}, {0, 0, 0, 0}}
	table := growthTable(growths[:3], ms)
	for _, row := range []string{
		"| What | 600 | 3,000 | 15,000 | 100,000 | Power |",
		"| " + growths[0].what + " | 1 | 5 | 25 | 100 | 0.9 |",
		"| " + growths[1].what + " | 2 | – | – | 2 | 0 |",
		"| " + growths[2].what + " | – | – | – | – | – |",
	} {
		if !strings.Contains(table, row) {
			t.Errorf("no %q in\n%s", row, table)
		}
	}
	var b strings.Builder
	if err := drawGrowth(&b, growths[:3], ms); err != nil {
		t.Fatal(err)
	}
	var drawn struct {
		Lines []struct {
			Points string `xml:"points,attr"`
		} `xml:"polyline"`
		Texts []struct {
			Y float64 `xml:"y,attr"`
		} `xml:"text"`
	}
	if err := xml.Unmarshal([]byte(b.String()), &drawn); err != nil {
		t.Fatal(err)
	}
	if len(drawn.Lines) != 3 || len(strings.Fields(drawn.Lines[0].Points)) != 4 {
		t.Errorf("%+v", drawn.Lines)
	}
	names := drawn.Texts[len(drawn.Texts)-3:]
	for i, a := range names {
		for _, c := range names[i+1:] {
			if math.Abs(a.Y-c.Y) < nameHeight {
				t.Errorf("names lie over each other: %+v", names)
			}
		}
	}
}
