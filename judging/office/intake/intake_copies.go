package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"fayi/judging"
	"fayi/judging/media/archive"
	"fayi/judging/media/match"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// bytesKnown counts files by their size, for a dry run: those that came before, and those that come now. A file of a
// size of its own is no copy of another, so that its bytes need not be read to count it.
func (in *intakeJob) bytesKnown(ctx context.Context, s *sources) (map[int64]int, error) {
	if !in.req.DryRun {
		return nil, nil
	}
	return records.View(ctx, in.office.rec.DB, func(tx store.Tx) (map[int64]int, error) {
		sizes := map[int64]int{}
		for _, e := range s.files {
			sizes[e.Size]++
		}
		err := arrivals.Each(tx, func(a Arrival) error { sizes[a.File.Bytes]++; return nil })
		if err != nil {
			return nil, err
		}
		return sizes, records.EachWork(tx, func(w judging.Work) error {
			for _, f := range w.Files {
				sizes[f.Bytes]++
			}
			return nil
		})
	})
}

// foreseen is a file as a dry run sees it. Its bytes are read only where another file has as many: the preview then
// counts copies once, as the import does.
func (in *intakeJob) foreseen(e archive.Entry, sizes map[int64]int) Arrival {
	a := Arrival{Path: e.Path, File: judging.File{Name: e.Name, Bytes: e.Size, Aside: match.IsForm(e.Path)}}
	if sizes[e.Size] < 2 {
		return a
	}
	r, err := e.Open()
	if err != nil {
		return a // the import tells it
	}
	defer r.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err == nil {
		a.File.Sum = hex.EncodeToString(sum.Sum(nil))
	}
	return a
}
