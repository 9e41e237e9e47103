package sending

import (
	"context"
	"errors"
	"io"

	"fayi/judging"
	calls "fayi/judging/collect"
	"fayi/judging/office/collect"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Door is what a server asks that lets units send.
type Door struct {
	rec *records.Records
}

// DoorOf returns the door of a contest. It is for programs, not for people: no operation hands it out.
func DoorOf(o Stage) Door { return Door(o) }

// Opening says whether units may send. Errors: Unavailable.
func (d Door) Opening(ctx context.Context) (Opening, error) {
	return records.View(ctx, d.rec.DB, loadOpening)
}

// ErrNoLink refuses who has no link, in words that say nothing of whether there is a contest.
var ErrNoLink = judging.Fail(judging.Forbidden, "sending.no_link", nil)

// Unit says whose link a token is. Errors: Forbidden where it is nobody's.
func (d Door) Unit(ctx context.Context, token string) (string, error) {
	if token == "" || len(token) > mostToken {
		return "", ErrNoLink
	}
	return records.View(ctx, d.rec.DB, func(tx store.Tx) (string, error) {
		unit := ""
		err := links.By(tx, "hash", hashOf(token), func(l link) error {
			unit = l.Unit
			return nil
		})
		if err == nil && unit == "" {
			err = ErrNoLink
		}
		return unit, err
	})
}

// Asked is what units have to know.
type Asked struct {
	Contest judging.Contest
	Rules   judging.Rules
	Terms   calls.Terms
}

// Asked reads what units have to know. Errors: Unavailable.
func (d Door) Asked(ctx context.Context) (Asked, error) {
	return records.View(ctx, d.rec.DB, func(tx store.Tx) (a Asked, err error) {
		if a.Contest, err = records.LoadContest(tx); err != nil {
			return a, err
		}
		if a.Rules, err = records.LoadRules(tx); err != nil {
			return a, err
		}
		a.Terms, err = collect.LoadTerms(tx)
		return a, err
	})
}

// Deliveries lists what a unit sent, the newest first. Errors: Unavailable.
func (d Door) Deliveries(ctx context.Context, unit string) ([]Delivery, error) {
	return records.View(ctx, d.rec.DB, func(tx store.Tx) ([]Delivery, error) { return newest(tx, unit) })
}

// Known returns the delivery of a unit with this content that was not refused, false where there is none.
func (d Door) Known(ctx context.Context, unit, sum string) (Delivery, bool, error) {
	all, err := d.Deliveries(ctx, unit)
	for _, one := range all {
		if one.Sum == sum && one.State != Refused {
			return one, true, err
		}
	}
	return Delivery{}, false, err
}

// Keep keeps a delivery that was found whole, with the bytes of r, and returns it with its number. The same bytes of
// the same unit again are the delivery that is there: a crash after it was kept does no harm. Errors: Closed once the
// awards are final, Corrupt where the bytes are not those of the sum, Unavailable.
func (d Door) Keep(ctx context.Context, one Delivery, r io.Reader) (Delivery, error) {
	blob, err := d.rec.Blobs.Put(ctx, r)
	if err != nil {
		return one, err
	}
	if blob.Sum != one.Sum || blob.Size != one.Bytes {
		return one, judging.Fail(judging.Corrupt, "sending.sum", nil)
	}
	one.At, one.State = d.rec.Now().UTC(), Waiting
	return one, d.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		all, err := newest(tx, one.Unit)
		if err != nil {
			return err
		}
		for _, before := range all {
			if before.Sum == one.Sum && before.State != Refused {
				one = before
				return nil
			}
		}
		n, err := records.Take(tx, "delivery", 1)
		if err != nil {
			return err
		}
		one.ID = judging.Serial("s", 3, n)
		return records.FirstError(deliveries.Insert(tx, one),
			d.rec.Log(tx, "sending.arrive", one.ID, nil, map[string]any{"works": one.Works, "bytes": one.Bytes}))
	})
}

// IsFinal reports whether an error says that nothing can come in any more, however often it is tried.
func IsFinal(err error) bool {
	known := (*judging.Error)(nil)
	return errors.As(err, &known) && known.Code != judging.Unavailable && known.Code != judging.Busy
}
