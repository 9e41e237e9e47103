package office

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/media"
	"fayi/judging/store"
)

// FileTally counts files by whether a work was found for them.
type FileTally struct {
	Matched   int `json:"matched"`
	Doubtful  int `json:"doubtful"`
	Unmatched int `json:"unmatched"`
	Attached  int `json:"attached"` // of the matched, those not attached before
}

// LooseFile is a file that was not attached, with the reason as a catalogue text.
type LooseFile struct {
	Path string       `json:"path"`
	Text string       `json:"code"`
	Args judging.Args `json:"args,omitempty"`
}

// attach finds the work of each media file, stores its bytes and notes it in the work, all under the pending intake.
func (in *intakeJob) attach(ctx context.Context, s *sources, progress func(done, total int)) error {
	if len(s.files) == 0 {
		return nil
	}
	known, err := in.visible(ctx)
	if err != nil {
		return err
	}
	rows := make([]media.Row, len(known))
	for i, w := range known {
		rows[i] = media.Row{Number: w.Number, Title: w.Title, Authors: w.Authors, FileName: w.FileName, Category: w.Category,
			Units: []string{w.Unit, w.Sender}, From: w.Source.File}
	}
	candidates := make([]media.Candidate, len(s.files))
	for i, f := range s.files {
		candidates[i] = media.Candidate{Path: f.Path}
	}
	for i, p := range media.Match(rows, candidates) {
		if p.Fit != media.Matched || in.req.DryRun {
			in.tallyFile(s.files[i].Path, p)
			continue
		}
		if err := in.attachOrTell(ctx, &known[p.Row], s.files[i]); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(s.files))
		}
	}
	return in.flush(ctx, true)
}

// visible lists all works as this intake sees them.
func (in *intakeJob) visible(ctx context.Context) ([]judging.Work, error) {
	return view(ctx, in.office.db, func(tx store.Tx) ([]judging.Work, error) {
		var out []judging.Work
		if in.req.DryRun {
			for _, h := range in.fresh.held {
				if h.isNew {
					out = append(out, h.work)
				}
			}
			slices.SortFunc(out, func(a, b judging.Work) int { return strings.Compare(string(a.ID), string(b.ID)) })
		}
		err := works.Each(tx, func(r workRecord) error {
			w, ok, err := in.load(tx, r.ID)
			if ok {
				out = append(out, w)
			}
			return err
		})
		return out, err
	})
}

func (in *intakeJob) tallyFile(file string, p media.Pair) {
	switch p.Fit {
	case media.Matched:
		in.report.Files.Matched++
		return
	case media.Doubtful:
		in.report.Files.Doubtful++
	default:
		in.report.Files.Unmatched++
	}
	in.report.Loose = append(in.report.Loose, LooseFile{Path: file, Text: p.Reason, Args: judging.Args{"Count": len(p.Rows)}})
}

// attachOrTell attaches a file. One that is damaged itself, as when its archive came torn, is told and the rest goes on.
func (in *intakeJob) attachOrTell(ctx context.Context, w *judging.Work, e media.Entry) error {
	err := in.attachFile(ctx, w, e)
	var told *judging.Error
	switch {
	case err == nil:
		in.report.Files.Matched++
		return nil
	case errors.As(err, &told) && told.Code == judging.Invalid:
		in.report.Files.Unmatched++
		in.report.Loose = append(in.report.Loose, LooseFile{Path: e.Path, Text: told.Text, Args: told.Args})
		return nil
	}
	return named(err, e.Path)
}

// attachFile stores one file and adds it to the work, unless the same bytes are there already. w is kept up to date for its next file.
func (in *intakeJob) attachFile(ctx context.Context, w *judging.Work, e media.Entry) error {
	kind, err := e.Kind()
	if err != nil {
		return err
	}
	r, err := e.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	blob, err := in.office.blobs.Put(ctx, r)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(w.Files, func(f judging.File) bool { return f.Sum == blob.Sum }) {
		return nil
	}
	w.Files = append(slices.Clone(w.Files), judging.File{Name: path.Base(e.Path), Kind: string(kind), Bytes: blob.Size, Sum: blob.Sum})
	in.report.Files.Attached++
	in.hold(*w, in.fresh.held[w.ID].isNew, keyHash(w.Key()))
	return in.flush(ctx, false)
}
