package records

import (
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

// Worth tells which of two entries of one judge says more of a work: a score that counts, one that was given back, one
// that was begun, one that is void, nothing.
func Worth(s judging.Score) int {
	state := s.Now().State
	switch {
	case s.Counts():
		return 4
	case s.Void == "" && Finished(state):
		return 3
	case s.Void == "" && (state == judging.Started || state == judging.Skipped):
		return 2
	case s.Void != "":
		return 1
	}
	return 0
}

// MoveScore puts a score under the judge of mine, behind mine or, where stays is true, before it: what comes last
// holds. That it was kept in spite of a conflict goes with the score that holds.
func MoveScore(tx store.Tx, s, mine judging.Score, stays bool) error {
	first, last := mine, s
	if stays {
		first, last = s, mine
	}
	moved := last
	moved.Judge = mine.Judge
	moved.Versions = slices.Concat(first.Versions, last.Versions)
	moved.Undone = slices.Concat(first.Undone, last.Undone)
	kept, err := KeptScores.Get(tx, ScoreID(&last))
	some := err == nil
	if err != nil && judging.CodeOf(err) != judging.NotFound {
		return err
	}
	if err := FirstError(
		Scores.Delete(tx, ScoreID(&s)), KeptScores.Delete(tx, ScoreID(&s)),
		KeptScores.Delete(tx, ScoreID(&mine)), Scores.Put(tx, moved),
	); err != nil || !some {
		return err
	}
	kept.Judge = mine.Judge
	return KeptScores.Put(tx, kept)
}
