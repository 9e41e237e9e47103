package intake

import (
	"cmp"
	"context"
	"io"
	"slices"

	"fayi/judging"
	"fayi/judging/media/match"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Reconciliation says which file belongs to which work: what is settled, what a person has to look at, and what is
// left over on either side.
type Reconciliation struct {
	Matched   []MatchedFile  `json:"matched"`
	Doubtful  []WaitingFile  `json:"doubtful"`           // files that may belong to one of the works named
	Missing   []FilelessWork `json:"works_without_file"` // works without a file to be judged
	Loose     []WaitingFile  `json:"files_without_work"`
	Dismissed []WaitingFile  `json:"dismissed"` // put away by a person
}

// MatchedFile is a file of a work.
type MatchedFile struct {
	Work   judging.WorkID   `json:"work"`
	Code   judging.WorkCode `json:"code"`
	Title  string           `json:"title"`
	N      int              `json:"n"` // its place among the work's files, from 1
	File   judging.File     `json:"file"`
	Person bool             `json:"person,omitempty"` // a person settled it
}

// WaitingFile is a file that no work has.
type WaitingFile struct {
	ID     string       `json:"id"`
	Path   string       `json:"path"`
	File   judging.File `json:"file"`
	Reason string       `json:"reason"` // catalogue key: why it is not settled
	Offers []Offer      `json:"offers,omitempty"`
	Also   []string     `json:"also,omitempty"` // other paths by which the same bytes came
}

// Offer is a work that a file may belong to, likeliest first.
type Offer struct {
	Work    judging.WorkID   `json:"work"`
	Code    judging.WorkCode `json:"code"`
	Title   string           `json:"title"`
	Authors []string         `json:"authors"`
	Unit    string           `json:"unit"`
	Score   float64          `json:"score"`           // 0-1, how sure
	Clues   []string         `json:"clues,omitempty"` // catalogue keys: what speaks for it
	Files   int              `json:"files"`           // it has already
}

// FilelessWork is a work without a file to be judged.
type FilelessWork struct {
	Work     judging.WorkID   `json:"work"`
	Code     judging.WorkCode `json:"code"`
	Number   string           `json:"number,omitempty"`
	Title    string           `json:"title"`
	Category string           `json:"category"`
	Authors  []string         `json:"authors"`
	Unit     string           `json:"unit"`
	FileName string           `json:"file_name,omitempty"`
}

// Reconcile weighs every file that no work has against all works again, so that what was settled since counts.
func (o Stage) Reconcile(ctx context.Context) (Reconciliation, error) {
	s, err := records.View(ctx, o.rec.DB, loadFiles)
	if err != nil {
		return Reconciliation{}, err
	}
	return s.reconcile(), nil
}

// OpenWaitingFile opens a file that no work has, by its identity. Errors: NotFound.
func (o Stage) OpenWaitingFile(ctx context.Context, id string) (io.ReadSeekCloser, error) {
	a, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (Arrival, error) { return loadArrival(tx, id) })
	if err != nil {
		return nil, err
	}
	return o.rec.Blobs.Open(a.File.Sum)
}

// fileState is all that a reconciliation looks at.
type fileState struct {
	works    []judging.Work
	waiting  []Arrival // no work has their bytes; by path
	dropped  []Arrival
	settled  map[string]settlement
	attached map[string]bool // sums that a work has
	came     map[pathAndSize]Arrival
}

// loadFiles reads all works and files that count.
func loadFiles(tx store.Tx) (fileState, error) {
	live, err := records.LoadLive(tx)
	if err != nil {
		return fileState{}, err
	}
	s := fileState{}
	if s.works, err = records.AllWorks(tx, nil); err != nil {
		return s, err
	}
	if s.settled, err = AllSettled(tx); err != nil {
		return s, err
	}
	s.attached, s.came = map[string]bool{}, map[pathAndSize]Arrival{}
	for _, w := range s.works {
		for _, f := range w.Files {
			s.attached[f.Sum] = true
		}
	}
	err = EachArrival(tx, live, func(a Arrival) error {
		s.came[pathAndSize{a.Path, a.File.Bytes}] = a
		switch {
		case s.attached[a.File.Sum]:
		case s.settled[a.ID].Dropped:
			s.dropped = append(s.dropped, a)
		default:
			s.waiting = append(s.waiting, a)
		}
		return nil
	})
	s.dropCopies()
	byPath := func(a, b Arrival) int { return cmp.Or(match.CompareNames(a.Path, b.Path), cmp.Compare(a.ID, b.ID)) }
	slices.SortFunc(s.waiting, byPath)
	slices.SortFunc(s.dropped, byPath)
	return s, err
}

// dropCopies takes files that were put away under another path for put away.
func (s *fileState) dropCopies() {
	away := map[string]bool{}
	for _, a := range s.dropped {
		away[a.File.Sum] = true
	}
	s.waiting = slices.DeleteFunc(s.waiting, func(a Arrival) bool { return away[a.File.Sum] })
}

// AllSettled reads what persons decided of files, by the files' identities.
func AllSettled(tx store.Tx) (map[string]settlement, error) {
	out := map[string]settlement{}
	return out, settlements.Each(tx, func(s settlement) error { out[s.ID] = s; return nil })
}

func (s fileState) reconcile() Reconciliation {
	r := Reconciliation{
		Matched:   []MatchedFile{},
		Doubtful:  []WaitingFile{},
		Missing:   []FilelessWork{},
		Loose:     []WaitingFile{},
		Dismissed: []WaitingFile{},
	}
	persons := map[string]bool{}
	for _, d := range s.settled {
		if d.Work != "" {
			persons[d.Key+d.Sum] = true
		}
	}
	for _, w := range s.works {
		for i, f := range w.Files {
			r.Matched = append(r.Matched, MatchedFile{
				w.ID, w.Code, w.Title, i + 1, f, persons[records.KeyHash(w.Key())+f.Sum],
			})
		}
		if len(w.Judged()) == 0 && w.Status != judging.Withdrawn && w.Status != judging.Rejected {
			r.Missing = append(r.Missing, FilelessWork{
				w.ID, w.Code, w.Number, w.Title, w.Category, listed(w.Authors), w.Unit, w.FileName,
			})
		}
	}
	for _, f := range oneOfEach(s.offered()) {
		if len(f.Offers) > 0 {
			r.Doubtful = append(r.Doubtful, f)
		} else {
			r.Loose = append(r.Loose, f)
		}
	}
	r.Dismissed = s.dismissed()
	return r
}

// offered lists the files that wait, each with the works that it may be of.
func (s fileState) offered() (waiting []WaitingFile) {
	known := newKnownWorks(s.works)
	for i, p := range match.Match(known.rows(), known.candidates(s.waiting, s.settled)) {
		f := WaitingFile{ID: s.waiting[i].ID, Path: s.waiting[i].Path, File: s.waiting[i].File, Reason: p.Reason}
		for _, offer := range p.Offers {
			w := s.works[offer.Row]
			f.Offers = append(f.Offers, Offer{
				w.ID, w.Code, w.Title, listed(w.Authors), w.Unit, offer.Score, offer.Clues, len(w.Files),
			})
		}
		waiting = append(waiting, f)
	}
	return waiting
}

// dismissed lists the files that a person put away, each once.
func (s fileState) dismissed() []WaitingFile {
	met, out := map[string]bool{}, []WaitingFile{}
	for _, a := range s.dropped {
		if met[a.File.Sum] {
			continue
		}
		met[a.File.Sum] = true
		out = append(out, WaitingFile{
			ID:     a.ID,
			Path:   a.Path,
			File:   a.File,
			Reason: "reconcile.dismissed",
		})
	}
	return out
}

// oneOfEach keeps of files with the same bytes, which came by several paths, the one whose name says most, in the place
// of the first: they are one file, in one list.
func oneOfEach(files []WaitingFile) []WaitingFile {
	at := map[string]int{}
	out := []WaitingFile{}
	for _, f := range files {
		i, twice := at[f.File.Sum]
		if !twice {
			at[f.File.Sum] = len(out)
			out = append(out, f)
			continue
		}
		if bestOffer(f) > bestOffer(out[i]) {
			f, out[i] = out[i], f
		}
		out[i].Also = append(append(out[i].Also, f.Also...), f.Path)
		f.Also = nil
	}
	return out
}

// bestOffer is how sure the likeliest work of a file is, 0 without any.
func bestOffer(f WaitingFile) float64 {
	if len(f.Offers) == 0 {
		return 0
	}
	return f.Offers[0].Score
}

func listed(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
