package anyrules

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/audience"
	"fayi/judging/office/intake"
	"fayi/judging/office/results"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/voting"
)

type chance struct{ last byte }

func (c *chance) Read(p []byte) (int, error) {
	for i := range p {
		c.last = c.last*5 + 17
		p[i] = c.last
	}
	return len(p), nil
}

func must[T any](t *testing.T, err error, v T) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// held runs the drawn contest in an office: works come in by a workbook, judges say at their desks what was drawn. What
// the plan does not let a judge see is taken out of d.
func (d *drawn) held(t *testing.T) *office.Office {
	t.Helper()
	dir := t.TempDir()
	blobs, err := store.OpenBlobs(filepath.Join(dir, "media"))
	must(t, err, 0)
	t.Cleanup(func() { blobs.Close() })
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	o, err := office.Create(t.Context(), office.Config{
		DB: judgetest.OpenStrict(t), Blobs: blobs, Dir: dir, Random: new(chance), Actor: "organiser",
		Cache: os.TempDir(),
		Now:   func() time.Time { now = now.Add(time.Second); return now },
	}, "任意规则", "示例县司法局", d.sheet)
	must(t, err, 0)
	d.sheet = must(t, err, d.sheet)
	rows := [][]any{{"作品名称", "类别", "组别", "作者", "单位"}}
	for i, p := range d.works {
		rows = append(rows, []any{titleOf(i), p.category, p.group, p.author, p.unit})
	}
	path := filepath.Join(dir, "作品.xlsx")
	var book bytes.Buffer
	must(t, paper.WriteGrids(&book, []paper.Grid{{Name: "作品", Rows: rows}}), 0)
	must(t, os.WriteFile(path, book.Bytes(), 0o600), 0)
	_, err = o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil)
	must(t, err, 0)
	for j := range judges {
		judge := judging.Judge{Name: fmt.Sprintf("评委%c", 'A'+j), Unit: fmt.Sprintf("协会%d", j), Senior: d.senior[j]}
		if len(d.sheet.Panels) > 0 {
			judge.Panel = d.sheet.Panels[d.panels[j]].Name
		}
		_, err := o.Assignment().AddJudge(t.Context(), judge)
		must(t, err, 0)
	}
	seed := uint64(1)
	_, err = o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{Seed: &seed}, nil)
	must(t, err, 0)
	_, err = o.Assignment().PublishPlan(t.Context(), "")
	must(t, err, 0)
	d.speak(t, o)
	return o
}

func titleOf(i int) string { return fmt.Sprintf("法治之光第%d幅", i+1) }

// speak has each judge say at the desk what was drawn of the works that the plan gave them.
func (d *drawn) speak(t *testing.T, o *office.Office) {
	t.Helper()
	heard := make([][]said, len(d.works))
	var titles []string
	for i := range d.works {
		titles = append(titles, titleOf(i))
	}
	for j := range judges {
		id := judging.JudgeID(fmt.Sprintf("j%03d", j+1))
		desk := o.Scoring().Desk(id)
		duties, err := desk.Duties(t.Context())
		must(t, err, 0)
		given := map[string]int{}
		for _, w := range duties.Works {
			i := slices.Index(titles, w.Title)
			k := slices.IndexFunc(d.works[i].said, func(s said) bool { return s.judge == j })
			if k < 0 {
				continue
			}
			s := d.works[i].said[k]
			if v := d.sheet.Voting; v != nil && v.Kind == voting.Votes && s.total == voting.For {
				if given[w.List]++; given[w.List] > v.Votes {
					s.total, s.marks = voting.Against, []float64{voting.Against}
				}
			}
			b := judging.Ballot{Code: w.Code, Comment: "评语"}
			if s.marks == nil {
				b.Total = s.total
			} else {
				b.Marks = map[string]float64{}
				for c, mark := range s.marks {
					b.Marks[duties.Rubrics[w.Category].Criteria[c].Name] = mark
				}
			}
			if s.flag != "" {
				b.Flags, b.FlagNote = []judging.Flag{s.flag}, "疑似"
			}
			saved, err := desk.Save(t.Context(), b)
			if err != nil || saved.State != judging.Scored {
				t.Fatalf("%+v: %v", saved, err)
			}
			heard[i] = append(heard[i], s)
		}
	}
	for i := range d.works {
		d.works[i].said = heard[i]
		if d.works[i].offset != 0 {
			_, err := o.Offsets().Give(t.Context(), string(d.works[i].id), d.works[i].offset, "材料")
			must(t, err, 0)
		}
	}
	d.vote(t, o)
}

// vote brings in the votes of an audience as a platform lists them, by titles.
func (d *drawn) vote(t *testing.T, o *office.Office) {
	t.Helper()
	lines, some := "作品名称,票数\n", false
	for i, p := range d.works {
		if p.votes != nil {
			lines, some = lines+fmt.Sprintf("%s,%d\n", titleOf(i), *p.votes), true
		}
	}
	if !some {
		return
	}
	path := filepath.Join(t.TempDir(), "票数.csv")
	must(t, os.WriteFile(path, []byte(lines), 0o600), 0)
	r, err := o.Audience().Take(t.Context(), audience.Request{Path: path, Source: "公众号", Period: "11 月 1 日至 7 日"})
	if must(t, err, r); len(r.Problems) > 0 {
		t.Fatal(r.Problems)
	}
}

func ids(works []piece) (out []judging.WorkID) {
	for _, p := range works {
		out = append(out, p.id)
	}
	return out
}

// TestAnyRulesAreExplainedAndExported runs contests by drawn rules through the office and compares: places and awards
// with the model, the numbers that an explanation tells with the score, and what a spreadsheet makes of the formulas of
// the matrix with both.
func TestAnyRulesAreExplainedAndExported(t *testing.T) {
	catalog, err := assets.Load()
	words := must(t, err, catalog).In("zh-Hans").T
	ran := 0
	for seed := range seeds(testing.Short(), 30, 90) {
		d := draw(seed)
		if lacking(d) {
			continue
		}
		ran++
		o := d.held(t)
		placings, err := o.Results().Rank(t.Context())
		must(t, err, 0)
		early := office.Ticking(context.Background(), "votes_missing")
		decided, err := o.Awards().DecideAwards(early, true)
		if judging.CodeOf(err) == judging.Clash && d.unranked() {
			continue // ranks that can't be added up decide nothing
		}
		must(t, err, 0)
		d.compare(t, seed, placings, wonOf(decided))
		for _, p := range placings {
			if p.Place > 0 {
				d.explained(t, o, p, words)
			}
		}
		d.exported(t, o, placings, decided, words)
		if t.Failed() {
			t.Fatalf("seed %d: %+v", seed, d.sheet)
		}
	}
	t.Logf("%d contests", ran)
}

// lacking tells of contests that nobody would run: of which a list has no score at all.
func lacking(d drawn) bool {
	return !slices.ContainsFunc(d.works, func(p piece) bool { return len(p.said) > 0 })
}

// unranked tells whether the ranks of some list can't be added up.
func (d drawn) unranked() bool {
	return d.sheet.Combine.Method == judging.RankSum && d.sheet.Voting == nil &&
		slices.ContainsFunc(d.lists(), func(l list) bool { return l.ranked(l.works[0]) == nil })
}

// explained adds up what an explanation tells, and expects the official score.
func (d drawn) explained(t *testing.T, o *office.Office, p judging.Placing, words paper.Words) {
	t.Helper()
	e, err := o.Awards().ExplainWork(t.Context(), string(p.Work))
	must(t, err, 0)
	sum, parts, slack := new(big.Rat), 0, big.NewRat(1, 100000)
	for _, r := range e.Sentences {
		if text := words(r.Text, r.Args); text == r.Text || strings.Contains(text, "<no value>") {
			t.Errorf("%s: %q", r.Text, text)
		}
		switch r.Text {
		case "analysis.say_panel":
			parts++
			sum.Add(sum, product(number(t, r.Args["Mean"]), number(t, r.Args["Weight"]), big.NewRat(1, 100)))
		case "analysis.say_criterion":
			parts++
			sum.Add(sum, number(t, r.Args["Mean"]))
		case "analysis.say_criteria_scaled":
			sum.Quo(sum.Mul(sum, number(t, r.Args["Full"])), number(t, r.Args["Of"]))
		case "analysis.say_rank":
			parts++
			sum.Add(sum, number(t, r.Args["Rank"]))
		case "analysis.say_spoke":
			if parts++; strings.HasSuffix(fmt.Sprint(r.Args["Said"]), "_for") {
				sum.Add(sum, big.NewRat(1, 1))
			}
		}
	}
	slack.Mul(slack, big.NewRat(int64(6*max(1, parts)), 1)) // what it says has four decimals
	switch {
	case d.sheet.Voting != nil && d.sheet.Voting.Kind == voting.Approval:
		sum.Quo(sum.Mul(sum, big.NewRat(100, 1)), big.NewRat(int64(parts), 1))
	case parts == 0:
		sum = meanOf(keptOf(e.Judges))
	}
	for _, r := range e.Sentences {
		if r.Text == "analysis.say_audience" {
			weight := product(number(t, r.Args["Weight"]), big.NewRat(1, 100))
			sum.Mul(sum, new(big.Rat).Sub(big.NewRat(1, 1), weight))
			sum.Add(sum, product(weight, number(t, r.Args["Scaled"])))
		}
	}
	if d.sheet.Voting == nil && d.sheet.Combine.Method != judging.RankSum {
		i := slices.Index(ids(d.works), p.Work)
		if sum.Add(sum, exact(d.works[i].offset)); sum.Sign() < 0 {
			sum = new(big.Rat)
		}
	}
	half := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Mul(big.NewInt(2),
		new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(list{d: d}.decimals())), nil)))
	off := new(big.Rat).Sub(exact(p.Official), sum)
	if off.Abs(off).Cmp(half.Add(half, slack)) > 0 {
		t.Errorf("%s: what is told makes %s, the score is %v: %+v", p.Work, sum.FloatString(5), p.Official, e.Sentences)
	}
}

func keptOf(all []results.ExplainedScore) (out []*big.Rat) {
	for _, j := range all {
		if !j.Dropped && j.Void == "" {
			out = append(out, exact(j.Total))
		}
	}
	return out
}

func product(all ...*big.Rat) *big.Rat {
	out := big.NewRat(1, 1)
	for _, v := range all {
		out.Mul(out, v)
	}
	return out
}

func number(t *testing.T, v any) *big.Rat {
	t.Helper()
	out, ok := new(big.Rat).SetString(fmt.Sprint(v))
	if !ok {
		t.Fatalf("%v is no number", v)
	}
	return out
}
