package award_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/award"
	"fayi/judging/terms"
)

// drawTally draws a work of one of two lists, without a score at times.
func drawTally(t *rapid.T, n, most int) award.Tally {
	out := award.Tally{Work: judging.WorkID(fmt.Sprintf("w%02d", n)), Category: []string{"书法", "绘画"}[n%2]}
	for j := range rapid.IntRange(0, most).Draw(t, "judges") {
		judge := judging.Judge{ID: judging.JudgeID(fmt.Sprint("j", j)), Senior: j == 0}
		total := float64(rapid.IntRange(7, 10).Draw(t, "total"))
		ballot := judging.Ballot{Total: total, Marks: map[string]float64{"总分": total}}
		if rapid.IntRange(0, 9).Draw(t, "raised") == 0 {
			ballot.Flags = []judging.Flag{"f"}
		}
		out.Add(judge, 0, ballot)
	}
	out.Offset = judging.Points(rapid.SampledFrom([]int{0, 0, 0, 10000}).Draw(t, "offset"))
	out.Votes = rapid.SampledFrom(votes).Draw(t, "votes")
	return out
}

// TestSomeWorksAnewIsAllWorksAnew wants of the short way, in which a few works are set among those that stay, what the
// long way makes of all of them.
func TestSomeWorksAnewIsAllWorksAnew(t *testing.T) {
	for name, change := range map[string]func(*judging.Rules){
		"plain":    func(*judging.Rules) {},
		"uniform":  func(r *judging.Rules) { r.Combine.Method, r.Combine.Uniform = judging.Trimmed, true },
		"ranks":    func(r *judging.Rules) { r.Combine.Method = judging.RankSum },
		"audience": func(r *judging.Rules) { r.Audience = &audience.Rule{Weight: 50, By: audience.Share} },
		"ties":     func(r *judging.Rules) { r.Ties = []judging.TieStep{terms.TieRankSum, terms.TieSenior} },
		"least": func(r *judging.Rules) {
			r.Ties = []judging.TieStep{judging.TieTop, judging.TieCriteria}
			r.Missing, r.MinScores = judging.NeedScores, 2
		},
	} {
		rules := markedRules(judging.Combine{Method: judging.Mean, TrimFrom: 3, Decimals: 2})
		rules.Categories = append(rules.Categories, judging.Category{Name: "绘画", Rubric: "百分制"})
		change(&rules)
		t.Run(name, func(t *testing.T) { anew(t, rules) })
	}
}

func anew(t *testing.T, rules judging.Rules) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "works")
		var before, others []award.Tally
		for i := range n {
			before = append(before, drawTally(t, i, 3))
		}
		after := slices.Clone(before)
		for _, i := range rapid.Permutation(numbers(n)).Draw(t, "order")[:rapid.IntRange(0, n).Draw(t, "changed")] {
			after[i] = drawTally(t, i, 3)
			others = append(others, after[i])
		}
		field := award.NewField(rules, before)
		for range 2 {
			if got, want := field.With(others), award.Rank(rules, after); !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v\nnot %+v", got, want)
			}
			if got, want := field.Rank(), award.Rank(rules, before); !reflect.DeepEqual(got, want) {
				t.Fatalf("the field became %+v\nand was %+v", got, want)
			}
		}
	})
}

func numbers(n int) (out []int) {
	for i := range n {
		out = append(out, i)
	}
	return out
}

// TestWithoutAJudgeIsAsIfTheyHadGivenNothing builds the same tallies without the judge.
func TestWithoutAJudgeIsAsIfTheyHadGivenNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all, want []award.Tally
		for i := range rapid.IntRange(1, 5).Draw(t, "works") {
			one := drawTally(t, i, 4)
			rest := one
			rest.Totals, rest.Marks, rest.Panels, rest.Judges, rest.Seniors, rest.Flags = nil, nil, nil, nil, nil, nil
			for k, j := range one.Judges {
				if j != "j0" {
					rest.Add(judging.Judge{ID: j, Senior: one.Seniors[k]}, one.Panels[k],
						judging.Ballot{Total: one.Totals[k], Marks: one.Marks[k], Flags: one.Flags[k]})
				}
			}
			all, want = append(all, one), append(want, rest)
		}
		if got := award.Without("j0", all); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\nnot %+v", got, want)
		}
	})
}

// TestRoomIsMadeForEachWorkAlone: what is added to one work never stands in another.
func TestRoomIsMadeForEachWorkAlone(t *testing.T) {
	all := make([]award.Tally, 3)
	award.Reserve(all, []int{2, 0, 3})
	if all[1].Totals != nil || cap(all[0].Totals) != 2 || cap(all[2].Flags) != 3 || len(all[2].Totals) != 0 {
		t.Errorf("%+v", all)
	}
	for range 3 {
		all[0].Add(judging.Judge{ID: "j1"}, 0, judging.Ballot{Total: 1})
		all[2].Add(judging.Judge{ID: "j2"}, 1, judging.Ballot{Total: 2})
	}
	if fmt.Sprint(all[0].Totals, all[2].Totals, all[2].Panels) != "[1 1 1] [2 2 2] [1 1 1]" {
		t.Errorf("%+v", all)
	}
}

// A work whose score was a total without marks keeps its list from being parted by criteria; with marks it does not:
// its neighbours change places, too.
func TestAStepThatComesToHoldPartsTheWorksThatStay(t *testing.T) {
	rules := looseRules(judging.Combine{Method: judging.Mean}, judging.TieCriteria)
	a, b := given(rules, "a", [2]float64{20, 30}), given(rules, "b", [2]float64{30, 20})
	c := given(rules, "c", [2]float64{10, 20})
	bare := c
	bare.Marks = []map[string]float64{nil}
	for name, change := range map[string][2]award.Tally{"now with marks": {bare, c}, "now without": {c, bare}} {
		field := award.NewField(rules, []award.Tally{a, b, change[0]})
		got := field.With([]award.Tally{change[1]})
		if want := award.Rank(rules, []award.Tally{a, b, change[1]}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, not %+v", name, got, want)
		}
	}
}

// A tally of totals alone has seniors, too.
func TestSeniorsWhoGaveTotalsAloneAreHeard(t *testing.T) {
	rules := looseRules(judging.Combine{Method: judging.Mean})
	w := award.Tally{Work: "w", Category: "书法", Totals: []float64{80, 70}, Seniors: []bool{true, false}}
	if got := award.TieNumbers(rules, w, judging.TieSenior); !slices.Equal(got, []float64{80}) {
		t.Error(got)
	}
}
