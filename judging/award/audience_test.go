package award_test

import (
	"fmt"
	"math/big"
	"testing"

	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/award"
)

// heardRules weigh the votes of an audience with 40 %, by their share of the most votes of a list.
func heardRules() judging.Rules {
	rules := markedRules(judging.Combine{Method: judging.Mean, Decimals: 2})
	rules.Audience = &audience.Rule{Weight: 40, By: audience.Share}
	return rules
}

// votedFor is a work with votes and marks; nil: no votes came in for it.
func votedFor(n int, votes *int, marks ...float64) award.Tally {
	t := tallyOf(n, marks...)
	t.Votes = votes
	return t
}

func placed(all []judging.Placing) (out string) {
	for _, p := range all {
		out += fmt.Sprintf("%s %d %v; ", p.Work, p.Place, p.Official)
	}
	return out
}

// TestAnAudienceIsWeighedWithTheJudges: 60 % of the judges' mean and 40 % of the audience's mark, worked out by hand. A
// work without marks took votes from the others, too; one for which no votes came in has no place, and 0 votes are a
// mark of 0.
func TestAnAudienceIsWeighedWithTheJudges(t *testing.T) {
	known := votedFor(5, new(50), 80)
	known.Audience = big.NewRat(75, 1) // counted elsewhere: 50 votes are worth 25 here
	done := votedFor(6, new(10), 10)
	done.Official, done.Audience, done.Heard = big.NewRat(33, 1), big.NewRat(100, 1), true
	waiting := votedFor(7, new(100), 10)
	waiting.Official = big.NewRat(20, 1) // a method's, without the audience
	tallies := []award.Tally{
		votedFor(1, new(100), 80, 90), votedFor(2, new(0), 90, 90), votedFor(3, nil, 99, 99), votedFor(4, new(200)),
		known, done, waiting,
	}
	want := "w5 1 78; w1 2 71; w2 3 54; w6 4 33; w7 5 32; w3 0 99; w4 0 40; "
	if got := placed(award.Rank(heardRules(), tallies)); got != want {
		t.Errorf("%s\nnot %s", got, want)
	}
	// a round among others makes the same of them, before it is rounded
	joint := award.Alone(heardRules(), tallies)
	for id, want := range map[judging.WorkID]int64{"w1": 71, "w2": 54, "w5": 78, "w6": 33, "w7": 32} {
		if got := joint[id]; got.Official.Cmp(big.NewRat(want, 1)) != 0 {
			t.Errorf("%s is %v in a round, not %d", id, got.Official, want)
		}
	}
	if got := joint["w1"].Sum; got.Cmp(big.NewRat(2*71, 1)) != 0 {
		t.Errorf("two scores of w1 add up to %v", got)
	}
	for i, t2 := range tallies {
		if (t2.Audience != nil) != (i == 4 || i == 5) {
			t.Errorf("the caller's %s was changed", t2.Work)
		}
	}
}

// TestWithoutAnAudienceVotesAreWorthNothing leaves votes, and what they were once worth, out of the score.
func TestWithoutAnAudienceVotesAreWorthNothing(t *testing.T) {
	rules := markedRules(judging.Combine{Method: judging.Mean, Decimals: 2})
	one := votedFor(1, new(100), 80)
	one.Audience, one.Offset = big.NewRat(100, 1), 5*10000
	want := "w1 1 85; w2 2 70; "
	if got := placed(award.Rank(rules, []award.Tally{one, votedFor(2, nil, 70)})); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if got := award.WithAudience(rules, []award.Tally{votedFor(2, new(3), 70)}); got[0].Audience != nil {
		t.Errorf("votes are worth %v", got[0].Audience)
	}
}
