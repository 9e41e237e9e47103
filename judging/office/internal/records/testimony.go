package records

import (
	"context"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// Testimony compares records with what the journal says of them.
type Testimony = journal.Testimony

// Testify compares every record that the journal vouches for with its last word. A work to which an import under way
// adds a state is compared without it. Errors: those of reading.
func Testify(tx store.Tx) (Testimony, error) {
	pending := map[judging.IntakeID]bool{}
	err := Intakes.Each(tx, func(i judging.Intake) error {
		pending[i.ID] = i.State == judging.Pending
		return nil
	})
	if err != nil {
		return Testimony{}, err
	}
	return journal.Testify(tx, func(name string) (string, error) {
		id, is := strings.CutPrefix(name, "work/")
		if !is {
			return "", nil
		}
		w, err := Works.Get(tx, id)
		if err != nil {
			return "", err
		}
		w.Versions = slices.DeleteFunc(w.Versions, func(v WorkVersion) bool { return pending[v.Intake] })
		return journal.SumOf(Works, w)
	})
}

// NoteFound has the journal keep what opening the store found, in the first transaction that writes: that one writes
// over what shows it. Without anything found it does nothing.
func NoteFound(ctx context.Context, o *Records) error {
	db, ok := o.DB.(store.Inspected)
	if !ok || len(db.Found()) == 0 {
		return nil
	}
	o.Found = db.Found()
	if o.ReadOnly() {
		return nil
	}
	err := o.DB.Update(ctx, func(tx store.Tx) error {
		return o.noteOnly(tx, "contest.found", map[string]any{"found": o.Found})
	})
	if err == nil {
		db.Noted()
	}
	return err
}

// noteOnly writes an entry in a transaction that changes nothing else: the tallies go on from it.
func (o *Records) noteOnly(tx store.Tx, verb string, after any) error {
	began, err := journal.Last(tx, "journal")
	if err != nil {
		return err
	}
	return FirstError(o.Log(tx, verb, "", nil, after), tally.Over(tx).Settle(tx, began))
}

// Ready is called before the first change: the journal keeps what opening found, and that of a contest from before it
// vouched for works vouches for all that is there.
func Ready(ctx context.Context, o *Records) error {
	if o.ready.Load() {
		return nil
	}
	o.readying.Lock()
	defer o.readying.Unlock()
	if o.ready.Load() {
		return nil
	}
	if err := NoteFound(ctx, o); err != nil {
		return err
	}
	in := func(run func(context.Context, func(store.Tx) error) error) func(func(store.Tx) error) error {
		return func(fn func(store.Tx) error) error { return run(ctx, fn) }
	}
	err := journal.Adopt(in(o.DB.Update), in(o.DB.View), func(tx store.Tx) error {
		return o.noteOnly(tx, "contest.vouch", nil)
	})
	o.ready.Store(err == nil)
	return err
}
