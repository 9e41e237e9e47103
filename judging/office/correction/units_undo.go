package correction

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// UnitsList is one import of units.
type UnitsList = records.UnitsList

// UnitsLists lists the imports of units, oldest first.
func (o Units) UnitsLists(ctx context.Context) ([]UnitsList, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]UnitsList, error) {
		return records.Collect(func(fn func(UnitsList) error) error { return records.UnitsLists.Each(tx, fn) })
	})
}

// UndoUnits takes the last import of units back: units it brought are no longer listed, units it changed are as before.
// Nothing but an import changes what is listed, so that there is nothing in between to lose. Errors: NotFound where
// there is none to take back, Closed once the awards are final.
func (o Units) UndoUnits(ctx context.Context) (UnitsList, error) {
	var last UnitsList
	err := o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		last = UnitsList{}
		err := records.UnitsLists.Each(tx, func(l UnitsList) error {
			if l.State == judging.Live {
				last = l
			}
			return nil
		})
		if err != nil {
			return err
		}
		if last.ID == "" {
			return judging.Fail(judging.NotFound, "units.no_list", nil)
		}
		for _, u := range last.Added {
			if err := records.ListedUnits.Delete(tx, u.Key()); err != nil {
				return err
			}
		}
		for _, c := range last.Changed {
			if err := records.ListedUnits.Put(tx, c.Before); err != nil {
				return err
			}
		}
		for _, a := range last.Names {
			if err := records.UnitAliases.Delete(tx, a.ID()); err != nil && !errors.Is(err, judging.ErrNotFound) {
				return err
			}
		}
		before := last.State
		last.State = judging.Undone
		return records.FirstError(records.UnitsLists.Put(tx, last),
			o.rec.Log(tx, "units.undo-import", last.ID, before, last.State))
	})
	return last, err
}
