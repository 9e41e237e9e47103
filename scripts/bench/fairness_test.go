package main

import (
	"os"
	"strings"
	"testing"

	"fayi/judging/shapes"
	"fayi/judging/stats"
)

// TestThePageOfFairnessIsWhatIsMeasured measures again: a change of a method that moves a figure fails here until the
// page is written again. The short form does the shapes of small contests, the long one all but the pairs held out,
// whose table is not everywhere.
func TestThePageOfFairnessIsWhatIsMeasured(t *testing.T) {
	data, err := os.ReadFile("../../" + fairnessPage)
	if err != nil {
		t.Fatal(err)
	}
	all := shapes.All()
	if testing.Short() {
		all = all[18:20]
	}
	m, err := measureFairness(all, fairnessSeeds)
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	rows := 0
	for line := range strings.Lines(m.page()) {
		if name, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " |"); isShape(all, name) {
			rows++
			if !strings.Contains(page, line) {
				t.Errorf("the page, to be written by go run ./scripts/bench fairness, lacks %s", line)
			}
		}
	}
	if !strings.Contains(page, tried) {
		t.Error("the page lacks what was tried")
	}
	if rows != 6*len(all) {
		t.Errorf("%d rows of %d shapes", rows, len(all))
	}
	for _, s := range shapes.All() {
		if !strings.Contains(page, "\n| "+s.Name+" |") {
			t.Errorf("the page says nothing of %s", s.Name)
		}
	}
}

func isShape(all []shapes.Shape, name string) bool {
	for _, s := range all {
		if name == s.Name {
			return true
		}
	}
	return false
}

func TestWhatHierDoesNotKeepIsNamed(t *testing.T) {
	s := shapes.Shape{Name: "county"}
	bad := shapes.Seen{Tau: .5, Cover: .9, Claimed: 1, Real: 2}
	good := shapes.Seen{Tau: .6, Cover: .95, Claimed: 1, Real: 1}
	of := func(hier, other shapes.Seen) measured {
		seen := map[stats.Method]shapes.Sample{}
		for _, m := range methods {
			seen[m] = shapes.Sample{other, other}
		}
		seen[stats.Hier] = shapes.Sample{hier, hier}
		return measured{shapes: []shapes.Shape{s}, seen: []map[stats.Method]shapes.Sample{seen}}
	}
	page := of(bad, good).page()
	for _, want := range []string{
		"| county: τ less that of 标准分 | -0.1000 ± 0.0000 | ≥ 0 | missed |",
		"- county: slope of chances: 2.0000 ± 0.0000, to be 0.9–1.1.\n",
		"- county: τ: 0.5000 ± 0.0000, to be ≥ 0.728.\n",
		"| county: Brier | 0.0000 ± 0.0000 | ≤ 0.0605 |  |",
		heldHead + "\nNot measured",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	good.Tau = .8
	if page := of(good, good).page(); !strings.HasSuffix(page, "\nNothing is missed.\n") {
		t.Error(page)
	}
}
