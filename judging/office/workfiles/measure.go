package workfiles

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"fayi/judging"
	"fayi/judging/media"
	"fayi/judging/media/prose"
	"fayi/judging/office/internal/copied"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// factRecord is what was found in a file, under its sum: whatever works it belongs to.
type factRecord struct {
	Sum     string            `json:"sha256"`
	Version int               `json:"version"` // of how it was measured
	Facts   judging.FileFacts `json:"facts"`
}

var fileFacts = store.NewTable("fact", 1, func(f *factRecord) string { return f.Sum }).
	KeepDecoded(copied.Most, func(f factRecord) factRecord { return f })

// MeasureTally counts what MeasureFiles met, in files of different content.
type MeasureTally struct {
	Measured int `json:"measured"`
	Known    int `json:"known"`  // before
	Broken   int `json:"broken"` // of both
}

// measureBatch is how many files are measured between two commits: what a cancelled job has to do again.
const measureBatch = 64

// MeasureFiles finds out format, size in pixels, length and words of all works' files that are not measured yet,
// and keeps it. It can be stopped and begun again. Errors: Unavailable; a broken file is counted and kept as such.
func (o Stage) MeasureFiles(ctx context.Context, progress func(done, total int)) (MeasureTally, error) {
	var t MeasureTally
	all, err := o.distinctFiles(ctx, func(judging.File) bool { return true })
	if err != nil {
		return t, err
	}
	known, err := records.View(ctx, o.rec.DB, loadFacts)
	if err != nil {
		return t, err
	}
	todo := slices.DeleteFunc(all, func(f judging.File) bool {
		facts, ok := known[f.Sum]
		if ok {
			t.Known++
		}
		if facts.Broken {
			t.Broken++
		}
		return ok
	})
	for from := 0; from < len(todo); from += measureBatch {
		batch := todo[from:min(from+measureBatch, len(todo))]
		measured, err := o.measureAll(ctx, batch)
		if err != nil {
			return t, err
		}
		cost := func(i int) (int, int) { return fileFacts.Cost(measured[i]) }
		if err := store.Bulk(ctx, o.rec.In(records.Settings), len(measured), cost, func(tx store.Tx,
			i int) error {
			return fileFacts.Put(tx, measured[i])
		}, nil); err != nil {
			return t, err
		}
		for _, r := range measured {
			t.Measured++
			if r.Facts.Broken {
				t.Broken++
			}
		}
		if progress != nil {
			progress(from+len(batch), len(todo))
		}
	}
	if len(todo) > 0 {
		o.rec.Changes.Ring()
	}
	return t, nil
}

// loadFacts reads all facts of the present version by sum.
func loadFacts(tx store.Tx) (map[string]judging.FileFacts, error) {
	out := map[string]judging.FileFacts{}
	err := fileFacts.Each(tx, func(r factRecord) error {
		if r.Version == media.FactsVersion {
			out[r.Sum] = r.Facts
		}
		return nil
	})
	return out, err
}

// Broken lists, by their sums, the measured files that can't be opened or that are not all there.
func Broken(tx store.Tx) (map[string]bool, error) {
	facts, err := loadFacts(tx)
	out := map[string]bool{}
	for sum, f := range facts {
		if f.Broken || f.Cut {
			out[sum] = true
		}
	}
	return out, err
}

// Measured lists the files that were measured, by their sums.
func Measured(tx store.Tx) (map[string]bool, error) {
	facts, err := loadFacts(tx)
	out := map[string]bool{}
	for sum := range facts {
		out[sum] = true
	}
	return out, err
}

func (o Stage) measureAll(ctx context.Context, files []judging.File) ([]factRecord, error) {
	out := make([]factRecord, len(files))
	jobs, ctx := errgroup.WithContext(ctx)
	jobs.SetLimit(thumbWorkers)
	for i, f := range files {
		jobs.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			facts, err := o.measure(ctx, f)
			out[i] = factRecord{f.Sum, media.FactsVersion, facts}
			return err
		})
	}
	return out, jobs.Wait()
}

// measure measures one file. One that is gone is broken; what only a program that is not installed could tell stays
// unknown.
func (o Stage) measure(ctx context.Context, f judging.File) (judging.FileFacts, error) {
	r, err := o.rec.Blobs.Open(f.Sum)
	if errors.Is(err, judging.ErrNotFound) {
		return judging.FileFacts{Kind: f.Kind, Broken: true}, nil
	}
	if err != nil {
		return judging.FileFacts{}, err
	}
	defer r.Close()
	if Costly(f.Kind) {
		return o.measured(ctx, r, f)
	}
	return o.measureHere(ctx, r, f)
}

// paperPages is how many pages of a PDF are read to count its words.
const paperPages = 40

// measurePaper counts the pages and words of a PDF.
func (o Stage) measurePaper(ctx context.Context, r io.ReadSeeker, facts *judging.FileFacts) error {
	d, err := o.rec.Papers.Open(ctx, r, facts.Bytes)
	if err != nil {
		return err
	}
	defer d.Close()
	facts.Pages = d.Pages()
	var text strings.Builder
	for n := range min(facts.Pages, paperPages) {
		words, err := d.Text(ctx, n)
		if err != nil {
			return err
		}
		text.WriteString(words + "\n")
	}
	facts.Words = prose.CountWords(text.String())
	return nil
}

// FileFacts returns what was found in the files of a work, in their order; files not measured yet have an empty
// Kind. Errors: NotFound.
func (o Stage) FileFacts(ctx context.Context, id judging.WorkID) ([]judging.FileFacts, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.FileFacts, error) {
		w, err := records.LoadWork(tx, id)
		if err != nil {
			return nil, err
		}
		out := make([]judging.FileFacts, len(w.Files))
		for i, f := range w.Files {
			r, err := fileFacts.Get(tx, f.Sum)
			if err != nil && !errors.Is(err, judging.ErrNotFound) {
				return nil, err
			}
			if r.Version == media.FactsVersion {
				out[i] = r.Facts
			}
		}
		return out, nil
	})
}

// WorkCheck is a work that does not keep to what its category requires.
type WorkCheck struct {
	Work       judging.WorkID      `json:"work"`
	Code       judging.WorkCode    `json:"code"`
	Title      string              `json:"title"`
	Category   string              `json:"category"`
	Shortfalls []judging.Shortfall `json:"shortfalls"`
}

// CheckWorks lists the works whose files do not keep to what the rules require of their category, in the order of
// identities; returned and rejected ones are left out. Files that MeasureFiles has not seen are held only to what
// is known without. Nothing is changed: people decide.
func (o Stage) CheckWorks(ctx context.Context) ([]WorkCheck, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]WorkCheck, error) {
		rules, err := records.LoadRules(tx)
		if err != nil {
			return nil, err
		}
		facts, err := loadFacts(tx)
		if err != nil {
			return nil, err
		}
		out := []WorkCheck{}
		err = records.EachWork(tx, func(w judging.Work) error {
			if w.Status != judging.Accepted {
				return nil
			}
			category, _ := rules.Category(w.Category)
			short := category.Requires.Check(w.Files, func(sum string) (judging.FileFacts, bool) {
				f, ok := facts[sum]
				return f, ok
			})
			if len(short) > 0 {
				out = append(out, WorkCheck{w.ID, w.Code, w.Title, w.Category, short})
			}
			return nil
		})
		return out, err
	})
}
