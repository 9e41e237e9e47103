package award

import (
	"math/big"

	"fayi/judging"
)

// amongOthers returns tallies with what can be said of each next to the others of its list only, as far as the rules
// ask for it.
func amongOthers(rules judging.Rules, tallies []Tally) []Tally {
	if looksAtLists(rules) {
		tallies = WithRanks(rules, tallies)
	}
	return WithAudience(rules, tallies)
}

// WithAudience returns tallies with what the votes of an audience are worth next to those of the others of their lists.
// Works without scores count among these: their votes were given, too. What is known of a work already stays.
func WithAudience(rules judging.Rules, tallies []Tally) []Tally {
	if rules.Audience == nil {
		return tallies
	}
	out := append([]Tally{}, tallies...)
	lists, votes := map[[2]string][]int{}, map[[2]string][]int{}
	for i := range out {
		t := &out[i]
		if t.Votes == nil || t.Audience != nil {
			continue
		}
		key := listOf(&rules, t)
		lists[key], votes[key] = append(lists[key], i), append(votes[key], *t.Votes)
	}
	for key, list := range lists {
		marks := rules.Audience.Marks(votes[key])
		for k, i := range list {
			out[i].Audience = marks[k]
		}
	}
	return out
}

// heard is the score that judges made, mixed with that of the audience where the rules weigh it and it is known.
func (t Tally) heard(rules judging.Rules, score *big.Rat) *big.Rat {
	if rules.Audience == nil || t.Audience == nil || t.Heard {
		return score
	}
	return rules.Audience.Mix(score, t.Audience, rules.RubricOf(t.Category).Scale)
}

// LacksVotes reports whether the rules weigh votes of an audience and none came in for the work: nothing stands for
// them, least of all 0.
func LacksVotes(rules judging.Rules, t Tally) bool { return rules.Audience != nil && t.Votes == nil }
