package award_test

import (
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// Works without a place have nothing that a tie could part them by: they neither stop the program nor take a step of
// the chain from those that have one.
func TestWorksWithoutAPlaceTakeNoStepFromOthers(t *testing.T) {
	rules := votedRules(voting.Rule{Kind: voting.Approval})
	rules.Voting, rules.Official, rules.Panels, rules.Combine.Method = nil, judging.ByRules, nil, judging.Mean
	rules.Ties = []judging.TieStep{terms.TieRankSum, terms.TieSenior}
	rules.Missing, rules.MinScores = judging.NeedScores, 2
	senior := func(n int, marks ...float64) award.Tally {
		out := tallyOf(n, marks...)
		out.Seniors[0] = true
		return out
	}
	few := tallyOf(9, 90) // no senior judge's
	got := award.Rank(rules, []award.Tally{senior(1, 80, 90), senior(2, 90, 80), few, tallyOf(7), tallyOf(8)})
	for i, want := range []struct {
		work  judging.WorkID
		place int
	}{{"w2", 1}, {"w1", 2}, {"w9", 0}, {"w7", 0}, {"w8", 0}} {
		if got[i].Work != want.work || got[i].Place != want.place {
			t.Errorf("%d: %s at %d, want %+v", i, got[i].Work, got[i].Place, want)
		}
	}
}
