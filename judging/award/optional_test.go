package award_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/terms"
)

const off = terms.NotApplicable

// looseRules have a rubric of 60 + 40 points whose second criterion need not apply.
func looseRules(c judging.Combine, ties ...judging.TieStep) judging.Rules {
	return judging.Rules{
		Combine: c, Ties: ties, Categories: []judging.Category{{Name: "书法", Rubric: "r"}},
		Rubrics: []judging.NamedRubric{{Name: "r", Rubric: judging.Rubric{
			Scale: 100, Step: 1,
			Criteria: []judging.Criterion{{Name: "主题", Weight: 60}, {Name: "装裱", Weight: 40, Optional: true}},
		}}},
	}
}

// given is a work by the marks of its judges.
func given(rules judging.Rules, work string, marks ...[2]float64) award.Tally {
	t := award.Tally{Work: judging.WorkID(work), Category: "书法"}
	for k, m := range marks {
		b := judging.Ballot{Marks: map[string]float64{"主题": m[0], "装裱": m[1]}}
		b.Total = rules.RubricOf("书法").Sum(b.Marks).Total()
		t.Add(judging.Judge{ID: judging.JudgeID(fmt.Sprint("j", k)), Senior: k == 0}, 0, b)
	}
	return t
}

// Three judges gave 2 of 60, which is 3.33… of 100, one gave 0: the mean is 2.5, which is rounded up. Of totals with
// four decimals it would be 2.499975, which is not.
func TestWhatIsBroughtToTheFullMarkIsRoundedOnceAtTheEnd(t *testing.T) {
	for _, by := range []bool{false, true} {
		rules := looseRules(judging.Combine{Method: judging.Mean, ByCriterion: by})
		w := given(rules, "w1", [2]float64{2, off}, [2]float64{2, off}, [2]float64{2, off}, [2]float64{0, off})
		if p := award.Rank(rules, []award.Tally{w})[0]; p.Official != 3 || p.Raw != 2.5 || p.Range != 3.3333 {
			t.Errorf("by criterion %v: %+v", by, p)
		}
		made := award.Alone(rules, []award.Tally{w})["w1"]
		if half := big.NewRat(5, 2); made.Official.Cmp(half) != 0 || made.Sum.Cmp(big.NewRat(10, 1)) != 0 {
			t.Errorf("by criterion %v: %v of %v", by, made.Official, made.Sum)
		}
	}
}

// Works whose totals differ only beyond the fourth decimal are apart; works whose fractions are equal are not.
func TestTotalsAreComparedAsFractions(t *testing.T) {
	rules := looseRules(judging.Combine{Method: judging.Mean})
	a := given(rules, "a", [2]float64{36, 20}, [2]float64{40, off}) // 56 and 66.66…
	b := given(rules, "b", [2]float64{36, 20}, [2]float64{40, off})
	b.Marks[1], b.Totals[1] = map[string]float64{"主题": 36, "装裱": 30.6667}, 66.6667
	for step, first := range map[judging.TieStep]judging.WorkID{
		judging.TieAllScores: "b", judging.TieTop: "b", judging.TieRange: "a", judging.TieMedian: "b",
	} {
		rules.Ties = []judging.TieStep{step}
		for _, last := range []judging.WorkID{"b", "_"} { // whichever is compared with the other
			other := b
			other.Work = last
			for _, works := range [][]award.Tally{{a, other}, {other, a}} {
				got := award.Rank(rules, works)
				if (got[0].Work == "a") != (first == "a") || got[1].Place != 2 || got[1].TieStep != step {
					t.Errorf("%s: %+v", step, got)
				}
			}
		}
		c := given(rules, "c", [2]float64{36, 20}, [2]float64{40, off})
		if got := award.Rank(rules, []award.Tally{a, c}); !got[0].Tied {
			t.Errorf("%s: equal works are apart: %+v", step, got)
		}
	}
	ranked := award.WithRanks(rules, []award.Tally{a, b})
	if !slices.Equal(ranked[0].Ranks, []float64{1.5, 2}) || !slices.Equal(ranked[1].Ranks, []float64{1.5, 1}) {
		t.Errorf("%v %v", ranked[0].Ranks, ranked[1].Ranks)
	}
	if ranked[0].Firsts != 1 || ranked[1].Firsts != 2 {
		t.Errorf("%d %d", ranked[0].Firsts, ranked[1].Firsts)
	}
	two := rules
	two.Combine = judging.Combine{Method: judging.Best, Best: 1}
	if got := a.DroppedBy(two); !slices.Equal(got, []bool{true, false}) {
		t.Errorf("dropped %v", got)
	}
}

// The highest and the lowest are left out of fractions as of totals.
func TestFractionsAreTrimmed(t *testing.T) {
	rules := looseRules(judging.Combine{Method: judging.Trimmed, TrimFrom: 3, Decimals: 2})
	w := given(rules, "w", [2]float64{10, off}, [2]float64{20, off}, [2]float64{60, 40}) // 16.66…, 33.33…, 100
	if p := award.Rank(rules, []award.Tally{w})[0]; p.Official != 33.33 || p.Dropped != 2 {
		t.Errorf("%+v", p)
	}
}

// A criterion that no judge marked can't part works, and there is nothing for which a prize could go by it.
func TestACriterionWithoutMarksPartsNothing(t *testing.T) {
	for _, step := range []judging.TieStep{judging.TieCriteria, judging.TieTrimmed} {
		rules := looseRules(judging.Combine{Method: judging.Mean}, step)
		a := given(rules, "a", [2]float64{30, off}, [2]float64{30, off})
		b := given(rules, "b", [2]float64{20, 30}, [2]float64{20, 30})
		if got := award.Rank(rules, []award.Tally{a, b}); !got[0].Tied || got[1].Place != 1 {
			t.Errorf("%s: %+v", step, got)
		}
		c := given(rules, "c", [2]float64{30, off}, [2]float64{30, 20}) // 装裱 has a mark of one judge
		if got := award.Rank(rules, []award.Tally{c, b}); got[0].Work != "c" || got[1].TieStep != step {
			t.Errorf("%s: %+v", step, got)
		}
		if n := award.TieNumbers(rules, c, step); !slices.Equal(n, []float64{30, 20}) {
			t.Errorf("%s: %v", step, n)
		}
	}
}

// Only marks that were given are trimmed: of five judges three marked 装裱, too few to leave any out from four on.
func TestOnlyMarksThatWereGivenAreTrimmed(t *testing.T) {
	rules := looseRules(judging.Combine{Method: judging.Trimmed, TrimFrom: 4, Decimals: 4, ByCriterion: true})
	w := given(
		rules, "w", [2]float64{10, 8}, [2]float64{20, 10}, [2]float64{30, off}, [2]float64{40, off}, [2]float64{50, 30},
	)
	if p := award.Rank(rules, []award.Tally{w})[0]; p.Official != 46 || p.Dropped != 2 { // 30 + 16
		t.Errorf("%+v", p)
	}
}
