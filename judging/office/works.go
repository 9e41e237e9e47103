package office

import (
	"context"
	"errors"
	"io"
	"strings"

	"fayi/judging"
	"fayi/judging/store"
)

// workRecord is a work with the states that intakes gave it, newest first. The one that holds is the newest whose intake is live: flipping an
// intake thereby changes any number of works at once.
type workRecord struct {
	ID       judging.WorkID `json:"id"`
	Versions []workVersion  `json:"versions"`
}

type workVersion struct {
	Intake judging.IntakeID `json:"intake"`
	Work   judging.Work     `json:"work"`
}

func (w *workRecord) each(value func(workVersion) string) []string {
	var out []string
	for _, v := range w.Versions {
		out = append(out, value(v))
	}
	return out
}

// liveIntakes is the set of intakes that count.
type liveIntakes map[judging.IntakeID]bool

func loadLive(tx store.Tx) (liveIntakes, error) {
	live := liveIntakes{}
	err := intakes.Each(tx, func(i judging.Intake) error {
		if i.State == judging.Live {
			live[i.ID] = true
		}
		return nil
	})
	return live, err
}

// now returns the state of w that holds; ok is false when none does.
func (l liveIntakes) now(w workRecord) (judging.Work, bool) {
	for _, v := range w.Versions {
		if l[v.Intake] {
			return v.Work, true
		}
	}
	return judging.Work{}, false
}

// eachWork calls fn with each work that counts, in the order of identities.
func eachWork(tx store.Tx, fn func(judging.Work) error) error {
	live, err := loadLive(tx)
	if err != nil {
		return err
	}
	return works.Each(tx, func(r workRecord) error {
		if w, ok := live.now(r); ok {
			return fn(w)
		}
		return nil
	})
}

// allWorks returns the works that count and pass keep (nil: all).
func allWorks(tx store.Tx, keep func(judging.Work) bool) ([]judging.Work, error) {
	live, err := loadLive(tx)
	if err != nil {
		return nil, err
	}
	records, err := works.List(tx, "")
	var out []judging.Work
	for _, r := range records {
		if w, ok := live.now(r); ok && (keep == nil || keep(w)) {
			out = append(out, w)
		}
	}
	return out, err
}

func accepted(w judging.Work) bool { return w.Status == judging.Accepted }

func loadWork(tx store.Tx, id judging.WorkID) (judging.Work, error) {
	live, err := loadLive(tx)
	if err != nil {
		return judging.Work{}, err
	}
	r, err := works.Get(tx, string(id))
	if err == nil {
		if w, ok := live.now(r); ok {
			return w, nil
		}
	}
	if err == nil || errors.Is(err, judging.ErrNotFound) {
		err = judging.Fail(judging.NotFound, "works.missing", judging.Args{"Work": id})
	}
	return judging.Work{}, err
}

// WorkFilter narrows a list of works. Empty fields let everything pass.
type WorkFilter struct {
	Category string
	Group    string
	Unit     string
	Status   judging.WorkStatus
	Text     string // folded; found in title, authors, unit, code or number
	NoFiles  bool
}

// Match reports whether w passes.
func (f WorkFilter) Match(w judging.Work) bool {
	switch {
	case f.Category != "" && f.Category != w.Category, f.Group != "" && f.Group != w.Group, f.Unit != "" && f.Unit != w.Unit,
		f.Status != "" && f.Status != w.Status, f.NoFiles && len(w.Files) > 0:
		return false
	}
	text := judging.Fold(f.Text)
	if text == "" {
		return true
	}
	for _, s := range append([]string{w.Title, w.Unit, string(w.Code), w.Number}, w.Authors...) {
		if strings.Contains(judging.Fold(s), text) {
			return true
		}
	}
	return false
}

// Works lists the works that pass the filter, in the order of identities. A category alone is found through an index, without reading the others.
func (o *Office) Works(ctx context.Context, f WorkFilter) ([]judging.Work, error) {
	return view(ctx, o.db, func(tx store.Tx) ([]judging.Work, error) {
		if f.Category == "" {
			return allWorks(tx, f.Match)
		}
		live, err := loadLive(tx)
		if err != nil {
			return nil, err
		}
		return collect(func(fn func(judging.Work) error) error {
			return works.By(tx, "category", f.Category, func(r workRecord) error {
				if w, ok := live.now(r); ok && f.Match(w) {
					return fn(w)
				}
				return nil
			})
		})
	})
}

// Work returns one work by its identity or blind code. Errors: NotFound.
func (o *Office) Work(ctx context.Context, idOrCode string) (judging.Work, error) {
	return view(ctx, o.db, func(tx store.Tx) (judging.Work, error) {
		id, err := findWork(tx, idOrCode)
		if err != nil {
			return judging.Work{}, err
		}
		return loadWork(tx, id)
	})
}

// findWork turns an identity or a blind code into an identity.
func findWork(tx store.Tx, idOrCode string) (judging.WorkID, error) {
	if !strings.Contains(idOrCode, "-") {
		return judging.WorkID(idOrCode), nil
	}
	var found judging.WorkID
	err := eachWork(tx, func(w judging.Work) error {
		if strings.EqualFold(string(w.Code), judging.Fold(idOrCode)) {
			found = w.ID
			return store.ErrStop
		}
		return nil
	})
	if err == nil && found == "" {
		err = judging.Fail(judging.NotFound, "works.missing", judging.Args{"Work": idOrCode})
	}
	return found, err
}

// OpenWorkFile opens the n-th file of a work, counting from 0, for the organiser.
func (o *Office) OpenWorkFile(ctx context.Context, id judging.WorkID, n int) (io.ReadSeekCloser, error) {
	w, err := o.Work(ctx, string(id))
	if err != nil {
		return nil, err
	}
	return o.openFile(w, n)
}

func (o *Office) openFile(w judging.Work, n int) (io.ReadSeekCloser, error) {
	if n < 0 || n >= len(w.Files) {
		return nil, judging.Fail(judging.NotFound, "works.no_file", judging.Args{"Work": w.Code, "N": n + 1})
	}
	return o.blobs.Open(w.Files[n].Sum)
}

// putWork replaces the state of a work that holds, within its intake.
func putWork(tx store.Tx, w judging.Work) error {
	live, err := loadLive(tx)
	if err != nil {
		return err
	}
	r, err := works.Get(tx, string(w.ID))
	if err != nil {
		return err
	}
	for i, v := range r.Versions {
		if live[v.Intake] {
			r.Versions[i].Work = w
			break
		}
	}
	return works.Put(tx, r)
}
