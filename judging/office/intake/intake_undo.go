package intake

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/store"
)

// Intakes lists every import, oldest first.
func (o Stage) Intakes(ctx context.Context) ([]judging.Intake, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Intake, error) {
		return records.Collect(func(fn func(judging.Intake) error) error { return records.Intakes.Each(tx, fn) })
	})
}

// UndoImport takes an import back: works it brought are gone, works it changed are as before. An empty id means the
// last live one. Errors: NotFound, Closed once judges have a work that it brought or changed in more than its data or
// the awards are final, Clash when a later import or correction built on it.
func (o Stage) UndoImport(ctx context.Context, id judging.IntakeID) (judging.Intake, error) {
	var found judging.Intake
	err := o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		stage, err := revisions.LoadProgress(tx)
		if err != nil {
			return err
		}
		if found, err = pickIntake(tx, id); err != nil {
			return err
		}
		if err := records.FirstError(refuseBuiltOn(tx, found.ID), refuseInUse(tx, stage, found)); err != nil {
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

// refuseInUse stops the undoing of an import that judges' work or a correction rests on: a work it brought is in their
// hands, a category it changed, or a field was put right after it.
func refuseInUse(tx store.Tx, stage revisions.Progress, i judging.Intake) error {
	if stage.Final {
		return judging.Fail(judging.Closed, "notice.final", nil)
	}
	return records.Works.By(tx, "intake", string(i.ID), func(r records.WorkRecord) error {
		corrected, err := revisions.CorrectedAfter(tx, r.ID, i)
		if err != nil {
			return err
		}
		if corrected {
			return judging.Fail(judging.Clash, "import.corrected_since", nil)
		}
		if !stage.Judged[r.ID] && stage.Round == 1 {
			return nil
		}
		at := slices.IndexFunc(r.Versions, func(v records.WorkVersion) bool { return v.Intake == i.ID })
		if at == len(r.Versions)-1 || r.Versions[at].Work.Code != r.Versions[at+1].Work.Code {
			return judging.Fail(judging.Closed, "import.assigned", nil)
		}
		return nil
	})
}

// Sweep drops intakes that an interrupted import left pending. One that another program has under way is left alone:
// it holds the lease, and every other pending intake has nobody who would end it.
func Sweep(ctx context.Context, rec *records.Records) error {
	o := Stage{rec}
	left, err := o.pending(ctx)
	if err != nil || len(left) == 0 {
		return err
	}
	err = rec.In(records.Settings).Update(ctx, func(tx store.Tx) error { return rec.Acquire(tx, records.Numbers) })
	if judging.CodeOf(err) == judging.Busy {
		return nil
	}
	if err != nil {
		return err
	}
	if left, err = o.pending(ctx); err != nil { // the one under way before may have ended well
		return err
	}
	for _, id := range left {
		if err := o.dropIntake(ctx, id); err != nil {
			return err
		}
	}
	return rec.In(records.Settings).Update(ctx, func(tx store.Tx) error { return rec.Release(tx, records.Numbers) })
}

// pending lists the intakes that have not ended.
func (o Stage) pending(ctx context.Context) ([]judging.IntakeID, error) {
	all, err := o.Intakes(ctx)
	var out []judging.IntakeID
	for _, i := range all {
		if i.State == judging.Pending {
			out = append(out, i.ID)
		}
	}
	return out, err
}

// dropIntake takes a pending intake's states off all works, then the intake itself. Stopped half-way it can be
// called again.
func (o Stage) dropIntake(ctx context.Context, id judging.IntakeID) error {
	if err := records.FirstError(o.dropArrivals(ctx, id), records.DropBadRows(ctx, o.rec, id)); err != nil {
		return err
	}
	ids, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]string, error) {
		return records.Works.IDsBy(tx, "intake", string(id))
	})
	if err != nil {
		return err
	}
	cost := func(int) (int, int) { return 24, 1 << 14 }
	err = store.Bulk(ctx, o.rec.In(records.Settings), len(ids), cost, func(tx store.Tx, i int) error {
		r, err := records.Works.Get(tx, ids[i])
		if errors.Is(err, judging.ErrNotFound) { // another program cleared it away
			return nil
		}
		if err != nil {
			return err
		}
		if err := revisions.Table.Delete(tx, ids[i]+"/"+string(id)); err != nil {
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
		return records.FirstError(records.Intakes.Delete(tx, string(id)), o.rec.Release(tx, records.Numbers))
	})
}
