package sending

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// Unfit is what a server did not take of a unit: the unit heard why, the organiser sees it here, and its bytes stayed
// with the unit.
type Unfit struct {
	Delivery

	Key  string       `json:"key"` // why, in the words that the unit heard
	Args judging.Args `json:"args,omitempty"`
	N    int          `json:"n"` // how often the same was tried
}

// unfits are kept for the organiser to read. Nothing is decided by them: the journal has their number only.
var unfits = store.NewTable("send_unfit", 1, func(u *Unfit) string { return u.ID })

// mostUnfit is how many of a unit are kept, the newest.
const mostUnfit = 10

// Said says why it was not taken.
func (u Unfit) Said(words paper.Words) string { return words(u.Key, u.Args) }

// Refuse notes that something of a unit was not taken, and why. Errors: Closed once the awards are final, Unavailable.
func (d Door) Refuse(ctx context.Context, one Delivery, why error) error {
	known := (*judging.Error)(nil)
	if !errors.As(why, &known) || one.Unit == "" {
		return nil
	}
	one.ID = "x" + records.KeyHash(one.Unit+"\x00"+one.Name+"\x00"+known.Text)
	one.At, one.State, one.Cleared = d.rec.Now().UTC(), Misfit, true
	return d.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		all, err := unfitOf(tx, one.Unit)
		if err != nil {
			return err
		}
		now := Unfit{Delivery: one, Key: known.Text, Args: known.Args, N: 1}
		for i, u := range all {
			if u.ID == one.ID {
				now.N = u.N + 1
			} else if i >= mostUnfit-1 {
				err = records.FirstError(err, unfits.Delete(tx, u.ID))
			}
		}
		return records.FirstError(err, unfits.Put(tx, now),
			d.rec.Log(tx, "sending.unfit", "", nil, map[string]any{"bytes": one.Bytes}))
	})
}

// unfitOf lists what was not taken of a unit, of all for "", the newest first.
func unfitOf(tx store.Tx, unit string) ([]Unfit, error) {
	out := []Unfit{}
	err := unfits.Each(tx, func(u Unfit) error {
		if unit == "" || u.Unit == unit {
			out = append(out, u)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Unfit) int { return b.At.Compare(a.At) })
	return out, err
}
