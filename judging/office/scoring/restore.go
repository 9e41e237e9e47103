package scoring

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// RestoreScore lets a void score count again, with a reason. Errors: Invalid without a reason, NotFound when the score
// is not void, Closed when the stage is locked or the work has gone to another judge since: it would count twice.
func (o Stage) RestoreScore(ctx context.Context, judge judging.JudgeID, work, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "scores.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := LoadDuty(tx, judge)
		if err != nil {
			return err
		}
		id, err := records.FindWork(tx, work)
		if err != nil {
			return err
		}
		s, err := records.LoadScore(tx, in.Plan.Round, id, judge)
		if err != nil {
			return err
		}
		if s.Void == "" {
			return judging.Fail(judging.NotFound, "scores.not_void", judging.Args{"Work": work, "Judge": judge})
		}
		if !slices.ContainsFunc(in.Works, func(w judging.Work) bool { return w.ID == id }) {
			return judging.Fail(judging.Closed, "scores.void_replaced", judging.Args{"Work": work, "Judge": judge})
		}
		before := s.Void
		s.Void = ""
		if err := records.Scores.Put(tx, s); err != nil {
			return err
		}
		return o.rec.Log(tx, "scores.restore", records.ScoreID(&s), map[string]any{
			"void": before,
		}, map[string]any{
			"reason": reason,
		})
	})
}
