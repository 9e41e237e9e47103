package duplicates

import (
	"context"
	"errors"
	"io"
	"strings"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/likeness"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Pair is a pair to be looked at side by side.
type Pair struct {
	judging.Duplicate
	Sides  [2]PairSide        `json:"sides"`
	Common []likeness.Passage `json:"common,omitempty"` // of the texts of both sides
}

// PairSide is one of a pair. Of a reference only what was brought in is known.
type PairSide struct {
	ID       string             `json:"id"`
	Code     judging.WorkCode   `json:"code,omitempty"`
	Title    string             `json:"title"`
	Category string             `json:"category,omitempty"`
	Authors  []string           `json:"authors"`
	Unit     string             `json:"unit,omitempty"`
	Status   judging.WorkStatus `json:"status,omitempty"`
	From     string             `json:"reference,omitempty"` // the set of a reference
	Kind     string             `json:"kind,omitempty"`      // of the file that is alike, or of the first file
	Sum      string             `json:"sha256,omitempty"`    // of what can be shown; "" when there is nothing
	Text     string             `json:"text,omitempty"`      // of a text or document
}

// ShowDuplicate returns a pair with what is to be seen of both: for texts their words and the passages they have in
// common. Errors: NotFound.
func (o Stage) ShowDuplicate(ctx context.Context, id string) (Pair, error) {
	v, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (Pair, error) {
		var v Pair
		d, err := loadMatch(tx, id)
		if err != nil {
			return v, err
		}
		v.Duplicate = d
		for i := range v.Sides {
			if v.Sides[i], err = loadSide(tx, d.Works[i], d.Sums[i]); err != nil {
				return v, err
			}
		}
		return v, nil
	})
	if err != nil {
		return v, err
	}
	for i := range v.Sides {
		if err := o.readSide(ctx, &v.Sides[i]); err != nil {
			return v, err
		}
	}
	if v.Sides[0].Text != "" && v.Sides[1].Text != "" {
		v.Common = likeness.CommonPassages(v.Sides[0].Text, v.Sides[1].Text)
	}
	return v, nil
}

// loadMatch returns a pair of the last search with what was decided of it.
func loadMatch(tx store.Tx, id string) (judging.Duplicate, error) {
	search, err := records.Last(tx, "matches")
	if err != nil {
		return judging.Duplicate{}, err
	}
	m, err := likes.Get(tx, matchPrefix(search)+id)
	if errors.Is(err, judging.ErrNotFound) {
		return judging.Duplicate{}, judging.Fail(judging.NotFound, "duplicates.missing", judging.Args{"Pair": id})
	}
	if err != nil {
		return judging.Duplicate{}, err
	}
	v, err := verdicts.Get(tx, id)
	if errors.Is(err, judging.ErrNotFound) {
		return m.Duplicate, nil
	}
	m.Verdict = v.DuplicateRuling
	return m.Duplicate, err
}

// loadSide finds a work or reference and its file of sum, or its first file without one.
func loadSide(tx store.Tx, id, sum string) (PairSide, error) {
	if strings.HasPrefix(id, "r") {
		r, err := references.Get(tx, id)
		return PairSide{ID: id, Title: r.Title, Authors: r.Authors, From: r.Set, Kind: r.Kind, Sum: r.Look}, err
	}
	w, err := records.LoadWork(tx, judging.WorkID(id))
	s := PairSide{
		ID:       id,
		Code:     w.Code,
		Title:    w.Title,
		Category: w.Category,
		Authors:  w.Authors,
		Unit:     w.Unit,
		Status:   w.Status,
	}
	for _, f := range w.Judged() {
		if f.Sum == sum || sum == "" {
			s.Kind, s.Sum = f.Kind, f.Sum
			break
		}
	}
	return s, err
}

// readSide reads the words of a text or document; one that can't be read has none.
func (o Stage) readSide(ctx context.Context, s *PairSide) error {
	if kind := filetype.Kind(s.Kind); s.Sum == "" || kind != filetype.Text && kind != filetype.Document {
		return nil
	}
	f, err := o.rec.Blobs.Open(s.Sum)
	if errors.Is(err, judging.ErrNotFound) {
		s.Sum = ""
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return store.Translate("", err)
	}
	if s.Text, err = o.prose(ctx, f, info.Size()); judging.CodeOf(err) == judging.Invalid {
		return nil
	}
	return err
}

// OpenDuplicate opens what can be shown of the first (0) or second (1) side of a pair: the file that is alike, or a
// reference's small picture. Errors: NotFound.
func (o Stage) OpenDuplicate(ctx context.Context, id string, n int) (io.ReadSeekCloser, error) {
	side, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (PairSide, error) {
		d, err := loadMatch(tx, id)
		if err != nil {
			return PairSide{}, err
		}
		return loadSide(tx, d.Works[n&1], d.Sums[n&1])
	})
	if err != nil {
		return nil, err
	}
	if side.Sum == "" {
		return nil, judging.Fail(judging.NotFound, "duplicates.no_file", nil)
	}
	return o.rec.Blobs.Open(side.Sum)
}
