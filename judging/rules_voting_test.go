package judging_test

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/voting"
)

// TestRoundsThatCannotBeMeantAreRefused changes one thing at a time of rules that are right.
func TestRoundsThatCannotBeMeantAreRefused(t *testing.T) {
	right := func() judging.Rules {
		r := judging.Rules{
			PerWork: 5, Combine: judging.Combine{Method: judging.Mean}, TieAtCut: judging.TieShare,
			Voting: &voting.Rule{Kind: voting.Approval, Pass: "2/3"},
			Awards: []judging.Award{{Name: "一等奖", Share: judging.Share{Count: 1}}},
			Rounds: []judging.RoundRule{{
				Name: "终评", Take: judging.Share{Passed: true}, Carry: judging.Replace,
				Voting: &voting.Rule{Kind: voting.Votes, Votes: 3},
			}},
			Categories: []judging.Category{{Name: "书法", Prefix: "SF", Rubric: "百分制"}},
			Rubrics: []judging.NamedRubric{{Name: "百分制", Rubric: judging.Rubric{
				Scale: 100, Step: 1, Criteria: []judging.Criterion{{Name: "总分", Weight: 100}},
			}}},
		}
		return r
	}
	if errs := right().Check(); len(errs) > 0 {
		t.Fatal(errs)
	}
	if !right().Votes() || (judging.Rules{}).Votes() {
		t.Error("older programs are not kept away from these rules alone")
	}
	for key, change := range map[string]func(*judging.Rules){
		"rules.voting_pass":         func(r *judging.Rules) { r.Voting.Pass = "4/3" },
		"rules.voting_other":        func(r *judging.Rules) { r.Voting.Votes = 2 },
		"rules.voting_votes":        func(r *judging.Rules) { r.Rounds[0].Voting.Votes = 0 },
		"rules.voting_all":          func(r *judging.Rules) { r.Rounds[0].Take = judging.Share{Count: 3} },
		"rules.voting_carry":        func(r *judging.Rules) { r.Rounds[0].Carry = judging.Pooled },
		"rules.voting_rubrics":      func(r *judging.Rules) { r.Rounds[0].Rubrics = map[string]string{"书法": "百分制"} },
		"rules.voting_passed":       func(r *judging.Rules) { r.Awards[0].Share = judging.Share{Passed: true} },
		"rules.voting_passed_alone": func(r *judging.Rules) { r.Rounds[0].Take.Count = 9 },
		"rules.voting_ranks": func(r *judging.Rules) {
			r.Combine = judging.Combine{Method: judging.RankSum, Decimals: 1}
		},
		"rules.voting_least": func(r *judging.Rules) { r.Awards[0].MinScore = 5.5 },
		"rules.tied":         func(r *judging.Rules) { r.Rounds[0].Take = judging.Share{Tied: true, MinScore: 2} },
		"rules.unknown_word": func(r *judging.Rules) { r.Voting.Kind = "ordering" },
	} {
		r := right()
		change(&r)
		keys := map[string]bool{}
		for _, err := range r.Check() {
			keys[err.(*judging.Error).Text] = true
		}
		if !keys[key] || len(keys) != 1 {
			t.Errorf("%s is answered with %v", key, keys)
		}
	}
	for _, change := range []func(*judging.Rules){
		func(r *judging.Rules) { r.Rounds[0].Voting = nil },
		func(r *judging.Rules) { r.Rounds[0].Carry = judging.Pooled },
		func(r *judging.Rules) { r.Awards[0].Share = judging.Share{Tied: true} },
		func(r *judging.Rules) {
			r.Quotas = []judging.Quota{{Award: "一等奖", Category: "书法", Share: judging.Share{Tied: true}}}
		},
	} {
		r := right()
		r.Rounds[0].Take = judging.Share{Tied: true}
		if errs := r.Check(); len(errs) > 0 {
			t.Fatal("a run-off:", errs)
		}
		change(&r)
		found := false
		for _, err := range r.Check() {
			found = found || err.(*judging.Error).Text == "rules.tied"
		}
		if !found {
			t.Errorf("is taken: %+v", r)
		}
	}
	marks := right()
	marks.Voting, marks.Rounds[0].Voting = nil, nil
	if errs := marks.Check(); len(errs) != 1 || errs[0].(*judging.Error).Text != "rules.voting_passed" {
		t.Error("all that passed of a round of marks:", errs)
	}
	if !slices.Equal([]int{len(right().In(2).Rubrics), len(marks.In(2).Rubrics)}, []int{1, 1}) {
		t.Error("rubrics of the rounds")
	}
}

// TestALeastScoreThatNoVotesReachIsRefused tries, for every kind of round, the highest result that a model of its
// judges finds, and a little more; each place where a least score is written, and the round by which it goes.
func TestALeastScoreThatNoVotesReachIsRefused(t *testing.T) {
	base := func(rule *voting.Rule, judges int) judging.Rules {
		return judging.Rules{
			PerWork: judges, Combine: judging.Combine{Method: judging.Mean}, TieAtCut: judging.TieShare, Voting: rule,
			Awards: []judging.Award{{Name: "一等奖", Share: judging.Share{Count: 1}}},
			Categories: []judging.Category{
				{Name: "书法", Prefix: "SF", Rubric: "百分制"}, {Name: "绘画", Prefix: "HH", Rubric: "百分制", PerWork: 2},
			},
			Rubrics: []judging.NamedRubric{{Name: "百分制", Rubric: judging.Rubric{
				Scale: 100, Step: 1, Criteria: []judging.Criterion{{Name: "总分", Weight: 100}},
			}}},
		}
	}
	least := func(r judging.Rules) *judging.Error {
		for _, err := range r.Check() {
			if e := err.(*judging.Error); e.Text == "rules.voting_least" {
				return e
			}
		}
		return nil
	}
	later := func(r *judging.Rules, at float64) {
		if r.Voting != nil {
			r.Rounds = []judging.RoundRule{
				{Name: "终评", Take: judging.Share{Count: 9}, Carry: judging.Replace, Voting: r.Voting},
			}
		}
		r.Voting, r.Awards[0].MinScore = nil, at
	}
	for _, c := range []struct {
		rule *voting.Rule
		best func(judges int) float64 // what all judges say at the most
	}{
		{&voting.Rule{Kind: voting.Approval}, func(n int) float64 { return 100 * float64(n) / float64(n) }},
		{&voting.Rule{Kind: voting.Votes, Votes: 3}, func(n int) float64 { return float64(n) }},
		{&voting.Rule{Kind: voting.Ranking, Places: 3}, func(n int) float64 { return float64(n + n + n) }},
		{&voting.Rule{Kind: voting.Points, Points: 100}, func(n int) float64 { return float64(n) * 100 }},
	} {
		for _, judges := range []int{1, 5} {
			few := min(judges, 2) // those of 绘画 are 2
			if judges == 1 {
				few = 1
			}
			for name, write := range map[string]func(*judging.Rules, float64){
				"award": func(r *judging.Rules, at float64) { r.Awards[0].MinScore = at },
				"later": later,
				"going on": func(r *judging.Rules, at float64) {
					r.Rounds = []judging.RoundRule{{
						Name: "终评", Take: judging.Share{Count: 9, MinScore: at}, Carry: judging.Replace,
					}}
				},
				"quota": func(r *judging.Rules, at float64) {
					r.Quotas = []judging.Quota{
						{Award: "一等奖", Category: "绘画", Share: judging.Share{Count: 1, MinScore: at}},
					}
				},
			} {
				r := base(c.rule, judges)
				if judges == 1 {
					r.Categories[1].PerWork = 1
				}
				write(&r, c.best(few))
				if e := least(r); e != nil {
					t.Errorf("%s, %s, %d judges: what all say is refused: %+v", c.rule.Kind, name, judges, e.Args)
				}
				write(&r, c.best(few)+.0001)
				if e := least(r); e == nil || e.Args["Most"] != int(c.best(few)) ||
					e.Args["Kind"] != string(c.rule.Kind) {
					t.Errorf("%s, %s, %d judges: %v", c.rule.Kind, name, judges, e)
				}
			}
		}
	}
	r := base(&voting.Rule{Kind: voting.Votes, Votes: 3}, 5)
	r.Awards[0].MinScore = 5
	if e := least(r); e == nil || e.Args["Category"] != "绘画" || e.Args["Where"] != "一等奖" || e.Args["Judges"] != 2 {
		t.Errorf("%+v", e)
	}
	r.Quotas = []judging.Quota{{Award: "一等奖", Category: "绘画", Share: judging.Share{Count: 1}}}
	if e := least(r); e != nil {
		t.Errorf("a list with places of its own: %+v", e.Args)
	}
	marks := base(nil, 5)
	marks.Awards[0].MinScore = 99
	if e := least(marks); e != nil {
		t.Error("marks:", e)
	}
}
