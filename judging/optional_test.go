package judging_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/terms"
)

const off = terms.NotApplicable

// looseRubric lets 书写 and 装裱 not apply.
func looseRubric() judging.Rubric {
	return judging.Rubric{Scale: 100, Step: 1, Criteria: []judging.Criterion{
		{Name: "主题", Weight: 40}, {Name: "书写", Weight: 30, Optional: true},
		{Name: "装裱", Weight: 30, Optional: true, Comment: terms.Comment{When: terms.Below, At: 10}},
	}}
}

func TestWhatDoesNotApplyIsLeftOutAndTheRestBroughtToTheFullMark(t *testing.T) {
	r := looseRubric()
	for _, c := range []struct {
		marks map[string]float64
		total float64
		state judging.BallotState
	}{
		{map[string]float64{"主题": 30, "书写": 20, "装裱": 25}, 75, judging.Scored},
		{map[string]float64{"主题": 30, "书写": 20, "装裱": off}, 71.4286, judging.Scored}, // 50 of 70: 71.42857
		{map[string]float64{"主题": 40, "书写": 30, "装裱": off}, 100, judging.Scored},
		{map[string]float64{"主题": 31, "书写": off, "装裱": off}, 77.5, judging.Scored},
		{map[string]float64{"主题": 0, "书写": off, "装裱": off}, 0, judging.Scored},
		{map[string]float64{"书写": off, "装裱": off}, 0, judging.Started},
		{map[string]float64{"书写": off}, 0, judging.Started},
		{map[string]float64{"主题": 35, "书写": off}, 50, judging.Started},
		{map[string]float64{"主题": 30, "书写": 20, "装裱": 9}, 59, judging.Started}, // a comment is owed
	} {
		got, err := judging.Ballot{Marks: c.marks}.Complete(r, false)
		if err != nil || got.Total != c.total || got.State != c.state {
			t.Errorf("%v: %v %s, %v; want %v %s", c.marks, got.Total, got.State, err, c.total, c.state)
		}
	}
	if word := r.CriterionLabel(1, off); word != "" {
		t.Errorf("what does not apply is called %q", word)
	}
}

// The total is the fraction that a person writes down, to four decimals; limits and comments go by it.
func TestATotalIsTheFractionOfWhatApplies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := judging.Rubric{Step: .5}
		marks := map[string]float64{}
		given, of := new(big.Rat), new(big.Rat)
		for i := range rapid.IntRange(1, 6).Draw(t, "criteria") {
			c := judging.Criterion{Name: fmt.Sprint(i), Weight: float64(rapid.IntRange(1, 60).Draw(t, "weight"))}
			c.Optional = i > 0
			r.Scale += c.Weight
			mark := float64(rapid.IntRange(0, int(c.Weight)*2).Draw(t, "mark")) / 2
			if i > 0 && rapid.Bool().Draw(t, "off") {
				mark = off
			} else {
				given.Add(given, new(big.Rat).SetFloat64(mark))
				of.Add(of, new(big.Rat).SetFloat64(c.Weight))
			}
			marks[c.Name] = mark
			r.Criteria = append(r.Criteria, c)
		}
		got, err := judging.Ballot{Marks: marks}.Complete(r, false)
		want := given.Mul(given, of.Quo(new(big.Rat).SetFloat64(r.Scale), of))
		total := judging.Exact(got.Total).String()
		if err != nil || got.State != judging.Scored || total != plainly(want.FloatString(4)) {
			t.Fatalf("%v of %+v: %v, by hand %s, %v", marks, r.Criteria, got.Total, want.FloatString(4), err)
		}
		if sum := r.Sum(marks); sum.Exact().Cmp(want) != 0 {
			t.Fatalf("exactly %s, by hand %s", sum.Exact(), want)
		}
	})
}

func plainly(decimals string) string {
	return strings.TrimSuffix(strings.TrimRight(decimals, "0"), ".")
}

func TestOnlyWhatTheRulesLetNotApplyMayBeLeftOut(t *testing.T) {
	r := looseRubric()
	_, err := judging.Ballot{Marks: map[string]float64{"主题": off}}.Complete(r, false)
	if got := keys(t, []error{err}); judging.CodeOf(err) != judging.Invalid || got[0] != "score.must_apply" {
		t.Errorf("what must be marked: %v", err)
	}
	for _, mark := range []float64{-2, -.5, -1.5, 31} {
		_, err := judging.Ballot{Marks: map[string]float64{"书写": mark}}.Complete(r, false)
		if got := keys(t, []error{err}); got[0] != "score.out_of_range" {
			t.Errorf("%v: %v", mark, err)
		}
	}
	if got := r.Check("r"); len(got) > 0 {
		t.Error(got)
	}
	r.Criteria[0].Optional = true
	if got := keys(t, r.Check("r")); !slices.Equal(got, []string{"rules.none_applies"}) {
		t.Errorf("nothing must apply: %v", got)
	}
	rules := countyRules()
	rules.Combine = judging.Combine{Method: judging.Trimmed, TrimFrom: 5, Decimals: 2, ByCriterion: true, Uniform: true}
	rules.TotalOnly = false
	if got := rules.Check(); rules.Optional() || len(got) > 0 {
		t.Fatal(got)
	}
	rules.Rubrics = slices.Clone(rules.Rubrics)
	rules.Rubrics[0].Criteria = slices.Clone(rules.Rubrics[0].Criteria)
	rules.Rubrics[0].Criteria[0].Optional = true
	if got := keys(t, rules.Check()); !rules.Optional() || !slices.Equal(got, []string{"rules.uniform_optional"}) {
		t.Errorf("one formula over other numbers of marks: %v", got)
	}
	for _, change := range []func(*judging.Combine){
		func(c *judging.Combine) { c.Uniform = false }, func(c *judging.Combine) { c.ByCriterion = false },
	} {
		other := rules
		change(&other.Combine)
		if got := other.Check(); len(got) > 0 {
			t.Error(got)
		}
	}
}

func TestWhatDoesNotApplyIsSaidInWordsAlone(t *testing.T) {
	for said, want := range map[string]bool{
		"不适用": true, " 不适用　": true, "N/A": true, "n/a": true, "Ｎ／Ａ": true, "Not applicable": true,
		"": false, "—": false,
		"/": false, "-1": false, "无": false, "不": false, "na": false, "适用": false, "不适用1": false,
	} {
		if terms.SaysNotApplicable(said) != want {
			t.Errorf("%q: %v", said, !want)
		}
	}
	if terms.Applies(off) || !terms.Applies(0) || !terms.Applies(-2) {
		t.Error("a mark and the word for none are confused")
	}
}

// Programs before this one know nothing of it: what they read must tell them.
func TestAListWithWhatNeedNotApplyIsKnown(t *testing.T) {
	d := judging.Duties{Rubrics: map[string]judging.Rubric{"书法": {Scale: 100}, "摄影": strictRubric()}}
	if d.Optional() {
		t.Error("all applies")
	}
	d.Rubrics["征文"] = looseRubric()
	if !d.Optional() || !d.Asks() {
		t.Error("not known")
	}
	a, b := looseRubric(), looseRubric()
	b.Criteria[1].Optional = false
	if a.SameTerms(b) || !a.SameTerms(looseRubric()) {
		t.Error("what need not apply is a term of the rubric")
	}
}

func TestWhereNothingAppliesTheTotalIsZero(t *testing.T) {
	if got := (terms.Marked{Full: judging.Exact(100)}).Exact(); got.Sign() != 0 {
		t.Error(got)
	}
}
