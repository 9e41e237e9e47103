package awards

import (
	"fayi/judging"
	"fayi/judging/award"
)

// AwardsOf tells each work's award under rules, nothing where none has a score.
func AwardsOf(
	rules judging.Rules, works map[judging.WorkID]judging.Work, placings []judging.Placing, rulings []award.Ruling,
) map[judging.WorkID]string {
	return award.AwardsOf(rules, candidates(rules, works, placings), rulings)
}

// candidates joins placings with what caps look at.
func candidates(
	rules judging.Rules, works map[judging.WorkID]judging.Work, placings []judging.Placing,
) []award.Candidate {
	out := make([]award.Candidate, len(placings))
	for i, p := range placings {
		out[i] = award.CandidateOf(rules, works[p.Work], p)
	}
	return out
}
