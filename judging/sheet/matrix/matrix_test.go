package matrix_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/award"
	"fayi/judging/sheet/matrix"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// ways are those whose formulas differ.
var ways = []judging.Combine{
	{Method: judging.Mean, Decimals: 2},
	{Method: judging.Trimmed, TrimFrom: 5, Decimals: 2},
	{Method: judging.Trimmed, TrimFrom: 5, Decimals: 3, Uniform: true},
	{Method: judging.Trimmed, TrimFrom: 6, DropLow: 2, DropHigh: 2, Decimals: 2},
	{Method: judging.Trimmed, TrimFrom: 4, DropHigh: 1, Decimals: 4},
	{Method: judging.Trimmed, TrimFrom: 4, DropLow: 2, Decimals: 0, ByCriterion: true},
	{Method: judging.Trimmed, TrimFrom: 3, Decimals: 2, ByCriterion: true},
	{Method: judging.Median, Decimals: 1},
	{Method: judging.Median, Decimals: 2, ByCriterion: true},
	{Method: judging.Best, Best: 1, Decimals: 2},
	{Method: judging.Best, Best: 3, Decimals: 2},
	{Method: judging.Best, Best: 2, Decimals: 3, ByCriterion: true},
}

// book is a way to combine, and how many judges each panel has; none where all weigh alike.
type book struct {
	judging.Combine
	panels []int
	heard  *audience.Rule // what votes of an audience weigh
	loose  bool           // all criteria but the first need not apply
}

// books are all ways without panels, and some with them.
func books() (out []book) {
	for _, c := range ways {
		out = append(out, book{Combine: c})
	}
	for i, panels := range [][]int{{4, 2, 1}, {3, 3, 1}, {5, 1, 1}, {6, 1, 0}} {
		out = append(out, book{Combine: ways[3*i%len(ways)], panels: panels},
			book{Combine: ways[(3*i+6)%len(ways)], panels: panels})
	}
	steps := []audience.Step{{At: 1, Mark: 100}, {At: 3, Mark: 75.5}, {At: 4, Mark: 12.5}}
	bands := []audience.Step{{At: 500, Mark: 100}, {At: 100, Mark: 33.3333}, {At: 0, Mark: 5}}
	for i, rule := range []audience.Rule{
		{Weight: 30, By: audience.Share}, {Weight: 40, By: audience.Places, Steps: steps},
		{Weight: 12.5, By: audience.Bands, Steps: bands, Least: 60},
		{Weight: 50, By: audience.Share, Least: 100, Most: 400},
		{Weight: 99.5, By: audience.Places, Steps: steps, Most: 300},
	} {
		out = append(out, book{Combine: ways[(2*i+1)%len(ways)], heard: &rule})
	}
	shared := &audience.Rule{Weight: 20, By: audience.Share}
	out = append(out, book{Combine: ways[0], panels: []int{4, 2, 1}, heard: shared})
	for _, kind := range []voting.Rule{
		{Kind: voting.Approval}, {Kind: voting.Votes, Votes: 1}, {Kind: voting.Ranking, Places: 3},
	} {
		out = append(out, book{Combine: kind.Combine()})
	}
	for _, c := range ways {
		if !c.Uniform || !c.ByCriterion {
			out = append(out, book{Combine: c, loose: true})
		}
	}
	out = append(out, book{Combine: ways[5], panels: []int{4, 2, 1}, loose: true})
	rankSum := judging.Combine{Method: judging.RankSum, Decimals: 1}
	return append(out, book{Combine: rankSum}, book{Combine: rankSum, loose: true})
}

// random makes a contest of two categories with other criteria, judged by seven with gaps, and its matrix.
func random(k book, seed uint64) matrix.Matrix {
	c, panels := k.Combine, k.panels
	r := rand.New(rand.NewPCG(seed, 7))
	criteria := map[string][]judging.Criterion{
		"书法": {{Name: "主题", Weight: 40}, {Name: "笔法", Weight: 60}},
		"摄影": {{Name: "构图", Weight: 30}, {Name: "光影", Weight: 30}, {Name: "立意", Weight: 40}},
	}
	for _, list := range criteria {
		for i := range list {
			list[i].Optional = k.loose && i > 0
		}
	}
	rules := judging.Rules{Combine: c, TieAtCut: judging.TieShare, Audience: k.heard}
	for _, name := range []string{"书法", "摄影"} {
		rules.Categories = append(rules.Categories, judging.Category{Name: name, Rubric: name})
		rules.Rubrics = append(rules.Rubrics, judging.NamedRubric{
			Name: name, Rubric: judging.Rubric{Scale: 100, Step: .5, Criteria: criteria[name]},
		})
	}
	m := matrix.Matrix{Title: "核对", Combine: c, ByRules: true, Least: 1, Audience: k.heard}
	for j := range 7 {
		m.Judges = append(m.Judges, fmt.Sprintf("评委 %d", j+1))
	}
	of := make([]int, len(m.Judges))
	if panels != nil {
		rules.Panels = []judging.Panel{
			{Name: "专家", Weight: 70}, {Name: "大众", Weight: 17.5}, {Name: "组长", Weight: 12.5},
		}
		at := 0
		for i, n := range panels {
			one := rules.Panels[i]
			m.Panels = append(m.Panels, matrix.Panel{Name: one.Name, Weight: one.Weight, Judges: n})
			for range n {
				of[at], at = i, at+1
			}
		}
	}
	rows := map[judging.WorkID]matrix.Row{}
	var tallies []award.Tally
	for n := range 30 {
		category := []string{"书法", "摄影"}[n%2]
		t := award.Tally{
			Work: judging.WorkID(fmt.Sprintf("w%03d", n)), Category: category,
			Offset: judging.Exact([]float64{0, 0, -2, 1.5, -200}[r.IntN(5)]),
		}
		row := matrix.Row{Code: string(t.Work), Category: category, Offset: t.Offset.Float(), Full: 100}
		if k.heard != nil && r.IntN(8) > 0 {
			t.Votes = new([]int{0, 59, 60, 99, 100, 250, 499, 500, 987}[r.IntN(9)])
			row.Votes = t.Votes
		}
		for _, criterion := range criteria[category] {
			row.Criteria = append(row.Criteria, criterion)
			row.Marks = append(row.Marks, make([]*float64, len(m.Judges)))
		}
		row.Sums = make([]terms.Marked, len(m.Judges))
		for j := range m.Judges {
			if j > 0 && r.IntN(4) == 0 && c.Method != judging.RankSum { // each judge scores the whole list
				row.Totals = append(row.Totals, nil)
				continue
			}
			marks, total := map[string]float64{}, 0.0
			for k, criterion := range criteria[category] {
				v := float64(r.IntN(int(criterion.Weight)*2+1)) / 2
				if criterion.Optional && r.IntN(3) == 0 {
					v = terms.NotApplicable
				}
				marks[criterion.Name], row.Marks[k][j] = v, &v
				total += v
			}
			made := rules.RubricOf(category).Sum(marks)
			row.Sums[j] = made
			total = made.Total()
			row.Totals = append(row.Totals, &total)
			if c.Method == terms.InFavour || c.Method == terms.Sum {
				total = []float64{voting.For, voting.Unsure, voting.Against}[r.IntN(3)]
			}
			if c.Method == terms.Places {
				total = float64(r.IntN(c.Best + 1))
			}
			if c.Method == judging.RankSum {
				total = math.Round(total/10) * 10 // many are level
				if k.loose {
					total = made.Total()
				}
			}
			t.Add(judging.Judge{ID: judging.JudgeID(m.Judges[j])}, of[j], judging.Ballot{Total: total, Marks: marks})
		}
		rows[t.Work], tallies = row, append(tallies, t)
	}
	for _, p := range award.Rank(rules, tallies) {
		row := rows[p.Work]
		row.Official, row.Scores, row.Order = p.Official, p.Scores, 1
		if p.Place == 0 {
			row.Official = math.NaN() // the sheet has none
		}
		row.ByMean = c.Uniform && p.Dropped == 0
		if c.Method == judging.RankSum && len(m.Rows) == 3 { // one is vetoed
			row.Out, row.Official = true, math.NaN()
		}
		if !c.ByCriterion {
			row.Criteria, row.Marks = nil, nil
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// placeIn counts how many works of its list have a better official score than a row, and those before it among equals.
func placeIn(m matrix.Matrix, row matrix.Row) int {
	place := 1
	for _, o := range m.Rows {
		better := o.Official > row.Official
		if m.Combine.Method == judging.RankSum {
			better = o.Official < row.Official
		}
		if o.Category == row.Category && (better || o.Official == row.Official && o.Order < row.Order) {
			place++
		}
	}
	return place
}

// TestLibreOfficeReckonsEveryWayToCombine has LibreOffice compute the formulas of every way over random scores with
// gaps, and compares its official scores with those the rules make.
func TestLibreOfficeReckonsEveryWayToCombine(t *testing.T) {
	if testing.Short() {
		t.Skip("another program takes its time over a dozen books")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is missing: scripts/deps test installs it")
	}
	dir := t.TempDir()
	words := func(key string, _ map[string]any) string { return key }
	args := []string{
		"-env:UserInstallation=file://" + filepath.Join(dir, "lo"), "--headless", "--convert-to",
		"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1", "--outdir", dir,
	}
	for i, k := range books() {
		path := filepath.Join(dir, fmt.Sprintf("m%02d.xlsx", i))
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := matrix.Write(f, random(k, uint64(i)), words); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	cmd := exec.Command("soffice", args...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	for i, k := range books() {
		found, err := filepath.Glob(filepath.Join(dir, fmt.Sprintf("m%02d*.csv", i)))
		if err != nil || len(found) != 1 {
			t.Fatalf("%d pages of book %d, %v", len(found), i, err)
		}
		f, err := os.Open(found[0])
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		lines, err := r.ReadAll()
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		m := random(k, uint64(i))
		lines = lines[3:]
		if len(lines) != len(m.Rows) {
			t.Fatalf("%+v: %d rows, want %d", k, len(lines), len(m.Rows))
		}
		for n, row := range m.Rows {
			cell := lines[n][4+len(m.Judges)+5]
			if math.IsNaN(row.Official) {
				if cell != "" {
					t.Errorf("%+v, %s: LibreOffice %q, the rules give no place", k, row.Code, cell)
				}
				continue
			}
			got, err := strconv.ParseFloat(cell, 64)
			if err != nil || judging.Exact(got) != judging.Exact(row.Official) {
				t.Errorf("%+v, %s: LibreOffice %v (%v), the rules %v", k, row.Code, got, err, row.Official)
			}
			if place := lines[n][4+len(m.Judges)+7]; place != fmt.Sprint(placeIn(m, row)) {
				t.Errorf("%+v, %s: LibreOffice places it %s, the scores %d", k, row.Code, place, placeIn(m, row))
			}
		}
	}
}
