package duplicates

import (
	"context"
	"encoding"
	"errors"
	"runtime"
	"slices"
	"sync"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/likeness"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// printRecord is what is kept of a file to recognise it by, under its sum: taken once, whatever works it belongs to.
type printRecord struct {
	Sum     string `json:"sha256"`
	Version int    `json:"version"` // of how it was taken
	Picture []byte `json:"picture,omitempty"`
	Text    []byte `json:"text,omitempty"`
	Why     string `json:"why,omitempty"` // catalogue key: why it has no print
}

var prints = store.NewTable("print", 1, func(p *printRecord) string { return p.Sum })

// printable reports whether files of the kind can look or read alike.
func printable(kind string) bool {
	switch filetype.Kind(kind) {
	case filetype.Picture, filetype.Text, filetype.Document:
		return true
	}
	return false
}

// printBatch is how many files are printed between two commits: what a cancelled search has to do again.
const printBatch = 64

// takePrints prints the files that have no print of the present version, on all processors. What was printed when
// ctx ends stays.
func (o Stage) takePrints(ctx context.Context, kinds map[string]string, progress func(done, total int)) error {
	todo, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]string, error) {
		left := map[string]bool{}
		for sum, kind := range kinds {
			left[sum] = printable(kind)
		}
		err := prints.Each(tx, func(p printRecord) error {
			if p.Version == likeness.PrintVersion {
				delete(left, p.Sum)
			}
			return nil
		})
		var out []string
		for sum, open := range left {
			if open {
				out = append(out, sum)
			}
		}
		slices.Sort(out)
		return out, err
	})
	if err != nil {
		return err
	}
	for from := 0; from < len(todo); from += printBatch {
		if progress != nil {
			progress(from, len(todo))
		}
		batch := todo[from:min(from+printBatch, len(todo))]
		taken, err := o.printAll(ctx, batch, kinds)
		if err != nil {
			return err
		}
		if err := o.keepPrints(ctx, taken); err != nil {
			return err
		}
	}
	return nil
}

func (o Stage) keepPrints(ctx context.Context, taken []printRecord) error {
	cost := func(i int) (int, int) { return prints.Cost(taken[i]) }
	return store.Bulk(ctx, o.rec.In(records.Settings), len(taken), cost, func(tx store.Tx,
		i int) error {
		return prints.Put(tx, taken[i])
	}, nil)
}

// printAll prints a batch. The first error that is not the file's own fault ends it.
func (o Stage) printAll(ctx context.Context, sums []string, kinds map[string]string) ([]printRecord, error) {
	out := make([]printRecord, len(sums))
	errs := make([]error, len(sums))
	next := make(chan int)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := range next {
				out[i], errs[i] = o.printFile(ctx, sums[i], kinds[sums[i]])
			}
		})
	}
	for i := range sums {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	all.Wait()
	return out, errors.Join(append(errs, ctx.Err())...)
}

// printFile prints one file. A file that is broken or has nothing to be read gets a record that says why.
func (o Stage) printFile(ctx context.Context, sum, kind string) (printRecord, error) {
	r := printRecord{Sum: sum, Version: likeness.PrintVersion}
	f, err := o.rec.Blobs.Open(sum)
	if errors.Is(err, judging.ErrNotFound) {
		r.Why = "duplicates.no_file"
		return r, nil
	}
	if err != nil {
		return r, err
	}
	defer f.Close()
	if filetype.Kind(kind) == filetype.Picture {
		var p likeness.PicturePrint
		if p, err = likeness.PrintPicture(f); err == nil {
			r.Picture, err = binaryOf(p)
		}
	} else {
		r.Text, err = o.printApart(ctx, f)
	}
	var told *judging.Error
	switch {
	case !errors.As(err, &told):
	case told.Code == judging.Invalid:
		r.Why, err = told.Text, nil
	// the others are compared all the same; this one is read again at the next search
	case told.Text == "pdf.no_engine":
		r.Why, r.Version, err = told.Text, 0, nil
	}
	return r, err
}

func binaryOf(v encoding.BinaryMarshaler) ([]byte, error) { return v.MarshalBinary() }

// loadPrints reads the prints of the present version that are wanted, ordered by sum.
func loadPrints(tx store.Tx, wanted map[string]string) ([]printRecord, error) {
	return records.Collect(func(fn func(printRecord) error) error {
		return prints.Each(tx, func(p printRecord) error {
			if _, ok := wanted[p.Sum]; !ok || p.Version != likeness.PrintVersion {
				return nil
			}
			return fn(p)
		})
	})
}
