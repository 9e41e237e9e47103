package records

import (
	"fayi/judging"
	"fayi/judging/store"
)

// ScoresOfJudge lists a judge's scores of all rounds, void ones and those taken back too; records that were opened and
// never held a ballot are left out.
func ScoresOfJudge(tx store.Tx, id judging.JudgeID) ([]judging.Score, error) {
	c, err := LoadContest(tx)
	if err != nil {
		return nil, err
	}
	var out []judging.Score
	for round := judging.Round(1); round <= c.Round; round++ {
		err := Scores.By(tx, "judge", SeatID(round, id), func(s judging.Score) error {
			if len(s.Versions)+len(s.Undone) > 0 {
				out = append(out, s)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// waiting is as much of a score that waits for a decision as counting them needs.
var waiting = store.NewTable("clash", 1, func(*struct{}) string { return "" })

// WaitingOfJudge counts the scores of a judge, of all rounds, that wait for a decision.
func WaitingOfJudge(tx store.Tx, id judging.JudgeID) (n int, err error) {
	c, err := LoadContest(tx)
	for round := judging.Round(1); err == nil && round <= c.Round; round++ {
		err = waiting.EachPrefix(tx, SeatID(round, id)+"/", func(struct{}) error { n++; return nil })
	}
	return n, err
}

// RostersOfJudge lists a judge's works in every plan.
func RostersOfJudge(tx store.Tx, id judging.JudgeID) ([]judging.Roster, error) {
	return Collect(func(fn func(judging.Roster) error) error {
		return Rosters.Each(tx, func(r judging.Roster) error {
			if r.Judge != id {
				return nil
			}
			return fn(r)
		})
	})
}

// ConflictsOfJudge lists what was declared or cleared of a judge.
func ConflictsOfJudge(tx store.Tx, id judging.JudgeID) ([]judging.Conflict, error) {
	return Collect(func(fn func(judging.Conflict) error) error {
		return Conflicts.EachPrefix(tx, string(id)+"/", fn)
	})
}

// ForgetJudge removes a judge with their lists, conflicts, seats and PIN; the caller has seen to their scores.
func ForgetJudge(tx store.Tx, id judging.JudgeID) error {
	lists, err := RostersOfJudge(tx, id)
	if err != nil {
		return err
	}
	for _, r := range lists {
		if err := Rosters.Delete(tx, r.ID()); err != nil {
			return err
		}
	}
	said, err := ConflictsOfJudge(tx, id)
	if err != nil {
		return err
	}
	for _, c := range said {
		if err := Conflicts.Delete(tx, c.ID()); err != nil {
			return err
		}
	}
	c, err := LoadContest(tx)
	if err != nil {
		return err
	}
	for round := judging.Round(1); round <= c.Round; round++ {
		if err := Seats.Delete(tx, SeatID(round, id)); err != nil {
			return err
		}
	}
	return FirstError(Secrets.Delete(tx, string(id)), Passes.Delete(tx, string(id)), Judges.Delete(tx, string(id)))
}
