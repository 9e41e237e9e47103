package review

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/media/trace"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/workfiles"
	"fayi/judging/store"
)

// looked says that somebody has looked at a file of a work with blindness in mind, and found that judges may see
// it. Sum is "title" for the work's title.
type looked struct {
	Names string         `json:"names,omitempty"` // digest of the names that were to be kept from judges then
	Work  judging.WorkID `json:"work"`
	Sum   string         `json:"sum"`
}

const lookedTitle = "title"

var lookedAt = store.NewTable("blind_looked", 1, func(l *looked) string { return lookedID(l.Work, l.Sum) })

func lookedID(w judging.WorkID, sum string) string { return string(w) + "/" + sum }

func hasLooked(tx store.Tx, w judging.WorkID, sum string) (bool, error) {
	_, err := lookedAt.Get(tx, lookedID(w, sum))
	if errors.Is(err, judging.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// stillLooked is hasLooked, unless the names of the work were put right since: what was looked at for the old names is
// to be looked at again. Judges still see it meanwhile.
func stillLooked(tx store.Tx, w judging.Work, sum string) (bool, error) {
	l, err := lookedAt.Get(tx, lookedID(w.ID, sum))
	if errors.Is(err, judging.ErrNotFound) {
		return false, nil
	}
	return err == nil && (l.Names == "" || l.Names == w.NamesDigest()), err
}

// SetMasks lays masks over the n-th file of a work, counting from 0, in place of those it had; none takes them off.
// Judges see the covered picture from the next time they open it. Errors: NotFound, Invalid "blind.bad_mask",
// "blind.too_many_masks", "blind.cannot_mask" for a file that is no picture or PDF.
func (o Stage) SetMasks(ctx context.Context, id judging.WorkID, n int, masks []judging.Mask) error {
	if err := judging.CheckMasks(masks); err != nil {
		return err
	}
	if err := o.refuseMasks(ctx, id, n); err != nil {
		return err
	}
	return o.rec.Change(ctx, records.Reviewing, func(tx store.Tx) error {
		w, f, err := workfiles.LoadFile(tx, id, n)
		if err != nil {
			return err
		}
		before := f.Masks
		if judging.MasksDigest(before) == judging.MasksDigest(masks) {
			return nil
		}
		w.Files[n].Masks = masks
		if err := records.PutWork(tx, w); err != nil {
			return err
		}
		return o.rec.Log(tx, "works.mask", string(id), map[string]any{
			"file":  n + 1,
			"masks": before,
		}, map[string]any{
			"file":  n + 1,
			"masks": masks,
		})
	})
}

// refuseMasks says no when a file has no pages to lay masks over.
func (o Stage) refuseMasks(ctx context.Context, id judging.WorkID, n int) error {
	f, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (judging.File, error) {
		_, f, err := workfiles.LoadFile(tx, id, n)
		return f, err
	})
	if err != nil || f.Kind == "picture" {
		return err
	}
	src, err := o.rec.Blobs.Open(f.Sum)
	if err != nil {
		return err
	}
	defer src.Close()
	if head, err := workfiles.HeadOf(src, f); err != nil || workfiles.IsPDF(head) {
		return err
	}
	return judging.Fail(judging.Invalid, "blind.cannot_mask", nil)
}

// LookedAt notes, or takes back, that somebody looked at the n-th file of a work, counting from 0, or at its title
// (n = -1), and that nothing in it tells judges who made it. A file that can't be cleaned is shown to judges only
// then. Errors: NotFound.
func (o Stage) LookedAt(ctx context.Context, id judging.WorkID, n int, yes bool) error {
	return o.rec.Change(ctx, records.Reviewing, func(tx store.Tx) error {
		l := looked{Work: id, Sum: lookedTitle}
		if n == -1 {
			if _, err := records.LoadWork(tx, id); err != nil {
				return err
			}
		} else {
			_, f, err := workfiles.LoadFile(tx, id, n)
			if err != nil {
				return err
			}
			l.Sum = f.Sum
		}
		w, err := records.LoadWork(tx, id)
		if err != nil {
			return err
		}
		l.Names = w.NamesDigest()
		was, err := stillLooked(tx, w, l.Sum)
		if err != nil || was == yes {
			return err
		}
		if yes {
			err = lookedAt.Put(tx, l)
		} else {
			err = lookedAt.Delete(tx, lookedID(id, l.Sum))
		}
		if err != nil {
			return err
		}
		return o.rec.Log(tx, "works.looked", string(id), nil, map[string]any{"file": n + 1, "looked": yes})
	})
}

// BlindReady says how preparing went.
type BlindReady struct {
	Files  int `json:"files"`  // that judges are to see
	Clean  int `json:"clean"`  // copies without traces
	Failed int `json:"failed"` // that can't be cleaned
	Names  int `json:"names"`  // files in which names were found
}

// BlindWorks makes the copies of all accepted works' files that judges are to see, and looks for names in what can
// be read. Copies that are there already are kept. One that was stopped goes on where it was. Errors: Unavailable;
// ctx.Err().
func (o Stage) BlindWorks(ctx context.Context, progress func(done, total int)) (BlindReady, error) {
	var r BlindReady
	list, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Work, error) {
		return records.AllWorks(tx, records.Accepted)
	})
	if err != nil {
		return r, err
	}
	total, done := 0, 0
	for _, w := range list {
		total += len(w.Judged())
	}
	for _, w := range list {
		for _, f := range w.Judged() {
			if err := ctx.Err(); err != nil {
				return r, err
			}
			if err := o.prepare(ctx, w, f, &r); err != nil {
				return r, err
			}
			if done++; progress != nil {
				progress(done, total)
			}
		}
	}
	return r, o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		return o.rec.Log(tx, "works.blind", "",
			nil, r)
	})
}

// PrepareBlind does for one work what BlindWorks does for all: after a mask was laid, before the next judge comes.
// Errors: NotFound, Unavailable.
func (o Stage) PrepareBlind(ctx context.Context, id judging.WorkID) (BlindReady, error) {
	var r BlindReady
	w, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (judging.Work, error) { return records.LoadWork(tx, id) })
	if err != nil {
		return r, err
	}
	for _, f := range w.Judged() {
		if err := o.prepare(ctx, w, f, &r); err != nil {
			return r, err
		}
	}
	o.rec.Changes.Ring()
	return r, nil
}

func (o Stage) prepare(ctx context.Context, w judging.Work, f judging.File, r *BlindReady) error {
	c, err := o.blindCopyOf(ctx, f)
	if err != nil {
		return err
	}
	if c.Failed == "" && c.Sum != f.Sum && judging.CodeOf(o.rec.Blobs.Check(ctx, c.Sum)) == judging.Corrupt {
		if err := o.rec.Blobs.Remove(c.Sum); err != nil { // somebody, or the disk, changed what judges would see
			return err
		}
		if c, err = o.blindCopyOf(ctx, f); err != nil {
			return err
		}
	}
	names, err := o.namesIn(ctx, w, f)
	if err != nil {
		return err
	}
	r.Files++
	if c.Failed == "" {
		r.Clean++
	} else {
		r.Failed++
	}
	if len(names.Hits) > 0 {
		r.Names++
	}
	return nil
}

// traceNames brings traces to the form of reports.
func traceNames(t []trace.Trace) []string {
	out := make([]string, len(t))
	for i, n := range t {
		out[i] = string(n)
	}
	return out
}
