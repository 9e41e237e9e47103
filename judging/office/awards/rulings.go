package awards

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// RuleAward adds a ruling on a work's award, or on a tie at a cut. It counts from the next deciding on; until then AwardBoard shows it as pending. The work may be
// told by identity or code. Errors: NotFound for the work, Invalid without a reason or for an unknown award, Closed when the awards are final.
func (o Stage) RuleAward(ctx context.Context, u judging.Ruling) (judging.Ruling, error) {
	u.Reason = judging.Tidy(u.Reason)
	err := o.rec.Change(ctx, records.Judgement, func(tx store.Tx) error {
		rules, err := records.RuleSheet(tx)
		if err != nil {
			return err
		}
		if err := u.Check(rules); err != nil {
			return err
		}
		if u.Kind != judging.RuleTie {
			id, err := records.FindWork(tx, string(u.Work))
			if err != nil {
				return err
			}
			if _, err := records.LoadWork(tx, id); err != nil {
				return err
			}
			u.Work = id
		}
		n, err := records.Take(tx, "ruling", 1)
		if err != nil {
			return err
		}
		u.ID, u.By, u.At, u.Recalled = judging.Serial("u", 3, n), o.rec.Actor, o.rec.Now().UTC(), ""
		if err := records.Rulings.Put(tx, u); err != nil {
			return err
		}
		return o.rec.Log(tx, "awards.rule", u.ID, nil, u)
	})
	return u, err
}

// RecallRuling takes a ruling back, with a reason. Errors: NotFound, Invalid without a reason, Closed when the awards are final.
func (o Stage) RecallRuling(ctx context.Context, id, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Judgement, func(tx store.Tx) error {
		u, err := records.Rulings.Get(tx, id)
		if errors.Is(err, judging.ErrNotFound) || err == nil && u.Recalled != "" {
			return judging.Fail(judging.NotFound, "awards.no_ruling", judging.Args{"Ruling": id})
		}
		if err != nil {
			return err
		}
		u.Recalled = reason
		if err := records.Rulings.Put(tx, u); err != nil {
			return err
		}
		return o.rec.Log(tx, "awards.recall", u.ID, nil, map[string]any{"reason": reason})
	})
}

// Rulings lists every ruling, those taken back too, oldest first.
func (o Stage) Rulings(ctx context.Context) ([]judging.Ruling, error) {
	return records.View(ctx, o.rec.DB, loadRulings)
}

func loadRulings(tx store.Tx) ([]judging.Ruling, error) {
	return records.Collect(func(fn func(judging.Ruling) error) error { return records.Rulings.Each(tx, fn) })
}
