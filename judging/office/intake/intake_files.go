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
}

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
	waiting, settled, err := in.waiting(ctx, files)
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
	told, away := toldOnce(pairs, files), putAway(settled)
	for _, p := range byFileName(pairs, files) {
		counted := p.File < came && told[p.File] && !away[files[p.File].File.Sum]
		if err := in.place(ctx, known, p, files[p.File], counted); err != nil {
			return err
		}
	}
	return in.flush(ctx, true)
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

// toldOnce picks of files with the same bytes, which lie in several folders, the one that is counted: the one whose
// name says most. Files whose bytes are not known count by themselves.
func toldOnce(pairs []match.Pair, files []Arrival) map[int]bool {
	best := map[string]match.Pair{}
	out := map[int]bool{}
	for _, p := range pairs {
		sum := files[p.File].File.Sum
		if sum == "" {
			out[p.File] = true
			continue
		}
		old, met := best[sum]
		if !met || p.Fit == match.Matched && old.Fit != match.Matched || p.Fit == old.Fit && p.Score > old.Score {
			best[sum] = p
		}
	}
	for _, p := range best {
		out[p.File] = true
	}
	return out
}

// byFileName sorts pairs by the names of their files, so that a series is attached in its order.
func byFileName(pairs []match.Pair, files []Arrival) []match.Pair {
	out := slices.Clone(pairs)
	slices.SortStableFunc(out, func(a, b match.Pair) int {
		return match.CompareNames(files[a.File].Path, files[b.File].Path)
	})
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

// waiting returns the files of earlier intakes that no work has, and all that was decided of files.
func (in *intakeJob) waiting(ctx context.Context, came []Arrival) ([]Arrival, map[string]settlement, error) {
	s, err := records.View(ctx, in.office.rec.DB, func(tx store.Tx) (fileState, error) {
		// Without any file there is nothing to weigh: the works of a long list are not read again.
		if n, err := arrivals.Count(tx); err != nil || n+len(came) == 0 {
			return fileState{}, err
		}
		return loadFiles(tx)
	})
	if err != nil {
		return nil, nil, err
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
	left := slices.DeleteFunc(s.waiting, func(a Arrival) bool { return now[a.ID] })
	return left, s.settled, nil
}

// place attaches a file, or says why not. counted says that it came with this import and was not put away before.
func (in *intakeJob) place(ctx context.Context, k knownWorks, p match.Pair, a Arrival, counted bool) error {
	_, there := k.sums[a.File.Sum]
	if p.Fit != match.Matched && !there {
		if counted {
			in.tallyFile(a.Path, p)
		}
		return nil
	}
	if counted {
		in.report.Files.Matched++
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
