package votelists

import (
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// Tallies adds to those of a round what votes an audience gave to works that have no scores in it, where a prize goes
// by votes.
func Tallies(
	tx store.Tx, sheet judging.Rules, works []award.Candidate, tallies []award.Tally,
) ([]award.Tally, error) {
	if !terms.SpecialsHear(sheet.Specials) {
		return tallies, nil
	}
	votes, err := Counts(tx)
	known := map[judging.WorkID]bool{}
	for _, t := range tallies {
		known[t.Work] = true
	}
	for _, c := range works {
		if !known[c.Work] {
			tallies = append(tallies, award.Tally{Work: c.Work, Votes: votes.Of(c.Work)})
		}
	}
	return tallies, err
}
