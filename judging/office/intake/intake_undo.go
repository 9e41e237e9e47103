package intake

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Intakes lists every import, oldest first.
func (o Stage) Intakes(ctx context.Context) ([]judging.Intake, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Intake, error) {
		return records.Collect(func(fn func(judging.Intake) error) error { return records.Intakes.Each(tx, fn) })
	})
}

// UndoImport takes an import back: works it brought are gone, works it changed are as before. An empty id means the
// last live one. Errors: NotFound, Closed once a plan is published or when a later import built on it.
func (o Stage) UndoImport(ctx context.Context, id judging.IntakeID) (judging.Intake, error) {
	var found judging.Intake
	err := o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		var err error
		if found, err = pickIntake(tx, id); err != nil {
			return err
		}
		if err := refuseBuiltOn(tx, found.ID); err != nil {
			return err
		}
		before := found
		found.State = judging.Undone
		if err := records.Intakes.Put(tx, found); err != nil {
			return err
		}
		return o.rec.Log(tx, "works.undo-import", string(found.ID), before, found)
	})
	return found, err
}

func pickIntake(tx store.Tx, id judging.IntakeID) (judging.Intake, error) {
	var found judging.Intake
	err := records.Intakes.Each(tx, func(i judging.Intake) error {
		if i.State == judging.Live && (id == "" || i.ID == id) {
			found = i
		}
		return nil
	})
	if err == nil && found.ID == "" {
		err = judging.Fail(judging.NotFound, "import.no_intake", judging.Args{"Intake": string(id)})
	}
	return found, err
}

// refuseBuiltOn stops the undoing of an import when a later live one changed the same works: their states rest on it.
func refuseBuiltOn(tx store.Tx, id judging.IntakeID) error {
	live, err := records.LoadLive(tx)
	if err != nil {
		return err
	}
	var later judging.IntakeID
	err = records.Works.By(tx, "intake", string(id), func(r records.WorkRecord) error {
		for _, v := range r.Versions {
			if v.Intake == id {
				return nil
			}
			if live[v.Intake] {
				later = v.Intake
				return store.ErrStop
			}
		}
		return nil
	})
	if err == nil && later != "" {
		err = judging.Fail(judging.Clash, "import.built_on", judging.Args{"Intake": id, "Later": later})
	}
	return err
}

// Sweep drops intakes that an interrupted import left pending.
func Sweep(ctx context.Context, rec *records.Records) error {
	o := Stage{rec}
	all, err := o.Intakes(ctx)
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.State == judging.Pending {
			if err := o.dropIntake(ctx, i.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropIntake takes a pending intake's states off all works, then the intake itself. Stopped half-way it can be
// called again.
func (o Stage) dropIntake(ctx context.Context, id judging.IntakeID) error {
	if err := o.dropArrivals(ctx, id); err != nil {
		return err
	}
	ids, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]string, error) {
		return records.Works.IDsBy(tx, "intake", string(id))
	})
	if err != nil {
		return err
	}
	cost := func(int) (int, int) { return 20, 1 << 14 }
	err = store.Bulk(ctx, o.rec.In(records.Settings), len(ids), cost, func(tx store.Tx, i int) error {
		r, err := records.Works.Get(tx, ids[i])
		if err != nil {
			return err
		}
		r.Versions = slices.DeleteFunc(r.Versions, func(v records.WorkVersion) bool { return v.Intake == id })
		if len(r.Versions) == 0 {
			return records.Works.Delete(tx, ids[i])
		}
		return records.Works.Put(tx, r)
	}, nil)
	if err != nil {
		return err
	}
	return o.rec.In(records.Settings).Update(ctx, func(tx store.Tx) error {
		return records.Intakes.Delete(tx,
			string(id))
	})
}
