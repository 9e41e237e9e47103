package office

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/store"
)

var rulings = store.NewTable("ruling", 1, func(u *judging.Ruling) string { return u.ID })

// RuleAward adds a ruling on a work's award, or on a tie at a cut. It counts from the next deciding on; until then AwardBoard shows it as pending. The work may be
// told by identity or code. Errors: NotFound for the work, Invalid without a reason or for an unknown award, Closed when the awards are final.
func (o *Office) RuleAward(ctx context.Context, u judging.Ruling) (judging.Ruling, error) {
	u.Reason = judging.Tidy(u.Reason)
	err := o.change(ctx, func(tx store.Tx) error {
		rules, err := ruleSheet(tx)
		if err != nil {
			return err
		}
		if err := firstError(u.Check(rules), notFinal(tx)); err != nil {
			return err
		}
		if u.Kind != judging.RuleTie {
			id, err := findWork(tx, string(u.Work))
			if err != nil {
				return err
			}
			if _, err := loadWork(tx, id); err != nil {
				return err
			}
			u.Work = id
		}
		n, err := take(tx, "ruling", 1)
		if err != nil {
			return err
		}
		u.ID, u.By, u.At, u.Recalled = judging.Serial("u", 3, n), o.actor, o.now().UTC(), ""
		if err := rulings.Put(tx, u); err != nil {
			return err
		}
		return o.log(tx, "awards.rule", u.ID, nil, u)
	})
	return u, err
}

// RecallRuling takes a ruling back, with a reason. Errors: NotFound, Invalid without a reason, Closed when the awards are final.
func (o *Office) RecallRuling(ctx context.Context, id, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	return o.change(ctx, func(tx store.Tx) error {
		u, err := rulings.Get(tx, id)
		if errors.Is(err, judging.ErrNotFound) || err == nil && u.Recalled != "" {
			return judging.Fail(judging.NotFound, "awards.no_ruling", judging.Args{"Ruling": id})
		}
		if err != nil {
			return err
		}
		if err := notFinal(tx); err != nil {
			return err
		}
		u.Recalled = reason
		if err := rulings.Put(tx, u); err != nil {
			return err
		}
		return o.log(tx, "awards.recall", u.ID, nil, map[string]any{"reason": reason})
	})
}

// Rulings lists every ruling, those taken back too, oldest first.
func (o *Office) Rulings(ctx context.Context) ([]judging.Ruling, error) {
	return view(ctx, o.db, loadRulings)
}

func loadRulings(tx store.Tx) ([]judging.Ruling, error) {
	return collect(func(fn func(judging.Ruling) error) error { return rulings.Each(tx, fn) })
}

// liveRulings lists the rulings that hold, oldest first.
func liveRulings(tx store.Tx) ([]judging.Ruling, error) {
	return collect(func(fn func(judging.Ruling) error) error {
		return rulings.Each(tx, func(u judging.Ruling) error {
			if u.Recalled != "" {
				return nil
			}
			return fn(u)
		})
	})
}
