package award_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/terms"
)

// trimmed leaves the two lowest and the highest out, from five scores on.
var trimmed = judging.Combine{Method: judging.Trimmed, TrimFrom: 5, DropLow: 2, DropHigh: 1, Decimals: 2}

// ofPanels is a work that these panels gave these totals, each as a mark of the only criterion too.
func ofPanels(totals []float64, panels ...int) award.Tally {
	t := tallyOf(1, totals...)
	t.Panels, t.Marks = panels, nil
	for _, v := range totals {
		t.Marks = append(t.Marks, map[string]float64{"总分": v})
	}
	return t
}

// TestHowManyAreLeftOutIsToldOfEveryWay: of totals, of criteria, with what the office adds, and in each panel.
func TestHowManyAreLeftOutIsToldOfEveryWay(t *testing.T) {
	totals := []float64{50, 60, 70, 80, 90, 100}
	panels := []judging.Panel{{Name: "甲", Weight: 60}, {Name: "乙", Weight: 40}}
	of := func(change func(*judging.Rules, *award.Tally), panels ...int) string {
		rules, one := markedRules(trimmed), ofPanels(totals, panels...)
		change(&rules, &one)
		p := award.Rank(rules, []award.Tally{one})[0]
		return fmt.Sprint(p.Official, " ", p.Dropped, " ", p.Place)
	}
	for name, c := range map[string]struct{ got, want string }{
		"plain":  {of(func(*judging.Rules, *award.Tally) {}), "80 3 1"},
		"offset": {of(func(_ *judging.Rules, t *award.Tally) { t.Offset = 10000 }), "81 3 1"},
		"criteria": {of(func(r *judging.Rules, _ *award.Tally) {
			r.Combine.ByCriterion = true
		}), "80 3 1"},
		"marks of some only": {of(func(r *judging.Rules, t *award.Tally) {
			r.Combine.ByCriterion, t.Marks = true, t.Marks[:4]
		}), "80 3 1"},
		"a total alone": {of(func(r *judging.Rules, t *award.Tally) {
			r.Combine.ByCriterion, t.Marks[0] = true, nil
		}), "80 3 1"},
		// 70 and 80 are left of the first panel, and 100 is all there is of the other
		"panels": {of(func(r *judging.Rules, t *award.Tally) {
			r.Panels = panels
		}, 0, 0, 0, 0, 0, 1), "85 3 1"}, // .6 · 75 + .4 · 100
		"panels of which none is known": {of(func(r *judging.Rules, t *award.Tally) {
			r.Panels, t.Marks = panels, nil
		}), "80 3 0"},
		"panels without a score": {of(func(r *judging.Rules, t *award.Tally) {
			r.Panels, *t = panels, tallyOf(1)
		}), "0 0 0"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", name, c.got, c.want)
		}
	}
}

// TestWhoIsLeftOutIsMarkedInTheirPanel strikes totals out by hand, in each panel by itself.
func TestWhoIsLeftOutIsMarkedInTheirPanel(t *testing.T) {
	rules := markedRules(judging.Combine{Method: judging.Trimmed, TrimFrom: 3})
	one := ofPanels([]float64{90, 10, 80, 20, 70, 30, 60}, 0, 1, 0, 1, 0, 1, 0)
	if got := one.DroppedBy(rules); fmt.Sprint(got) != "[true true false false false false false]" {
		t.Error("of all:", got)
	}
	rules.Panels = []judging.Panel{{Name: "甲", Weight: 60}, {Name: "乙", Weight: 40}}
	if got := one.DroppedBy(rules); fmt.Sprint(got) != "[true true false false false true true]" {
		t.Error("of each panel:", got)
	}
}

// TestNumbersOfScoresSayHowManyAreLeftOut compares what numbers of scores say with the placings of such works.
func TestNumbersOfScoresSayHowManyAreLeftOut(t *testing.T) {
	for _, method := range []judging.CombineMethod{judging.Mean, judging.Trimmed, judging.Median, judging.Best} {
		for n := range 2 * 3 * 8 * 8 {
			uniform, least, counts := n%2 == 1, n/2%3*2, []int{n / 6 % 8, n / 48, 6}
			rules := markedRules(trimmed)
			rules.Combine.Method, rules.Combine.Uniform, rules.Combine.Best = method, uniform, 3
			rules.Missing, rules.MinScores = judging.NeedScores, least
			var tallies []award.Tally
			for i, n := range counts {
				tallies = append(tallies, tallyOf(i, slices.Repeat([]float64{80}, n)...))
			}
			want := map[int]int{}
			for _, p := range award.Rank(rules, tallies) {
				if p.Place > 0 {
					want[p.Scores] = p.Dropped
				}
			}
			if got := award.DroppedOf(rules, counts); !maps.Equal(got, want) {
				t.Errorf("%v by %s, uniform %v, %d at least: %v, not %v", counts, method, uniform, least, got, want)
			}
		}
	}
}

// TestOtherFormulasAreLookedForInEachList has as many lists as there are works, however many.
func TestOtherFormulasAreLookedForInEachList(t *testing.T) {
	rules := markedRules(judging.Combine{Method: judging.Mean})
	for n := range 20 {
		var tallies []award.Tally
		for i := range n {
			one := tallyOf(i, slices.Repeat([]float64{80}, i+1)...)
			one.Category = fmt.Sprint("类", i)
			tallies = append(tallies, one)
		}
		if got := award.OtherFormulasOf(rules, tallies); got != nil {
			t.Errorf("%d works: %+v", n, got)
		}
		if n == 0 {
			continue
		}
		last := tallies[n-1]
		last.Work, last.Totals = "w99", last.Totals[:0]
		few := tallyOf(98, slices.Repeat([]float64{80}, n+1)...)
		few.Category = last.Category
		got := award.OtherFormulasOf(rules, append(tallies, last, few))
		if len(got) != 1 || got[0].Work != tallies[n-1].Work || got[0].Usual.Scores != n+1 {
			t.Errorf("%d works and one more: %+v", n, got)
		}
	}
}

// TestAWorkOfNoListIsPlaced has works of which neither category nor group is named.
func TestAWorkOfNoListIsPlaced(t *testing.T) {
	one, two := tallyOf(1, 80), tallyOf(2, 90)
	one.Category, two.Category = "", ""
	want := "w2 1 90; w1 2 80; "
	if got := placed(award.Rank(judging.Rules{}, []award.Tally{one, two})); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// TestRanksAreANumberWhereEachJudgeGaveAll tells the sum of ranks that a tie is parted by.
func TestRanksAreANumberWhereEachJudgeGaveAll(t *testing.T) {
	rules := markedRules(judging.Combine{Method: judging.Mean})
	whole := award.WithRanks(rules, []award.Tally{tallyOf(1, 90, 70), tallyOf(2, 80, 70)})
	parted := award.WithRanks(rules, []award.Tally{tallyOf(1, 90, 70), tallyOf(2, 80)})
	for i, want := range []string{"[2.5]", "[3.5]"} { // 1 and 1.5, 2 and 1.5
		if got := fmt.Sprint(award.TieNumbers(rules, whole[i], terms.TieRankSum)); got != want {
			t.Errorf("%s: %s, not %s", whole[i].Work, got, want)
		}
		if got := award.TieNumbers(rules, parted[i], terms.TieRankSum); got != nil {
			t.Errorf("%s has %v, and not all judged all", parted[i].Work, got)
		}
	}
}
