package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"

	"fayi/judging/shapes"
	"fayi/judging/stats"
)

// fairnessWord asks for docs/fairness.md alone.
const fairnessWord = "fairness"

const (
	fairnessPage  = "docs/fairness.md"
	fairnessSeeds = 20
	heldSplits    = 40
	leastContest  = 600 // works: smaller contests are drawn so often that as many works are judged
)

// methods are those compared, in the order of the table's columns.
var methods = []stats.Method{stats.Mean, stats.ZScore, stats.BLUP, stats.Hier1, stats.Hier}

// measured is what was seen of all shapes, and of pairs that were held out of a real contest.
type measured struct {
	shapes []shapes.Shape
	seen   []map[stats.Method]shapes.Sample
	held   map[stats.Method][]float64 // nil without the contest's table
}

// promise is one figure with its limits.
type promise struct {
	what        string
	got         shapes.Figure
	least, most float64
}

func (p promise) met() bool { return p.got.Mean >= p.least && p.got.Mean <= p.most }

// seedsOf is how many contests of a shape are drawn.
func seedsOf(s shapes.Shape, seeds int) int { return seeds * max(1, leastContest/s.Works) }

// measureFairness ranks every shape by every method.
func measureFairness(all []shapes.Shape, seeds int) (m measured, err error) {
	for _, s := range all {
		seen, err := s.Run(context.Background(), seedsOf(s, seeds), methods...)
		if err != nil {
			return m, fmt.Errorf("%s: %w", s.Name, err)
		}
		m.shapes, m.seen = append(m.shapes, s), append(m.seen, seen)
	}
	return m, nil
}

// heldTable is the table of a real contest that lies next to the project where there is one, with the scores of its
// first split.
func heldTable(dir string) (t stats.Table, first []bool, ok bool) {
	rows, split := readCSV(dir+"/data1.stage1.csv"), readCSV(dir+"/data1.holdout_split1_rows.csv")
	if len(rows) < 2 || len(split) < 2 {
		return t, nil, false
	}
	column := func(name string) int { return slices.Index(rows[0], name) }
	number := func(of map[string]int, name string) int {
		if _, known := of[name]; !known {
			of[name] = len(of)
		}
		return of[name]
	}
	works, judges := map[string]int{}, map[string]int{}
	for _, row := range rows[1:] {
		value, err := strconv.ParseFloat(row[column("raw")], 64)
		if err != nil {
			return t, nil, false
		}
		t.Scores = append(t.Scores, stats.Score{
			Work:  number(works, row[column("work")]),
			Judge: number(judges, row[column("judge")]),
			Value: value,
		})
	}
	t.Works, t.Judges, first = len(works), len(judges), make([]bool, len(t.Scores))
	for _, row := range split[1:] {
		n, err := strconv.Atoi(row[0])
		if err != nil || n < 1 || n > len(first) {
			return t, nil, false
		}
		first[n-1] = true
	}
	return t, first, true
}

// readCSV returns the rows of a file; none where it can't be read.
func readCSV(name string) [][]string {
	file, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	rows, _ := csv.NewReader(file).ReadAll()
	return rows
}

// Figures of a contest.
func tauOf(s shapes.Seen) float64   { return s.Tau }
func topOf(s shapes.Seen) float64   { return s.Top }
func brierOf(s shapes.Seen) float64 { return s.Brier }
func coverOf(s shapes.Seen) float64 { return s.Cover }

// gains are by how much hier must find a shape better than hier1 does.
var gains = map[string]struct {
	what  string
	of    func(shapes.Seen) float64
	least float64
}{
	"normal":       {"τ", tauOf, -.001},
	"heavy tails":  {"τ", tauOf, .015},
	"gross errors": {"τ", tauOf, .028},
	"drift":        {"τ", tauOf, .016},
	"five values":  {"F1", topOf, .026},
	"ceiling":      {"F1", topOf, .018},
}

// absolute limits, by shape.
var limits = map[string][]struct {
	what        string
	of          func(shapes.Seen) float64
	least, most float64
}{
	"county": {{"τ", tauOf, .728, 1}, {"Brier", brierOf, 0, .0605}},
}

// promises lists what hier must keep, shape by shape.
func (m measured) promises() (out []promise) {
	for k, s := range m.shapes {
		now := m.seen[k][stats.Hier]
		add := func(what string, got shapes.Figure, least, most float64) {
			out = append(out, promise{s.Name + ": " + what, got, least, most})
		}
		add("τ less that of 标准分", now.Gain(m.seen[k][stats.ZScore], tauOf), 0, 1)
		add("intervals hold the true place", now.Of(coverOf), .94, .96)
		add("slope of chances", now.Slope(), .9, 1.1)
		if g, ok := gains[s.Name]; ok {
			add(g.what+" less that of hier1", now.Gain(m.seen[k][stats.Hier1], g.of), g.least, 1)
		}
		for _, l := range limits[s.Name] {
			add(l.what, now.Of(l.of), l.least, l.most)
		}
	}
	if m.held != nil {
		gain := shapes.Paired(m.held[stats.Hier], m.held[stats.ZScore])
		out = append(out, promise{"pairs held out of a real contest: share ordered rightly less that of 标准分",
			gain, .0025, 1})
	}
	return out
}

// fairness writes docs/fairness.md and returns what is missed.
func fairness() (missed []string, err error) {
	m, err := measureFairness(shapes.All(), fairnessSeeds)
	if err != nil {
		return nil, err
	}
	if t, first, ok := heldTable("../shared/data/contest2023C"); ok {
		if m.held, err = shapes.Held(context.Background(), t, first, heldSplits, methods...); err != nil {
			return nil, err
		}
	}
	for _, p := range m.promises() {
		if !p.met() {
			missed = append(missed, p.String())
		}
	}
	return missed, os.WriteFile(fairnessPage, []byte(m.page()), 0o644)
}

func (p promise) String() string {
	return fmt.Sprintf("%s: %s, to be %s", p.what, withError(p.got, 4), p.bound())
}

func (p promise) bound() string {
	if p.most == 1 {
		return "≥ " + strconv.FormatFloat(p.least, 'g', -1, 64)
	}
	if p.least == 0 {
		return "≤ " + strconv.FormatFloat(p.most, 'g', -1, 64)
	}
	return strconv.FormatFloat(p.least, 'g', -1, 64) + "–" + strconv.FormatFloat(p.most, 'g', -1, 64)
}

func withError(f shapes.Figure, digits int) string {
	return fmt.Sprintf("%.*f ± %.*f", digits, f.Mean, digits, f.Error)
}
