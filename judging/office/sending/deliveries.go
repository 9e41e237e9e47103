package sending

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office/collect"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// load returns a delivery that somebody has to decide on. Errors: NotFound, Closed where somebody did.
func load(tx store.Tx, id string) (Delivery, error) {
	d, err := deliveries.Get(tx, id)
	switch {
	case errors.Is(err, judging.ErrNotFound):
		return d, judging.Fail(judging.NotFound, "sending.no_delivery", judging.Args{"ID": id})
	case err == nil && d.State == Taken:
		return d, judging.Fail(judging.Closed, "sending.is_taken", judging.Args{"ID": id})
	case err == nil && d.State == Refused:
		return d, judging.Fail(judging.Closed, "sending.is_refused", judging.Args{"ID": id})
	}
	return d, err
}

// TakeDelivery imports what a unit sent online, as collect's TakeParcel does with its name and the time at which it
// arrived; dry only says what would come of it. Errors: as of TakeParcel, NotFound, Closed for one that was decided on.
func (o Stage) TakeDelivery(
	ctx context.Context, id string, dry bool, progress func(done, total int),
) (collect.TakeReport, error) {
	d, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (Delivery, error) { return load(tx, id) })
	if err != nil {
		return collect.TakeReport{}, err
	}
	path, done, err := o.asFile(d)
	if err != nil {
		return collect.TakeReport{}, err
	}
	defer done()
	req := collect.TakeRequest{Sources: []string{path}, Unit: d.Unit, At: d.At, DryRun: dry}
	req.Along = func(tx store.Tx, p collect.Parcel) error {
		was, err := load(tx, id) // somebody else may have been first
		if err != nil {
			return err
		}
		was.State, was.Parcel = Taken, p.ID
		return records.FirstError(deliveries.Put(tx, was),
			o.rec.Log(tx, "sending.take", id, nil, map[string]any{"parcel": p.ID}))
	}
	return collect.Of(o.rec).TakeParcel(ctx, req, progress)
}

// asFile gives the bytes of a delivery the name that its unit gave them, until done is called. Errors: NotFound where
// they are not in the contest, Unavailable.
func (o Stage) asFile(d Delivery) (path string, done func(), err error) {
	f, err := o.rec.Blobs.Open(d.Sum)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	dir, err := os.MkdirTemp(o.rec.Dir, "take-")
	if err != nil {
		return "", nil, store.Translate(o.rec.Dir, err)
	}
	done = func() { _ = os.RemoveAll(dir) } // links and copies only; what is left is no harm
	path = filepath.Join(dir, d.Name)
	if os.Link(f.Name(), path) == nil {
		return path, done, nil
	}
	to, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = io.Copy(to, f)
		err = errors.Join(err, to.Close())
	}
	if err != nil {
		done()
		return "", nil, store.Translate(path, err)
	}
	return path, done, nil
}

// RefuseDelivery says to a unit that what it sent is not taken, and why: the unit reads it where it sent. Errors:
// NotFound, Closed for one that was decided on, Invalid without a reason.
func (o Stage) RefuseDelivery(ctx context.Context, id, why string) (Delivery, error) {
	var now Delivery
	if why = judging.Tidy(why); why == "" || len([]rune(why)) > 500 {
		return now, judging.Fail(judging.Invalid, "sending.no_reason", nil)
	}
	return now, o.rec.Change(ctx, records.Importing, func(tx store.Tx) (err error) {
		if now, err = load(tx, id); err != nil {
			return err
		}
		now.State, now.Why = Refused, why
		return records.FirstError(deliveries.Put(tx, now),
			o.rec.Log(tx, "sending.refuse", id, nil, map[string]any{"why": why}))
	})
}

// Cleared says what clearing frees.
type Cleared struct {
	Deliveries int   `json:"deliveries"`
	Bytes      int64 `json:"bytes"`
}

// ClearDeliveries gives the place back that deliveries take which were taken in or refused: their works and what is
// known of them stay, the files that were sent go. dry only says how much that is. Errors: Unavailable.
func (o Stage) ClearDeliveries(ctx context.Context, dry bool) (Cleared, error) {
	var out Cleared
	var gone []string
	clear := func(tx store.Tx) error {
		out, gone = Cleared{}, nil
		all, err := newest(tx, "")
		if err != nil {
			return err
		}
		wanted := map[string]bool{}
		for _, d := range all {
			wanted[d.Sum] = wanted[d.Sum] || d.State == Waiting
		}
		err = records.EachWork(tx, func(w judging.Work) error { // a file of a work may be the same bytes
			for _, f := range w.Files {
				wanted[f.Sum] = true
			}
			return nil
		})
		for _, d := range all {
			if err != nil || d.State == Waiting || d.Cleared {
				continue
			}
			out.Deliveries++
			out.Bytes += d.Bytes
			if !wanted[d.Sum] {
				gone = append(gone, d.Sum)
			}
			if d.Cleared = true; !dry {
				err = deliveries.Put(tx, d)
			}
		}
		if err != nil || dry || out.Deliveries == 0 {
			return err
		}
		return o.rec.Log(tx, "sending.clear", "", nil, out)
	}
	if dry {
		return out, o.rec.DB.View(ctx, clear)
	}
	if err := o.rec.Change(ctx, records.Settings, clear); err != nil {
		return Cleared{}, err
	}
	for _, sum := range gone {
		if err := o.rec.Blobs.Remove(sum); err != nil && !errors.Is(err, judging.ErrNotFound) {
			return out, err
		}
	}
	return out, nil
}

// HeldSums lists the sums of the deliveries whose files are still here.
func HeldSums(tx store.Tx) (sums []string, err error) {
	err = deliveries.Each(tx, func(d Delivery) error {
		if !d.Cleared {
			sums = append(sums, d.Sum)
		}
		return nil
	})
	return sums, err
}
