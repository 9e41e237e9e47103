package intake

import (
	"context"
	"errors"
	"io"
	"path"
	"slices"

	"fayi/judging"
	"fayi/judging/media/archive"
	"fayi/judging/media/match"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Arrival is one media file that came in, whether a work was found for it or not: its bytes are kept from then on,
// so that where it belongs can be settled when the stick it came on is gone. It counts while one of its intakes
// does.
type Arrival struct {
	ID      string             `json:"id"` // fileID of sum and path
	Path    string             `json:"path"`
	File    judging.File       `json:"file"`
	From    string             `json:"from,omitempty"` // path of the sheet in which the file lay as a cell's picture
	Row     int                `json:"row,omitempty"`  // its row there
	Sheet   string             `json:"sheet,omitempty"`
	Intakes []judging.IntakeID `json:"intakes"`
}

// settlement is what a person decided of a file, kept for ever: the next import of the same file at the same path
// abides by it.
type settlement struct {
	ID    string         `json:"id"` // as the arrival's
	Path  string         `json:"path"`
	Bytes int64          `json:"bytes"`
	Sum   string         `json:"sha256"`
	Work  judging.WorkID `json:"work,omitempty"` // attached to it
	// KeyHash of that work, should it come in again under another identity
	Key     string   `json:"key,omitempty"`
	Dropped bool     `json:"dropped,omitempty"`
	Not     []string `json:"not,omitempty"` // keyHashes of works it was taken from
}

var (
	arrivals = store.NewTable("arrival", 1, func(a *Arrival) string { return a.ID },
		store.Index[Arrival]{Name: "intake", Values: func(a *Arrival) []string {
			var out []string
			for _, i := range a.Intakes {
				out = append(out, string(i))
			}
			return out
		}})
	settlements = store.NewTable("settlement", 1, func(s *settlement) string { return s.ID })
)

// fileID names a file by its bytes and the path it came by.
func fileID(sum, at string) string { return "f" + records.KeyHash(sum + "\x1f" + at)[:12] }

// storeFile keeps the bytes of one file. gone is an error of the source, not of the store: the file is reported and
// the rest goes on.
func (in *intakeJob) storeFile(ctx context.Context, e archive.Entry) (a Arrival, gone, err error) {
	kind, gone := e.Kind()
	if gone != nil {
		return a, gone, nil
	}
	r, gone := e.Open()
	if gone != nil {
		return a, gone, nil
	}
	defer r.Close()
	src := &watched{Reader: r}
	blob, err := in.office.rec.Blobs.Put(ctx, src)
	if src.err != nil && ctx.Err() == nil {
		return a, src.err, nil
	}
	if err != nil {
		return a, nil, err
	}
	a = Arrival{ID: fileID(blob.Sum, e.Path), Path: e.Path, Intakes: []judging.IntakeID{in.intake.ID}}
	a.File = judging.File{
		Name:  path.Base(e.Path),
		Kind:  string(kind),
		Bytes: blob.Size,
		Sum:   blob.Sum,
		Aside: match.IsForm(e.Path),
	}
	return a, nil, nil
}

// watched remembers the error with which a reader broke off.
type watched struct {
	io.Reader
	err error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// keepArrivals writes what came in under the pending intake. A file that came before and still counts is left as it
// is.
func (in *intakeJob) keepArrivals(ctx context.Context, list []Arrival) error {
	cost := func(i int) (int, int) {
		writes, bytes := arrivals.Cost(list[i])
		return writes * 2, bytes * 2
	}
	fresh := make([]bool, len(list)) // a transaction may be repeated
	defer func() {
		for _, f := range fresh {
			if f {
				in.arrived++
			}
		}
	}()
	return store.Bulk(ctx, in.db(), len(list), cost, func(tx store.Tx, i int) error {
		old, err := arrivals.Get(tx, list[i].ID)
		if errors.Is(err, judging.ErrNotFound) {
			fresh[i] = true
			return arrivals.Insert(tx, list[i])
		}
		if err != nil ||
			slices.ContainsFunc(old.Intakes, func(id judging.IntakeID) bool {
				return id == in.intake.ID || in.live[id]
			}) {
			return err
		}
		fresh[i] = true
		old.Intakes = append(old.Intakes, in.intake.ID)
		return arrivals.Put(tx, old)
	}, nil)
}

// keepLoose notes of files that no work has that they came with this intake, too: one of two units may take its own
// back, and what the other sent stays.
func (in *intakeJob) keepLoose(ctx context.Context, list []Arrival) error {
	if in.req.DryRun || len(list) == 0 {
		return nil
	}
	cost := func(i int) (int, int) {
		writes, bytes := arrivals.Cost(list[i])
		return writes * 2, bytes * 2
	}
	return store.Bulk(ctx, in.db(), len(list), cost, func(tx store.Tx, i int) error {
		old, err := arrivals.Get(tx, list[i].ID)
		if err != nil || slices.Contains(old.Intakes, in.intake.ID) {
			return err
		}
		old.Intakes = append(old.Intakes, in.intake.ID)
		return arrivals.Put(tx, old)
	}, nil)
}

// dropArrivals takes a pending intake off the files that came with it.
func (o Stage) dropArrivals(ctx context.Context, id judging.IntakeID) error {
	ids, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]string, error) {
		return arrivals.IDsBy(tx, "intake", string(id))
	})
	if err != nil {
		return err
	}
	cost := func(int) (int, int) { return 8, 1 << 13 }
	return store.Bulk(ctx, o.rec.In(records.Settings), len(ids), cost, func(tx store.Tx, i int) error {
		a, err := arrivals.Get(tx, ids[i])
		if errors.Is(err, judging.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		a.Intakes = slices.DeleteFunc(a.Intakes, func(i judging.IntakeID) bool { return i == id })
		if len(a.Intakes) == 0 {
			return arrivals.Delete(tx, a.ID)
		}
		return arrivals.Put(tx, a)
	}, nil)
}

// EachArrival calls fn with each file that came in with an intake that counts, in the order of identities.
func EachArrival(tx store.Tx, live records.LiveIntakes, fn func(Arrival) error) error {
	return arrivals.Each(tx, func(a Arrival) error {
		if !slices.ContainsFunc(a.Intakes, func(i judging.IntakeID) bool { return live[i] }) {
			return nil
		}
		return fn(a)
	})
}

// loadArrival returns a file that counts. Errors: NotFound.
func loadArrival(tx store.Tx, id string) (Arrival, error) {
	live, err := records.LoadLive(tx)
	if err != nil {
		return Arrival{}, err
	}
	a, err := arrivals.Get(tx, id)
	if err == nil && !slices.ContainsFunc(a.Intakes, func(i judging.IntakeID) bool { return live[i] }) {
		err = judging.ErrNotFound
	}
	if errors.Is(err, judging.ErrNotFound) {
		err = judging.Fail(judging.NotFound, "reconcile.no_file", judging.Args{"File": id})
	}
	return a, err
}

// loadSettlement returns what was decided of a file; nothing decided is an empty one.
func loadSettlement(tx store.Tx, id string) (settlement, error) {
	s, err := settlements.Get(tx, id)
	if errors.Is(err, judging.ErrNotFound) {
		return settlement{ID: id}, nil
	}
	return s, err
}

// ArrivalSums lists the sums of all files that came in.
func ArrivalSums(tx store.Tx) (sums []string, err error) {
	err = arrivals.Each(tx, func(a Arrival) error { sums = append(sums, a.File.Sum); return nil })
	return sums, err
}
