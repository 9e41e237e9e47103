package award_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/voting"
)

// votedRules are rules whose only round goes by v.
func votedRules(v voting.Rule) judging.Rules {
	return judging.Rules{
		PerWork: 3, Combine: judging.Combine{Method: judging.Trimmed, TrimFrom: 4, Decimals: 2},
		Ties: []judging.TieStep{judging.TieAllScores}, TieAtCut: judging.TieShare, Official: judging.ZScore,
		Panels:     []judging.Panel{{Name: "甲", Weight: 60}, {Name: "乙", Weight: 40}},
		Voting:     &v,
		Awards:     []judging.Award{{Name: "入选", Share: judging.Share{Passed: v.Pass != "", Count: countOf(v)}}},
		Categories: []judging.Category{{Name: "书法", Prefix: "SF", Rubric: "百分制"}},
		Rubrics: []judging.NamedRubric{{Name: "百分制", Rubric: judging.Rubric{
			Scale: 100, Step: 1, Criteria: []judging.Criterion{{Name: "总分", Weight: 100}},
		}}},
	}
}

func countOf(v voting.Rule) int {
	if v.Pass != "" {
		return 0
	}
	return 2
}

func tallyOf(n int, marks ...float64) award.Tally {
	t := award.Tally{Work: judging.WorkID(fmt.Sprintf("w%d", n)), Category: "书法"}
	for k, m := range marks {
		t.Add(judging.Judge{ID: judging.JudgeID(fmt.Sprintf("j%d", k))}, 0, judging.Ballot{Total: m})
	}
	return t
}

// TestApprovalCountsWhoSpoke compares with a plain count, in fractions.
func TestApprovalCountsWhoSpoke(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	rules := votedRules(voting.Rule{Kind: voting.Approval, Pass: "2/3"}).In(1)
	for range 2000 {
		var tallies []award.Tally
		for n := range 1 + random.IntN(6) {
			var marks []float64
			for range 1 + random.IntN(11) {
				marks = append(marks, []float64{voting.For, voting.For, voting.Unsure, voting.Against}[random.IntN(4)])
			}
			tallies = append(tallies, tallyOf(n, marks...))
		}
		share := func(id judging.WorkID) *big.Rat {
			for _, x := range tallies {
				if x.Work == id {
					yes := 0
					for _, m := range x.Totals {
						if m == 1 {
							yes++
						}
					}
					return big.NewRat(int64(yes), int64(len(x.Totals)))
				}
			}
			return nil
		}
		placings := award.Rank(rules, tallies)
		for i, p := range placings {
			for _, o := range placings[i+1:] {
				if c := share(p.Work).Cmp(share(o.Work)); c < 0 || (c == 0) != (p.Place == o.Place) {
					t.Fatalf("%s before %s with %s and %s", p.Work, o.Work, share(p.Work), share(o.Work))
				}
			}
		}
		next := judging.Rules{Voting: &voting.Rule{Kind: voting.Approval, Pass: "2/3"},
			Rounds: []judging.RoundRule{{Name: "终评", Take: judging.Share{Passed: true}}}}
		rule, _ := next.RoundOf(2)
		on := award.Entrants(rule, placings)
		for _, p := range placings {
			passes := share(p.Work).Cmp(big.NewRat(2, 3)) >= 0
			if slices.Contains(on, p.Work) != passes {
				t.Fatalf("%s goes on: %v, with %s", p.Work, !passes, share(p.Work))
			}
		}
	}
}

// TestTwoThirdsOfTheConstitution goes by 宪法（1982 年）第六十四条, two thirds or more, and the vote of 11 March 2018:
// 2958 in favour, 2 against, 3 undecided.
func TestTwoThirdsOfTheConstitution(t *testing.T) {
	rules := votedRules(voting.Rule{Kind: voting.Approval, Pass: "2/3"}).In(1)
	marks := slices.Concat(slices.Repeat([]float64{voting.For}, 2958), []float64{0, 0, .5, .5, .5})
	placings := award.Rank(rules, []award.Tally{
		tallyOf(1, marks...), tallyOf(2, 1, 1, 1, 1, 1, 1, 0, .5, 0), tallyOf(3, 1, 1, 1, 1, 1, 0, 0, 0),
	})
	for i, want := range []float64{99.83, 66.67, 62.5} {
		if placings[i].Official != want {
			t.Errorf("%s has %v, not %v", placings[i].Work, placings[i].Official, want)
		}
	}
	if got := rules.ShareOf(rules.Awards[0], "书法", "").MinScore; got != 66.67 {
		t.Errorf("the award asks for %v", got)
	}
}

// TestVotesAddUp compares with a plain sum, and lets works of as many votes share their place.
func TestVotesAddUp(t *testing.T) {
	rules := votedRules(voting.Rule{Kind: voting.Votes, Votes: 2}).In(1)
	placings := award.Rank(rules, []award.Tally{
		tallyOf(1, 1, 0, 1, 0), tallyOf(2, 1, 1, 1, 0), tallyOf(3, 0, 0, 0, 0), tallyOf(4, 0, 1, 0, 1),
	})
	got := ""
	for _, p := range placings {
		got += fmt.Sprintf("%s %d %v; ", p.Work, p.Place, p.Official)
	}
	if want := "w2 1 3; w1 2 2; w4 2 2; w3 4 0; "; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// TestARoundWithoutMarksAsksOneThing holds what marks alone need away from a round without them, and leaves the other
// rounds as they were.
func TestARoundWithoutMarksAsksOneThing(t *testing.T) {
	sheet := votedRules(voting.Rule{Kind: voting.Approval, Pass: "1/2"})
	sheet.Rounds = []judging.RoundRule{{Name: "复评"}, {Name: "终评", Voting: &voting.Rule{Kind: voting.Votes, Votes: 1}}}
	one, two, three := sheet.In(1), sheet.In(2), sheet.In(3)
	for _, r := range []judging.Rules{one, three} {
		if r.Official != judging.ByRules || r.Panels != nil || len(r.RubricOf("书法").Criteria) != 1 ||
			r.RubricOf("书法").Scale != 1 {
			t.Errorf("%+v", r)
		}
		if errs := r.RubricOf("书法").Check(""); len(errs) > 0 {
			t.Error(errs)
		}
	}
	if two.Voting != nil || two.RubricOf("书法").Scale != 100 || two.Official != judging.ZScore ||
		two.Combine != sheet.Combine {
		t.Errorf("%+v", two)
	}
	if twice := one.In(1); twice.RubricOf("书法").Scale != 1 || twice.Combine != one.Combine {
		t.Error("rules as they hold do not hold again")
	}
}
