package scoring

import (
	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// checkVotes refuses votes beyond the number that a judge has, in the whole list with next in the place of the score
// of its work; nil for the list as it is. Errors: Clash.
func (d *Duty) checkVotes(tx store.Tx, next *judging.Score) error {
	if d.Rules.Voting == nil {
		return nil
	}
	whole, err := LoadDuty(tx, d.Judge.ID)
	if err != nil {
		return err
	}
	list, err := whole.Duties(tx)
	if err != nil {
		return err
	}
	for i, w := range whole.Works { // in the order of the list, which has no trials
		if next != nil && w.ID == next.Work {
			list.Works[i].State, list.Works[i].Total = next.Now().State, next.Now().Total
		}
	}
	return list.CheckVotes()
}

// closingVotes refuses to close a round in which a judge who did not hand in has given more votes than there are, or
// fewer than there must be: what is complete would count. Errors: Clash.
func closingVotes(tx store.Tx, missing []records.JudgeStatus) error {
	rules, err := records.LoadRules(tx)
	if err != nil || rules.Voting == nil {
		return err
	}
	for _, j := range missing {
		d, err := LoadDuty(tx, j.Judge)
		if err != nil {
			return err
		}
		list, err := d.Duties(tx)
		if err != nil {
			return err
		}
		if f := list.CheckVotes(); f != nil {
			return judging.Fail(judging.Clash, "voting.not_closed", judging.Args{"Judge": j.Name}).Because(f)
		}
	}
	return nil
}
