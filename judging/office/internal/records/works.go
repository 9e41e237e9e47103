package records

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/copied"
	"fayi/judging/store"
)

// WorkRecord is a work with the states that intakes gave it, newest first. The one that holds is the newest whose
// intake is live: flipping an intake thereby changes any number of works at once.
type WorkRecord struct {
	ID       judging.WorkID `json:"id"`
	Versions []WorkVersion  `json:"versions"`
}

type WorkVersion struct {
	Intake judging.IntakeID `json:"intake"`
	Work   judging.Work     `json:"work"`
}

// ownRecord is a copy of a record that shares nothing that can be changed.
func ownRecord(r WorkRecord) WorkRecord {
	r.Versions = slices.Clone(r.Versions)
	for i := range r.Versions {
		r.Versions[i].Work = copied.Work(r.Versions[i].Work)
	}
	return r
}

func (w *WorkRecord) each(value func(WorkVersion) string) []string {
	var out []string
	for _, v := range w.Versions {
		out = append(out, value(v))
	}
	return out
}

// LiveIntakes is the set of intakes that count.
type LiveIntakes map[judging.IntakeID]bool

func LoadLive(tx store.Tx) (LiveIntakes, error) {
	live := LiveIntakes{}
	err := Intakes.Each(tx, func(i judging.Intake) error {
		if i.State == judging.Live {
			live[i.ID] = true
		}
		return nil
	})
	return live, err
}

// Now returns the state of w that holds; ok is false when none does.
func (l LiveIntakes) Now(w WorkRecord) (judging.Work, bool) {
	for _, v := range w.Versions {
		if l[v.Intake] {
			return v.Work, true
		}
	}
	return judging.Work{}, false
}

// EachWork calls fn with each work that counts, in the order of identities.
func EachWork(tx store.Tx, fn func(judging.Work) error) error {
	live, err := LoadLive(tx)
	if err != nil {
		return err
	}
	return Works.Each(tx, func(r WorkRecord) error {
		if w, ok := live.Now(r); ok {
			return fn(w)
		}
		return nil
	})
}

// AllWorks returns the works that count and pass keep (nil: all), which changes nothing of a work.
func AllWorks(tx store.Tx, keep func(judging.Work) bool) (out []judging.Work, err error) {
	live, err := LoadLive(tx)
	if err != nil {
		return nil, err
	}
	records, kept, err := Works.Kept(tx)
	if err == nil && !kept {
		records, err = Works.List(tx, "")
	}
	if keep == nil && len(live) > 0 {
		out = make([]judging.Work, 0, len(records)) // a work is large: growing would copy all of them again and again
	}
	for _, r := range records {
		w, ok := live.Now(r)
		switch {
		case !ok || keep != nil && !keep(w):
		case kept:
			out = append(out, copied.Work(w))
		default:
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return nil, err
	}
	return out, err
}

func Accepted(w judging.Work) bool { return w.Status == judging.Accepted }

func LoadWork(tx store.Tx, id judging.WorkID) (judging.Work, error) {
	live, err := LoadLive(tx)
	if err != nil {
		return judging.Work{}, err
	}
	r, err := Works.Get(tx, string(id))
	if err == nil {
		if w, ok := live.Now(r); ok {
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
	case f.Category != "" && f.Category != w.Category, f.Group != "" && f.Group != w.Group,
		f.Unit != "" && f.Unit != w.ShownUnit(),
		f.Status != "" && f.Status != w.Status, f.NoFiles && len(w.Files) > 0:
		return false
	}
	text := judging.Fold(f.Text)
	if text == "" {
		return true
	}
	for _, s := range append([]string{w.Title, w.Unit, w.Sender, string(w.Code), w.Number}, w.Authors...) {
		if strings.Contains(judging.Fold(s), text) {
			return true
		}
	}
	return false
}

// Works lists the works that pass the filter, in the order of identities. A category alone is found through an
// index, without reading the others, where works are not kept.
func (o *Records) Works(ctx context.Context, f WorkFilter) ([]judging.Work, error) {
	return View(ctx, o.DB, func(tx store.Tx) ([]judging.Work, error) {
		if f.Category == "" {
			return AllWorks(tx, f.Match)
		}
		if _, ok, err := Works.Kept(tx); ok || err != nil {
			return AllWorks(tx, f.Match)
		}
		live, err := LoadLive(tx)
		if err != nil {
			return nil, err
		}
		ids, err := Works.IDsBy(tx, "category", f.Category)
		if err != nil || len(ids) == 0 {
			return nil, err
		}
		out := make([]judging.Work, 0, len(ids)) // a work is large: growing would copy all of them again and again
		for _, id := range ids {
			r, err := Works.Get(tx, id)
			if err != nil {
				return nil, err
			}
			if w, ok := live.Now(r); ok && f.Match(w) {
				out = append(out, w)
			}
		}
		return out, nil
	})
}

// Work returns one work by its identity or blind code. Errors: NotFound.
func (o *Records) Work(ctx context.Context, idOrCode string) (judging.Work, error) {
	return View(ctx, o.DB, func(tx store.Tx) (judging.Work, error) {
		id, err := FindWork(tx, idOrCode)
		if err != nil {
			return judging.Work{}, err
		}
		return LoadWork(tx, id)
	})
}

// FindWork turns an identity or a blind code into an identity.
func FindWork(tx store.Tx, idOrCode string) (judging.WorkID, error) {
	if !strings.Contains(idOrCode, "-") {
		return judging.WorkID(idOrCode), nil
	}
	var found judging.WorkID
	err := EachWork(tx, func(w judging.Work) error {
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

// PutWork replaces the state of a work that holds, within its intake.
func PutWork(tx store.Tx, w judging.Work) error {
	live, err := LoadLive(tx)
	if err != nil {
		return err
	}
	r, err := Works.Get(tx, string(w.ID))
	if err != nil {
		return err
	}
	for i, v := range r.Versions {
		if live[v.Intake] {
			r.Versions[i].Work = w
			break
		}
	}
	return Works.Put(tx, r)
}

// FileSums returns the sums of all files of all versions of works, each once.
func FileSums(tx store.Tx) ([]string, error) {
	seen := map[string]bool{}
	var sums []string
	err := Works.Each(tx, func(w WorkRecord) error {
		for _, v := range w.Versions {
			for _, f := range v.Work.Files {
				if !seen[f.Sum] {
					seen[f.Sum] = true
					sums = append(sums, f.Sum)
				}
			}
		}
		return nil
	})
	return sums, err
}

// EachWorkOf calls fn with each work to which an intake gave a state, as it is now.
func EachWorkOf(tx store.Tx, id judging.IntakeID, fn func(judging.Work)) error {
	live, err := LoadLive(tx)
	if err != nil {
		return err
	}
	return Works.By(tx, "intake", string(id), func(r WorkRecord) error {
		if w, ok := live.Now(r); ok {
			fn(w)
		}
		return nil
	})
}
