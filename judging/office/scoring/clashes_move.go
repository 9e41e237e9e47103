package scoring

import (
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// MoveClashes puts what waits for a decision under from to what waits under into, in every round.
func MoveClashes(tx store.Tx, from, into judging.JudgeID) error {
	c, err := records.LoadContest(tx)
	if err != nil {
		return err
	}
	for round := judging.Round(1); round <= c.Round; round++ {
		all, err := records.Collect(func(fn func(clashRecord) error) error {
			return clashes.EachPrefix(tx, records.SeatID(round, from)+"/", fn)
		})
		if err != nil {
			return err
		}
		for _, gone := range all {
			to := gone
			mine, err := loadClash(tx, round, into, gone.Code)
			if err != nil {
				return err
			}
			if mine != nil {
				to = *mine
				to.Versions = slices.Concat(mine.Versions, gone.Versions)
			}
			to.Judge = into
			if err := records.FirstError(
				clashes.Delete(tx, clashID(round, from, gone.Code)), clashes.Put(tx, to),
			); err != nil {
				return err
			}
		}
	}
	return nil
}
