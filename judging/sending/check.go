package sending

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/archive"
	"fayi/judging/office/sending"
	"fayi/judging/parcel"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/read"
	"fayi/judging/store"
)

// check looks at what has arrived, and keeps or refuses it. again says that something stood in the way that passes.
func (s *Server) check(ctx context.Context, id string) (again bool) {
	n, there := s.shelf.get(id, "")
	if !there || n.State != checking {
		return false
	}
	d, err := s.examine(ctx, n)
	if err != nil {
		err = forUnit(n, err)
	} else {
		d, err = s.keep(ctx, n, d)
	}
	known := (*judging.Error)(nil)
	switch {
	case ctx.Err() != nil:
		return false // the next run begins again
	case err == nil:
		err = s.shelf.settle(id, func(n *note) { n.State, n.Delivery = kept, d.ID })
	case sending.IsFinal(err) && errors.As(err, &known):
		// where this can't be written, the unit has its answer all the same
		_ = s.Door.Refuse(ctx, sending.Delivery{Unit: n.Unit, Name: n.Name, Bytes: n.Size, Sum: n.Sum}, err)
		err = s.shelf.settle(id, func(n *note) {
			n.State, n.Code, n.Key, n.Args = refused, known.Code, known.Text, known.Args
		})
	}
	return err != nil
}

// saidAs are the words in which a unit hears what the organiser would hear otherwise.
var saidAs = map[string]string{
	"parcel.foreign": "sending.foreign", "parcel.newer": "sending.newer", "parcel.unreadable": "sending.not_parcel",
	"parcel.damaged": "sending.damaged", "parcel.altered": "sending.damaged", "parcel.file_missing": "sending.damaged",
	"parcel.twice": "sending.damaged", "parcel.row_twice": "sending.damaged", "parcel.differ": "sending.damaged",
	"parcel.part_missing": "sending.damaged",
}

// forUnit says to a unit why a file is not taken: nothing of how the program found out.
func forUnit(n note, err error) error {
	known := (*judging.Error)(nil)
	if !errors.As(err, &known) || known.Code != judging.Invalid || strings.HasPrefix(known.Text, "sending.") {
		return err
	}
	key := saidAs[known.Text]
	if key == "" && strings.HasSuffix(n.Name, ".zip") {
		key = "sending.cut"
	} else if key == "" {
		key = "sending.bad_book"
	}
	return judging.Fail(judging.Invalid, key, judging.Args{"Name": n.Name, "Contest": known.Args["Name"]}).Because(err)
}

// examine reads all that arrived and says what it is. Errors: Invalid in words for the unit, Unavailable.
func (s *Server) examine(ctx context.Context, n note) (sending.Delivery, error) {
	d := sending.Delivery{Unit: n.Unit, Name: n.Name, Bytes: n.Size, Sum: n.Sum}
	path := s.shelf.path(&n)
	f, err := regular.Open(path)
	if err != nil {
		return d, store.Translate(path, err)
	}
	defer f.Close()
	h := sha256.New()
	size, err := io.Copy(h, reading{ctx, f})
	if err != nil {
		return d, store.Translate(path, err)
	}
	if size != n.Size || hex.EncodeToString(h.Sum(nil)) != n.Sum {
		return d, judging.Fail(judging.Invalid, "sending.sum", nil)
	}
	head := make([]byte, min(size, filetype.HeadSize))
	if _, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return d, store.Translate(path, err)
	}
	kind := filetype.Of(head, n.Name)
	if kind.Kind == filetype.Archive {
		return s.examineParcel(ctx, n, d)
	}
	return s.examineBook(n, d)
}

// examineParcel reads a parcel to its last file.
func (s *Server) examineParcel(ctx context.Context, n note, d sending.Delivery) (sending.Delivery, error) {
	t, err := archive.Open(ctx, s.shelf.path(&n), archive.Usual)
	if err != nil {
		return d, err
	}
	defer t.Close()
	if len(t.Skipped) > 0 {
		return d, judging.Fail(judging.Invalid, "sending.cut", judging.Args{"Name": n.Name})
	}
	var in parcel.Inbox
	if _, err := in.Take(ctx, n.Name, t.Entries); err != nil {
		return d, err
	}
	if in.Empty() {
		return d, judging.Fail(judging.Invalid, "sending.not_parcel", judging.Args{"Name": n.Name})
	}
	asked, err := s.Door.Asked(ctx)
	if err != nil {
		return d, err
	}
	if parts := in.Most(); parts > 1 {
		return d, judging.Fail(judging.Invalid, "sending.in_parts", judging.Args{"N": parts})
	}
	all, _, err := in.Parcels(ctx, asked.Contest, asked.Rules, nil)
	switch {
	case err != nil:
		return d, err
	case len(all) != 1:
		return d, judging.Fail(judging.Invalid, "sending.several", judging.Args{"N": len(all)})
	case judging.Fold(all[0].Unit) != judging.Fold(n.Unit):
		return d, judging.Fail(judging.Invalid, "sending.other_unit", judging.Args{
			"Unit": judging.Tidy(all[0].Unit), "Own": n.Unit})
	}
	d.Kind, d.Edition, d.Works, d.Files = sending.Pack, all[0].Edition, len(all[0].Works), len(all[0].Files)
	return d, nil
}

// examineBook opens a list of works; what its rows say is seen when it is taken in.
func (s *Server) examineBook(n note, d sending.Delivery) (sending.Delivery, error) {
	book, err := read.Open(s.shelf.path(&n), n.Name, grid.Limits{})
	if err != nil {
		return d, err
	}
	d.Kind = sending.Workbook
	return d, book.Close()
}

// keep gives what was examined to the contest.
func (s *Server) keep(ctx context.Context, n note, d sending.Delivery) (sending.Delivery, error) {
	f, err := regular.Open(s.shelf.path(&n))
	if err != nil {
		return d, store.Translate(s.shelf.path(&n), err)
	}
	defer f.Close()
	return s.Door.Keep(ctx, d, f)
}

// reading stops when its context is done: a film takes long.
type reading struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
