package records

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/store"
)

func LoadContest(tx store.Tx) (judging.Contest, error) {
	c, err := Contests.Get(tx, "contest")
	if errors.Is(err, judging.ErrNotFound) {
		return c, judging.Fail(judging.NotFound, "contest.missing", nil)
	}
	return c, err
}

// Contest returns the contest's own record.
func (o *Records) Contest(ctx context.Context) (judging.Contest, error) {
	return View(ctx, o.DB, LoadContest)
}
