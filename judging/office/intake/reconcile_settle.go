package intake

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// AttachFile gives a waiting file to a work, after its other files; aside says that judges do not see it. The
// decision is remembered: the same file is attached again when it comes in again. Errors: NotFound, Clash when the
// work has the same bytes, Closed for a work in a published plan.
func (o Stage) AttachFile(ctx context.Context, file string, work judging.WorkID, aside bool) error {
	return o.rec.Change(ctx, records.Sorting, func(tx store.Tx) error {
		a, err := loadArrival(tx, file)
		if err != nil {
			return err
		}
		w, err := settledWork(tx, work)
		if err != nil {
			return err
		}
		if hasSum(w, a.File.Sum) {
			return judging.Fail(judging.Clash, "reconcile.there_already", judging.Args{"Work": w.Code})
		}
		s, err := loadSettlement(tx, a.ID)
		if err != nil {
			return err
		}
		key := records.KeyHash(w.Key())
		s.Path, s.Bytes, s.Sum, s.Work, s.Key, s.Dropped = a.Path, a.File.Bytes, a.File.Sum, w.ID, key, false
		s.Not = slices.DeleteFunc(s.Not, func(k string) bool { return k == key })
		f := a.File
		f.Aside = aside
		files := append(slices.Clone(w.Files), f)
		if err := saveFiles(tx, w, files, &s); err != nil {
			return err
		}
		return o.rec.Log(tx, "works.attach", string(w.ID), sumsOf(w.Files), sumsOf(files))
	})
}

// DetachFile takes the n-th file, from 0, off a work; it waits again, and is not given to this work by itself any
// more. Errors: NotFound, Closed for a work in a published plan.
func (o Stage) DetachFile(ctx context.Context, work judging.WorkID, n int) error {
	return o.rec.Change(ctx, records.Sorting, func(tx store.Tx) error {
		w, err := settledWork(tx, work)
		if err != nil {
			return err
		}
		if n < 0 || n >= len(w.Files) {
			return judging.Fail(judging.NotFound, "works.no_file", judging.Args{"Work": w.Code, "N": n + 1})
		}
		key := records.KeyHash(w.Key())
		all, err := sameBytes(tx, w.Files[n])
		if err != nil {
			return err
		}
		for _, a := range all {
			s, err := loadSettlement(tx, a.ID)
			if err != nil {
				return err
			}
			s.Path, s.Bytes, s.Sum, s.Work, s.Key = a.Path, a.File.Bytes, a.File.Sum, "", ""
			if !slices.Contains(s.Not, key) {
				s.Not = append(s.Not, key)
			}
			if err := settlements.Put(tx, s); err != nil {
				return err
			}
		}
		files := slices.Delete(slices.Clone(w.Files), n, n+1)
		if err := saveFiles(tx, w, files, nil); err != nil {
			return err
		}
		return o.rec.Log(tx, "works.detach", string(w.ID), sumsOf(w.Files), sumsOf(files))
	})
}

// OrderFiles puts a work's files in the given order: order[i] is the place, from 0, that the i-th file has now.
// Errors: NotFound, Invalid unless every place is named once, Closed for a work in a published plan.
func (o Stage) OrderFiles(ctx context.Context, work judging.WorkID, order []int) error {
	return o.rec.Change(ctx, records.Sorting, func(tx store.Tx) error {
		w, err := settledWork(tx, work)
		if err != nil {
			return err
		}
		sorted := slices.Sorted(slices.Values(order))
		files := make([]judging.File, 0, len(order))
		for i, n := range sorted {
			if n != i {
				return badOrder(w)
			}
		}
		if len(order) != len(w.Files) {
			return badOrder(w)
		}
		for _, n := range order {
			files = append(files, w.Files[n])
		}
		if err := saveFiles(tx, w, files, nil); err != nil {
			return err
		}
		return o.rec.Log(tx, "works.order", string(w.ID), sumsOf(w.Files), sumsOf(files))
	})
}

func badOrder(w judging.Work) error {
	return judging.Fail(judging.Invalid, "reconcile.bad_order", judging.Args{"Work": w.Code, "N": len(w.Files)})
}

// SetFileAside says whether judges see the n-th file of a work, from 0: a form or a release belongs to the work but
// is not judged. Errors: NotFound, Closed for a work in a published plan.
func (o Stage) SetFileAside(ctx context.Context, work judging.WorkID, n int, aside bool) error {
	return o.rec.Change(ctx, records.Sorting, func(tx store.Tx) error {
		w, err := settledWork(tx, work)
		if err != nil {
			return err
		}
		if n < 0 || n >= len(w.Files) {
			return judging.Fail(judging.NotFound, "works.no_file", judging.Args{"Work": w.Code, "N": n + 1})
		}
		files := slices.Clone(w.Files)
		files[n].Aside = aside
		if err := saveFiles(tx, w, files, nil); err != nil {
			return err
		}
		return o.rec.Log(tx, "works.aside", string(w.ID), sumsOf(w.Files), sumsOf(files))
	})
}

// DismissFile puts a waiting file away as nobody's, or takes it back. Its bytes stay. Errors: NotFound.
func (o Stage) DismissFile(ctx context.Context, file string, dismissed bool) error {
	return o.rec.Change(ctx, records.Sorting, func(tx store.Tx) error {
		a, err := loadArrival(tx, file)
		if err != nil {
			return err
		}
		s, err := loadSettlement(tx, a.ID)
		if err != nil {
			return err
		}
		before := s
		if err := dismissCopies(tx, a, dismissed); err != nil {
			return err
		}
		return o.rec.Log(tx, "works.dismiss", a.ID, map[string]bool{
			"dismissed": before.Dropped,
		}, map[string]bool{
			"dismissed": dismissed,
		})
	})
}

// dismissCopies puts a file away, or takes it back, under all paths by which it came.
func dismissCopies(tx store.Tx, a Arrival, dismissed bool) error {
	all, err := sameBytes(tx, a.File)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(c Arrival) bool { return c.ID == a.ID }) {
		all = append(all, a)
	}
	for _, c := range all {
		s, err := loadSettlement(tx, c.ID)
		if err != nil {
			return err
		}
		s.Path, s.Bytes, s.Sum, s.Dropped = c.Path, c.File.Bytes, c.File.Sum, dismissed
		if err := settlements.Put(tx, s); err != nil {
			return err
		}
	}
	return nil
}

// settledWork loads a work whose files may still change.
func settledWork(tx store.Tx, id judging.WorkID) (judging.Work, error) {
	w, err := records.LoadWork(tx, id)
	if err != nil {
		return w, err
	}
	err = records.RefuseAssigned(tx, w)
	if judging.CodeOf(err) == judging.Closed {
		err = judging.Fail(judging.Closed, "reconcile.assigned", judging.Args{"Work": w.Code})
	}
	return w, err
}

// saveFiles stores a work's files, and what was decided if anything was.
func saveFiles(tx store.Tx, w judging.Work, files []judging.File, s *settlement) error {
	w.Files = files
	if err := records.PutWork(tx, w); err != nil || s == nil {
		return err
	}
	return settlements.Put(tx, *s)
}

// sumsOf is what the journal keeps of files: their bytes' names and whether judges see them, never the senders'
// names for them.
func sumsOf(files []judging.File) []map[string]any {
	out := []map[string]any{}
	for _, f := range files {
		out = append(out, map[string]any{"sha256": f.Sum, "aside": f.Aside})
	}
	return out
}

// mostCopies is of how many copies of a file it is remembered that a person took it off: more would not fit into
// one transaction everywhere.
const mostCopies = 40

// sameBytes returns the files that came in with the bytes of f, whatever their paths; one that came in before such
// was kept is made up and kept.
func sameBytes(tx store.Tx, f judging.File) ([]Arrival, error) {
	live, err := records.LoadLive(tx)
	if err != nil {
		return nil, err
	}
	var out []Arrival
	err = EachArrival(tx, live, func(a Arrival) error {
		if a.File.Sum == f.Sum {
			out = append(out, a)
		}
		if len(out) == mostCopies {
			return store.ErrStop
		}
		return nil
	})
	if err != nil || len(out) > 0 {
		return out, err
	}
	var of []judging.IntakeID
	for id := range live {
		of = append(of, id)
	}
	slices.Sort(of)
	a := Arrival{ID: fileID(f.Sum, f.Name), Path: f.Name, File: f, Intakes: of[:min(1, len(of))]}
	return []Arrival{a}, arrivals.Put(tx, a)
}
