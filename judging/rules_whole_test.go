package judging_test

import (
	"testing"

	"fayi/judging"
	"fayi/judging/terms"
)

// TestPlacesOverTheWholeContestThatCannotBeMeantAreRefused changes one thing at a time of rules that are right.
func TestPlacesOverTheWholeContestThatCannotBeMeantAreRefused(t *testing.T) {
	ten := judging.Share{Count: 10, Whole: true}
	right := func() judging.Rules {
		return judging.Rules{
			PerWork: 5, Combine: judging.Combine{Method: judging.Mean}, TieAtCut: judging.TieShare,
			Awards: []judging.Award{
				{Name: "一等奖", Share: ten}, {Name: "二等奖", Share: judging.Share{Percent: 10, Whole: true}},
			},
			Totals: []terms.AwardTotal{
				{Awards: []string{"一等奖", "二等奖"}, Share: judging.Share{Count: 40, Whole: true}},
				{Awards: []string{"一等奖", "二等奖"}, Share: judging.Share{Count: 9}},
			},
			Quotas: []judging.Quota{{Award: "一等奖", Category: "书法", Share: judging.Share{Count: 5}}},
			Rounds: []judging.RoundRule{{Name: "终评", Take: judging.Share{Count: 20}, Carry: judging.Replace}},
			Groups: []judging.GroupRule{{Name: "小学组"}},
			Categories: []judging.Category{
				{Name: "书法", Prefix: "SF", Rubric: "百分制", Groups: []string{"小学组"}},
				{Name: "绘画", Prefix: "HH", Rubric: "百分制"},
			},
			Rubrics: []judging.NamedRubric{{Name: "百分制", Rubric: judging.Rubric{
				Scale: 100, Step: 1, Criteria: []judging.Criterion{{Name: "总分", Weight: 100}},
			}}},
		}
	}
	if errs := right().Check(); len(errs) > 0 || !right().Whole() {
		t.Fatal(errs)
	}
	for i, c := range []struct {
		key    string
		change func(*judging.Rules)
	}{
		{"rules.whole_list", func(r *judging.Rules) { r.Quotas[0].Whole = true }},
		{"rules.whole_round", func(r *judging.Rules) { r.Rounds[0].Take.Whole = true }},
		{"rules.whole_own", func(r *judging.Rules) { r.Quotas[0].Count = 6 }}, // each of two lists
		{"rules.whole_own", func(r *judging.Rules) { r.Quotas[0].Award = "二等奖" }},
		{"rules.whole_own", func(r *judging.Rules) { r.Quotas[0].Share = judging.Share{Percent: 1} }},
		{"rules.total_starves", func(r *judging.Rules) { r.Totals[0].Count = 10 }},
		{"rules.total_twice", func(r *judging.Rules) { r.Totals[1].Whole = true }},
	} {
		r := right()
		c.change(&r)
		errs := r.Check()
		if len(errs) != 1 || errs[0].(*judging.Error).Text != c.key {
			t.Errorf("%d: %v, want %s", i, errs, c.key)
		}
	}
	r := right()
	r.Totals[0].Count = 11
	if errs := r.Check(); len(errs) > 0 {
		t.Error(errs)
	}
	r.Awards[0].Whole, r.Awards[1].Whole = false, false
	if !r.Whole() {
		t.Error("a total alone")
	}
	if r.Totals = nil; r.Whole() {
		t.Error("nothing is counted over the whole contest")
	}
}
