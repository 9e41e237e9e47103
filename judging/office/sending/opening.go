package sending

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// loadOpening returns what the organiser said, the usual where nobody said anything.
func loadOpening(tx store.Tx) (Opening, error) {
	o, err := openings.Get(tx, "sending")
	if errors.Is(err, judging.ErrNotFound) {
		return Opening{Most: UsualMost}, nil
	}
	return o, err
}

// OpenRequest says how sending is opened.
type OpenRequest struct {
	Until  time.Time // zero: until it is closed
	Public bool
	Most   int64 // bytes of one delivery; 0: UsualMost
}

// OpenSending lets units send online from now on, where a program serves the contest. Open already, it is opened in
// this way from now on. Errors: Invalid for an end that is past or a size that is not valid; Closed once the
// awards are final.
func (o Stage) OpenSending(ctx context.Context, req OpenRequest) (Opening, error) {
	next := Opening{Open: true, Until: req.Until.UTC(), Public: req.Public, Most: cmp.Or(req.Most, UsualMost)}
	if !req.Until.IsZero() && !req.Until.After(o.rec.Now()) {
		return next, judging.Fail(judging.Invalid, "sending.past", nil)
	}
	if req.Until.IsZero() {
		next.Until = time.Time{}
	}
	if next.Most < 1<<20 || next.Most > MostMost {
		return next, judging.Fail(judging.Invalid, "sending.bad_most", judging.Args{"GB": MostMost >> 30})
	}
	return next, o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		was, err := loadOpening(tx)
		if err != nil || was == next {
			return err
		}
		return records.FirstError(openings.Put(tx, next), o.rec.Log(tx, "sending.open", "", was, next))
	})
}

// CloseSending ends sending: nothing new is begun, and what is under way may still arrive. Closed already, nothing
// happens. Errors: Unavailable.
func (o Stage) CloseSending(ctx context.Context) (Opening, error) {
	var next Opening
	err := o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		was, err := loadOpening(tx)
		if next = was; err != nil || !was.Open {
			return err
		}
		next.Open = false
		return records.FirstError(openings.Put(tx, next), o.rec.Log(tx, "sending.close", "", was, next))
	})
	return next, err
}

// Link is what the organiser sees of a unit's link.
type Link struct {
	Unit    string    `json:"unit"`
	Listed  bool      `json:"listed"`          // the list of units has it
	Issued  time.Time `json:"issued,omitzero"` // zero: it has no link
	Sent    int       `json:"sent"`            // deliveries
	Waiting int       `json:"waiting"`         // of these
}

// Standing is all there is to know of sending online.
type Standing struct {
	Opening
	IsOpen     bool       `json:"is_open"`    // now
	Links      []Link     `json:"links"`      // by unit: the listed ones, and all that have a link or sent something
	Deliveries []Delivery `json:"deliveries"` // the newest first
	Unfit      []Unfit    `json:"unfit"`      // what was not taken of units, the newest first
}

// Count counts the deliveries in a state.
func (s Standing) Count(state string) (n int) {
	for _, d := range s.Deliveries {
		if d.State == state {
			n++
		}
	}
	return n
}

// Kept is how many bytes of deliveries lie in the contest, and how many of them nobody waits for any more.
func (s Standing) Kept() (all, done int64) {
	for _, d := range s.Deliveries {
		if !d.Cleared {
			all += d.Bytes
			if d.State != Waiting {
				done += d.Bytes
			}
		}
	}
	return all, done
}

// Standing says how it stands. Errors: Unavailable.
func (o Stage) Standing(ctx context.Context) (Standing, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Standing, error) {
		s := Standing{Links: []Link{}, Deliveries: []Delivery{}}
		var err error
		if s.Opening, err = loadOpening(tx); err != nil {
			return s, err
		}
		s.IsOpen = s.Now(o.rec.Now())
		if s.Deliveries, err = newest(tx, ""); err != nil {
			return s, err
		}
		if s.Unfit, err = unfitOf(tx, ""); err != nil {
			return s, err
		}
		register, err := records.LoadUnitRegister(tx)
		if err != nil {
			return s, err
		}
		by := map[string]*Link{}
		of := func(unit string) *Link {
			if by[unit] == nil {
				by[unit] = &Link{Unit: unit}
			}
			return by[unit]
		}
		for _, name := range register.Names() {
			of(name).Listed = true
		}
		for _, d := range s.Deliveries {
			l := of(d.Unit)
			l.Sent++
			if d.State == Waiting {
				l.Waiting++
			}
		}
		err = links.Each(tx, func(l link) error {
			of(l.Unit).Issued = l.Issued
			return nil
		})
		for _, l := range by {
			s.Links = append(s.Links, *l)
		}
		slices.SortFunc(s.Links, func(a, b Link) int { return cmp.Compare(a.Unit, b.Unit) })
		return s, err
	})
}

// newest lists the deliveries of a unit, of all for "", the newest first.
func newest(tx store.Tx, unit string) ([]Delivery, error) {
	out := []Delivery{}
	err := deliveries.Each(tx, func(d Delivery) error {
		if unit == "" || d.Unit == unit {
			out = append(out, d)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Delivery) int { return b.At.Compare(a.At) })
	return out, err
}

// WaitingIn counts the deliveries that wait for the organiser, in a transaction of another stage.
func WaitingIn(tx store.Tx) (n int, err error) {
	return n, deliveries.Each(tx, func(d Delivery) error {
		if d.State == Waiting {
			n++
		}
		return nil
	})
}
