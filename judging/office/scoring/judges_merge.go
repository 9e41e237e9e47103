package scoring

import (
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// worth tells which of two entries of one judge says more of a work: a score that counts, one that was given back, one
// that was begun, one that is void, nothing.
func worth(s judging.Score) int {
	state := s.Now().State
	switch {
	case s.Counts():
		return 4
	case s.Void == "" && records.Finished(state):
		return 3
	case s.Void == "" && (state == judging.Started || state == judging.Skipped):
		return 2
	case s.Void != "":
		return 1
	}
	return 0
}

// moveScore puts a score under the judge of mine, behind mine or, where stays is true, before it: what comes last
// holds. That it was kept in spite of a conflict goes with the score that holds.
func moveScore(tx store.Tx, s, mine judging.Score, stays bool) error {
	first, last := mine, s
	if stays {
		first, last = s, mine
	}
	moved := last
	moved.Judge = mine.Judge
	moved.Versions = slices.Concat(first.Versions, last.Versions)
	moved.Undone = slices.Concat(first.Undone, last.Undone)
	kept, err := records.KeptScores.Get(tx, records.ScoreID(&last))
	some := err == nil
	if err != nil && judging.CodeOf(err) != judging.NotFound {
		return err
	}
	if err := records.FirstError(
		records.Scores.Delete(tx, records.ScoreID(&s)), records.KeptScores.Delete(tx, records.ScoreID(&s)),
		records.KeptScores.Delete(tx, records.ScoreID(&mine)), records.Scores.Put(tx, moved),
	); err != nil || !some {
		return err
	}
	kept.Judge = mine.Judge
	return records.KeptScores.Put(tx, kept)
}

// moveClashes puts what waits for a decision under from to what waits under into, in every round.
func moveClashes(tx store.Tx, from, into judging.JudgeID) error {
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
