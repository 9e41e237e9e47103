package intake

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/media/match"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// FileTally counts files by whether a work was found for them.
type FileTally struct {
	Matched   int `json:"matched"`
	Doubtful  int `json:"doubtful"`
	Unmatched int `json:"unmatched"`
	Attached  int `json:"attached"` // those not attached before
	Unread    int `json:"unread"`   // that broke off or went away while they were read
	Copies    int `json:"copies"`   // the same bytes as another file, which is counted in its place
}

// Came counts the files that came and could be read.
func (t FileTally) Came() int { return t.Matched + t.Doubtful + t.Unmatched + t.Copies }

// mostTold is how many problems of files, and how many files without a work, a report lists; the others are only
// counted: a folder may hold a hundred thousand.
const mostTold = 2000

// bound leaves the first of very many problems of files, and of files without a work, and says how many more there are.
// What is said of no file, as the counts of rows, stays.
func (r *ImportReport) bound() {
	of := 0
	r.Problems = slices.DeleteFunc(r.Problems, func(p judging.Problem) bool {
		if p.File == "" || p.Fatal {
			return false
		}
		of++
		return of > mostTold
	})
	tell := func(text string, n int) {
		if n > mostTold {
			r.Problems = append(r.Problems, judging.Problem{
				Text: text, Args: judging.Args{"N": n - mostTold, "Shown": mostTold},
			})
		}
	}
	tell("import.more_problems", of)
	tell("import.more_loose", len(r.Loose))
	r.Loose = r.Loose[:min(len(r.Loose), mostTold)]
	tell("import.more_copies", len(r.Copies))
	r.Copies = r.Copies[:min(len(r.Copies), mostTold)]
}

// LooseFile is a file that was not attached, with the reason as a catalogue text.
type LooseFile struct {
	Path string       `json:"path"`
	Text string       `json:"code"`
	Args judging.Args `json:"args,omitempty"`
}

// attach stores each media file, finds its work, and notes it there, all under the pending intake. Files of earlier
// intakes that still wait are weighed again: their list may have come only now.
func (in *intakeJob) attach(ctx context.Context, s *sources, progress func(done, total int)) error {
	files, err := in.store(ctx, s, progress)
	if err != nil {
		return err
	}
	files = append(files, in.cells...)
	if !in.req.DryRun {
		if err := in.keepArrivals(ctx, files); err != nil {
			return err
		}
	}
	waiting, settled, before, err := in.waiting(ctx, files)
	if err != nil || len(files)+len(waiting) == 0 {
		return err
	}
	list, err := in.visible(ctx)
	if err != nil {
		return err
	}
	known := newKnownWorks(list)
	came := len(files)
	files = append(files, waiting...)
	candidates := known.candidates(files, settled)
	in.bindCells(known, files, candidates)
	pairs := match.Match(known.rows(), candidates)
	told := match.OfEach(pairs, len(files), func(file int) string { return files[file].File.Sum })
	away := putAway(settled)
	var loose []Arrival
	for _, p := range match.InOrder(pairs, func(file int) string { return files[file].Path }) {
		a := files[p.File]
		if _, attached := known.sums[a.File.Sum]; p.File < came && p.Fit != match.Matched && !attached {
			loose = append(loose, a)
		}
		counted := p.File < came && told[p.File] == p.File && !away[a.File.Sum]
		switch at, met := before[a.File.Sum]; {
		case p.File >= came:
		case counted && met && at == a.Path:
			in.copies(a.Path, "import.copy_before", nil)
		case counted && met:
			in.copies(a.Path, "import.copy_of", judging.Args{"Of": at})
		case counted:
		case away[a.File.Sum]:
			in.tellCopy(a.Path, "import.copy_away", nil)
		default:
			in.tellCopy(a.Path, "import.copy_of", judging.Args{"Of": files[told[p.File]].Path})
		}
		if err := in.place(ctx, known, p, a, counted); err != nil {
			return err
		}
	}
	return records.FirstError(in.flush(ctx, true), in.keepLoose(ctx, loose))
}

// putAway returns the sums of files that a person put away: by whatever path they come again, they are nobody's.
func putAway(settled map[string]settlement) map[string]bool {
	out := map[string]bool{}
	for _, s := range settled {
		if s.Dropped && s.Sum != "" {
			out[s.Sum] = true
		}
	}
	return out
}

// store keeps the bytes of every file before anything is settled. A file that can't be read is reported and the
// rest goes on; a dry run reads
// only those that may be copies.
func (in *intakeJob) store(ctx context.Context, s *sources, progress func(done, total int)) ([]Arrival, error) {
	known, err := in.bytesKnown(ctx, s)
	if err != nil {
		return nil, err
	}
	var out []Arrival
	for i, e := range s.files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if in.req.DryRun {
			out = append(out, in.foreseen(e, known))
			continue
		}
		a, gone, err := in.storeFile(ctx, e)
		if err != nil {
			return nil, named(err, e.Path)
		}
		if gone != nil {
			in.tellGone(e.Path, gone)
			continue
		}
		out = append(out, a)
		if progress != nil {
			progress(i+1, len(s.files))
		}
	}
	return out, nil
}

// tellGone notes a file that broke off or went away while it was read.
func (in *intakeJob) tellGone(at string, err error) {
	text, args := "import.unreadable_file", judging.Args(nil)
	var told *judging.Error
	if errors.As(err, &told) {
		text, args = told.Text, told.Args
	}
	in.report.Files.Unread++
	in.report.Loose = append(in.report.Loose, LooseFile{Path: at, Text: text, Args: args})
}

// waiting returns the files of earlier intakes that no work has, all that was decided of files, and the paths of files
// that waited before, by their bytes.
func (in *intakeJob) waiting(
	ctx context.Context, came []Arrival,
) (left []Arrival, settled map[string]settlement, before map[string]string, err error) {
	s, err := records.View(ctx, in.office.rec.DB, func(tx store.Tx) (fileState, error) {
		// Without any file there is nothing to weigh: the works of a long list are not read again.
		if n, err := arrivals.Count(tx); err != nil || n+len(came) == 0 {
			return fileState{}, err
		}
		return loadFiles(tx)
	})
	if err != nil {
		return nil, nil, nil, err
	}
	now := map[string]bool{}
	decided := byPathAndSize(s.settled)
	for i, a := range came {
		if in.req.DryRun {
			at := pathAndSize{a.Path, a.File.Bytes}
			if before, met := s.came[at]; met {
				came[i].ID, came[i].File.Sum = before.ID, before.File.Sum
			}
			if d := decided[at]; d.ID != "" {
				came[i].ID, came[i].File.Sum = d.ID, d.Sum
			}
		}
		now[came[i].ID] = true
	}
	before = map[string]string{}
	for _, a := range s.waiting {
		if at, met := before[a.File.Sum]; !met || now[a.ID] && at != a.Path {
			before[a.File.Sum] = a.Path
		}
	}
	left = slices.DeleteFunc(s.waiting, func(a Arrival) bool { return now[a.ID] })
	return left, s.settled, before, nil
}

// place attaches a file, or says why not. counted says that it came with this import and was not put away before.
func (in *intakeJob) place(ctx context.Context, k knownWorks, p match.Pair, a Arrival, counted bool) error {
	row, there := k.sums[a.File.Sum]
	if p.Fit != match.Matched && !there {
		if counted {
			in.tallyFile(a.Path, p)
		}
		return nil
	}
	if counted {
		in.report.Files.Matched++
		if p.Fit != match.Matched { // another sender may have sent it, who has not sent that work
			in.copies(a.Path, "import.copy_in", judging.Args{"Title": k.works[row].Title})
		}
	}
	if hasSum(k.works[p.Row], a.File.Sum) || p.Fit != match.Matched {
		return nil
	}
	if in.stage.Judged[k.works[p.Row].ID] { // judges have seen it as it is
		in.report.Loose = append(in.report.Loose, LooseFile{Path: a.Path, Text: "import.file_late"})
		return nil
	}
	if in.req.DryRun {
		return nil
	}
	w := &k.works[p.Row]
	w.Files = append(slices.Clone(w.Files), a.File)
	k.sums[a.File.Sum] = p.Row
	in.report.Files.Attached++
	in.hold(*w, in.fresh.held[w.ID].isNew)
	return in.flush(ctx, false)
}

// visible lists all works as this intake sees them.
func (in *intakeJob) visible(ctx context.Context) ([]judging.Work, error) {
	return records.View(ctx, in.office.rec.DB, func(tx store.Tx) ([]judging.Work, error) {
		var out []judging.Work
		if in.req.DryRun {
			for _, h := range in.fresh.held {
				if h.isNew {
					out = append(out, h.work)
				}
			}
			slices.SortFunc(out, func(a, b judging.Work) int { return strings.Compare(string(a.ID), string(b.ID)) })
		}
		err := records.Works.Each(tx, func(r records.WorkRecord) error {
			w, ok, err := in.load(tx, r.ID)
			if ok {
				out = append(out, w)
			}
			return err
		})
		return out, err
	})
}

// tellCopy counts and tells a file that is recognised as one that is there, and is not counted otherwise.
func (in *intakeJob) tellCopy(at, text string, args judging.Args) {
	in.report.Files.Copies++
	in.copies(at, text, args)
}

func (in *intakeJob) copies(at, text string, args judging.Args) {
	in.report.Copies = append(in.report.Copies, LooseFile{Path: at, Text: text, Args: args})
}

func (in *intakeJob) tallyFile(file string, p match.Pair) {
	switch p.Fit {
	case match.Doubtful:
		in.report.Files.Doubtful++
	default:
		in.report.Files.Unmatched++
	}
	in.report.Loose = append(in.report.Loose, LooseFile{
		Path: file,
		Text: p.Reason,
		Args: judging.Args{"Count": len(p.Offers)},
	})
}
