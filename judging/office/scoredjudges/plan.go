package scoredjudges

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// PlanMerge says what MergeJudges would do now, with the works that both entries have scored, and changes nothing.
// Errors: NotFound, Invalid for one judge twice, Closed when the awards are final.
func (o Stage) PlanMerge(ctx context.Context, from, into judging.JudgeID) (Merged, error) {
	out := Merged{Judge: into, Clashes: []MergeClash{}}
	if from == into {
		return out, judging.Fail(judging.Invalid, "judges.bad_merge", nil)
	}
	err := o.tried(ctx, func(tx store.Tx) (err error) {
		out, _, err = mergeIn(tx, from, into, TakeInto)
		return err
	})
	return out, err
}

// PlanStrike says what StrikeJudge would do now and changes nothing; scores is VoidScores or KeepScores. Errors:
// NotFound, Invalid, Closed when the awards are final.
func (o Stage) PlanStrike(ctx context.Context, id judging.JudgeID, scores string) (Strike, error) {
	out := Strike{Judge: id}
	if !slices.Contains([]string{VoidScores, KeepScores}, scores) {
		return out, judging.Fail(judging.Invalid, "judges.bad_scores", nil)
	}
	err := o.tried(ctx, func(tx store.Tx) (err error) {
		out, _, err = strikeIn(tx, id, scores, "-")
		return err
	})
	return out, err
}

// errTried takes a transaction back that only tried what it would do.
var errTried = errors.New("only tried")

// tried runs fn behind the lock of the judges and takes back what it wrote: the preview can't differ from the act.
func (o Stage) tried(ctx context.Context, fn func(store.Tx) error) error {
	err := o.rec.In(records.Seating).Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return err
}
