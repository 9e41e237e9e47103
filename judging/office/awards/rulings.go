package awards

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// RuleAward adds a ruling on a work's award, or on a tie at a cut. It counts from the next deciding on; until then
// AwardBoard shows it as pending. The work may be named by identity or code. Errors: NotFound for the work, Invalid
// without a reason or for an unknown award, Closed when the awards are final: then only a disqualification is lawful,
// and the list stands until it is decided again.
func (o Stage) RuleAward(ctx context.Context, u award.Ruling) (award.Ruling, error) {
	u.Reason = judging.Tidy(u.Reason)
	ctx, lawful := lawfulRevoke(ctx, u)
	err := o.rec.Change(ctx, records.Judgement, func(tx store.Tx) (err error) {
		if u, err = RuleIn(o.rec, tx, u); err != nil {
			return err
		}
		return o.tellLawful(tx, lawful, u.ID)
	})
	return u, err
}

// RuleIn is RuleAward within a transaction that may write rulings.
func RuleIn(rec *records.Records, tx store.Tx, u award.Ruling) (award.Ruling, error) {
	u.Reason = judging.Tidy(u.Reason)
	rules, err := records.RuleSheet(tx)
	if err != nil {
		return u, err
	}
	if err := u.Check(rules); err != nil {
		return u, err
	}
	if u.Kind != award.RuleTie {
		id, err := records.FindWork(tx, string(u.Work))
		if err != nil {
			return u, err
		}
		if _, err := records.LoadWork(tx, id); err != nil {
			return u, err
		}
		u.Work = id
	}
	if err := mayNominate(tx, rules, u); err != nil {
		return u, err
	}
	n, err := records.Take(tx, "ruling", 1)
	if err != nil {
		return u, err
	}
	u.ID, u.By, u.At, u.Recalled = judging.Serial("u", 3, n), rec.Actor, rec.Now().UTC(), ""
	if u.Since, err = records.Last(tx, "decisions"); err != nil {
		return u, err
	}
	return u, records.FirstError(records.Rulings.Put(tx, u), rec.Log(tx, "awards.rule", u.ID, nil, u))
}

// never is the deciding of a ruling that was taken back before it counted.
const never = -1

// RecallRuling takes a ruling back, with a reason. Errors: NotFound, Invalid without a reason, Closed when the awards
// are final.
func (o Stage) RecallRuling(ctx context.Context, id, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	lawful := records.Lawful{Act: "recall", Reason: reason}
	pending, err := o.isPending(ctx, id)
	if err != nil {
		return err
	}
	if pending { // a revocation after the end that nothing was made of yet
		ctx = lawfully(ctx, lawful)
	}
	return o.rec.Change(ctx, records.Judgement, func(tx store.Tx) error {
		return records.FirstError(RecallIn(o.rec, tx, id, reason), o.tellLawful(tx, lawful, id))
	})
}

// RecallIn is RecallRuling, with a reason that is not empty, within a transaction that may write rulings.
func RecallIn(rec *records.Records, tx store.Tx, id, reason string) error {
	u, err := records.Rulings.Get(tx, id)
	if errors.Is(err, judging.ErrNotFound) || err == nil && u.Recalled != "" {
		return judging.Fail(judging.NotFound, "awards.no_ruling", judging.Args{"Ruling": id})
	}
	if err != nil {
		return err
	}
	u.Recalled = reason
	now, err := records.Last(tx, "decisions")
	if err != nil {
		return err
	}
	if u.Since == now && now > 0 {
		now = never // it was made since as well: no deciding has seen it or will
	}
	u.Since = now
	return records.FirstError(
		records.Rulings.Put(tx, u), rec.Log(tx, "awards.recall", u.ID, nil, map[string]any{"reason": reason}),
	)
}

// isPending reports whether a ruling stands that no deciding has seen.
func (o Stage) isPending(ctx context.Context, id string) (bool, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (bool, error) {
		all, err := PendingRulings(tx)
		return slices.ContainsFunc(all, func(u award.Ruling) bool { return u.ID == id && u.Recalled == "" }), err
	})
}

// PendingRulings lists the rulings made or taken back since the awards were last decided, oldest first; none before
// they were.
func PendingRulings(tx store.Tx) ([]award.Ruling, error) {
	now, err := records.Last(tx, "decisions")
	if err != nil || now == 0 {
		return nil, err
	}
	all, err := loadRulings(tx)
	return slices.DeleteFunc(all, func(u award.Ruling) bool { return u.Since != now }), err
}

// Rulings lists every ruling, those taken back too, oldest first.
func (o Stage) Rulings(ctx context.Context) ([]award.Ruling, error) {
	return records.View(ctx, o.rec.DB, loadRulings)
}

func loadRulings(tx store.Tx) ([]award.Ruling, error) {
	return records.Collect(func(fn func(award.Ruling) error) error { return records.Rulings.Each(tx, fn) })
}
