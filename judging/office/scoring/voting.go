package scoring

import (
	"fayi/judging"
	"fayi/judging/store"
)

// checkVotes refuses more votes than a judge has, or fewer than there must be, in the whole list with next in the place
// of the score of its work; nil for the list as it is. Errors: Clash.
func checkVotes(tx store.Tx, judge judging.JudgeID, next *judging.Score) error {
	d, err := LoadDuty(tx, judge)
	if err != nil || d.Rules.Voting == nil {
		return err
	}
	list, err := d.Duties(tx)
	for i, w := range d.Works { // in the order of the list, which has no trials
		if err == nil && next != nil && w.ID == next.Work {
			list.Works[i].State, list.Works[i].Total = next.Now().State, next.Now().Total
		}
	}
	if err != nil {
		return err
	}
	return list.CheckVotes()
}
