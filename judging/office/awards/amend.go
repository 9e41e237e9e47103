package awards

import (
	"context"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// lawfulRevoke lets a disqualification pass the lock of the end: it is the one ruling that may still be made then.
func lawfulRevoke(ctx context.Context, u award.Ruling) (context.Context, records.Lawful) {
	l := records.Lawful{Act: "revoke", Reason: u.Reason}
	if u.Kind != award.RuleDisqualify {
		return ctx, l
	}
	return lawfully(ctx, l), l
}

// lawfully is records.Lawfully for acts that are known to be lawful; one without a reason stays outside.
func lawfully(ctx context.Context, l records.Lawful) context.Context {
	if out, err := records.Lawfully(ctx, l); err == nil {
		return out
	}
	return ctx
}

// tellLawful writes the journal's line of a lock that was passed, where one was.
func (o Stage) tellLawful(tx store.Tx, l records.Lawful, of string) error {
	final, err := records.IsFinal(tx)
	if err != nil || !final {
		return err
	}
	return o.rec.LogLawful(tx, l, of)
}

// lawfulRedo lets awards that were revoked after the end go to the next in line. Outside of that it answers with nil.
func (o Stage) lawfulRedo(ctx context.Context) (context.Context, *records.Lawful, error) {
	var redo *records.Lawful
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		redo = nil
		final, err := records.IsFinal(tx)
		if err != nil || !final {
			return err
		}
		pending, err := PendingRulings(tx)
		if err == nil && len(pending) > 0 {
			redo = &records.Lawful{Act: "redo", Reason: pending[0].Reason}
		}
		return err
	})
	if err != nil || redo == nil {
		return ctx, nil, err
	}
	return lawfully(ctx, *redo), redo, nil
}

// amend notes with the final notice that its list has been decided again.
func (o Stage) amend(tx store.Tx, l records.Lawful, version int) error {
	n, err := records.Standing(tx)
	if err != nil || n == nil {
		return err
	}
	n.Amended = append(n.Amended, judging.Amendment{Version: version, Reason: l.Reason, At: o.rec.Now().UTC()})
	if err := records.Notices.Put(tx, *n); err != nil {
		return err
	}
	return o.rec.LogLawful(tx, l, n.ID)
}
