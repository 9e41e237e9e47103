package scoring

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// ConflictedScore is a score that counts although its judge is to be kept from the work.
type ConflictedScore struct {
	Work  judging.WorkID   `json:"work"`
	Code  judging.WorkCode `json:"code"`
	Title string           `json:"title"`
	Judge judging.JudgeID  `json:"judge"`
	Name  string           `json:"name"`
	Total float64          `json:"total"`
}

// ConflictedScores lists the scores of the round that wait for a word because a conflict was declared after they were
// given, by judge then work.
func (o Stage) ConflictedScores(ctx context.Context) ([]ConflictedScore, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]ConflictedScore, error) {
		out := []ConflictedScore{}
		c, err := records.LoadContest(tx)
		if err != nil {
			return out, err
		}
		r := records.ReadingOf(tx)
		all, err := r.ConflictedScores(c.Round)
		if err != nil {
			return out, err
		}
		names, err := records.JudgeNames(tx)
		if err != nil {
			return out, err
		}
		_, works, err := r.Works()
		for _, s := range all {
			out = append(out, ConflictedScore{Work: s.Work, Code: works[s.Work].Code, Title: works[s.Work].Title,
				Judge: s.Judge, Name: names[s.Judge], Total: s.Now().Total})
		}
		return out, err
	})
}

// SettleConflict says what becomes of a score whose judge's conflict was declared after it was given: it is kept, or
// void, either way with a reason. Errors: NotFound for a score that waits for no such word, Invalid without a reason,
// Closed when the stage is locked.
func (o Stage) SettleConflict(ctx context.Context, judge judging.JudgeID, work string, keep bool, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "scores.needs_reason", nil)
	}
	s, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (judging.Score, error) {
		return findConflicted(tx, judge,
			work)
	})
	if err != nil {
		return err
	}
	if !keep {
		return o.VoidScore(ctx, judge, string(s.Work), reason)
	}
	return o.rec.Change(ctx, records.Declaring, func(tx store.Tx) error {
		k := records.KeptScore{Round: s.Round, Work: s.Work, Judge: s.Judge, Reason: reason}
		if err := records.KeptScores.Put(tx, k); err != nil {
			return err
		}
		return o.rec.Log(tx, "conflicts.keep", records.ScoreID(&s), nil, map[string]any{"reason": reason})
	})
}

func findConflicted(tx store.Tx, judge judging.JudgeID, work string) (judging.Score, error) {
	c, err := records.LoadContest(tx)
	if err != nil {
		return judging.Score{}, err
	}
	id, err := records.FindWork(tx, work)
	if err != nil {
		return judging.Score{}, err
	}
	all, err := records.ReadingOf(tx).ConflictedScores(c.Round)
	if err != nil {
		return judging.Score{}, err
	}
	for _, s := range all {
		if s.Judge == judge && s.Work == id {
			return s, nil
		}
	}
	return judging.Score{}, judging.Fail(judging.NotFound, "scores.none", judging.Args{"Work": work, "Judge": judge})
}
