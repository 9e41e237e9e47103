package awards

import (
	"fayi/judging"
	"fayi/judging/award"
)

// AwardsOf tells each work's award under rules, nothing where none has a score.
func AwardsOf(
	rules judging.Rules, works map[judging.WorkID]judging.Work, placings []judging.Placing, rulings []award.Ruling,
) map[judging.WorkID]string {
	field := candidates(rules, placings, func(id judging.WorkID) *judging.Work { w := works[id]; return &w })
	return award.AwardsOf(rules, field, rulings)
}

// candidates joins placings with what caps look at.
func candidates(
	rules judging.Rules, placings []judging.Placing, find func(judging.WorkID) *judging.Work,
) []award.Candidate {
	out := make([]award.Candidate, len(placings))
	for i, p := range placings {
		if w := find(p.Work); w != nil {
			out[i] = award.CandidateOf(rules, *w, p)
		} else {
			out[i].Placing = p
		}
	}
	return out
}
