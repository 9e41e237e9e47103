package intake

import (
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/media/archive"
	"fayi/judging/office/internal/identity"
	"fayi/judging/superior"
	"fayi/judging/text"
)

// BatchCorrectionName is the paper of a batch that says what of earlier batches no longer holds.
const BatchCorrectionName = "更正表.csv"

// correctionHead are its columns; the names are fixed so that every Fayi reads them.
var correctionHead = []string{
	"更正类型", "作品编号", "原批次", "原作品名称", "原作者", "原单位", "原奖项", "更正后作品名称", "更正后作者", "更正后单位", "更正后奖项",
}

// correctionWords are the kinds as the paper names them.
var correctionWords = map[superior.CorrectionKind]string{
	superior.Revoked: "撤销奖项", superior.Regrade: "改奖项", superior.Renamed: "更名",
}

// Bounds of a paper that is read.
const (
	mostCorrectionBytes = 8 << 20
	mostCorrectionRows  = 20000
)

// WriteBatchCorrections writes the paper; a BOM tells Excel its code. Errors: those of w.
func WriteBatchCorrections(w io.Writer, list []superior.Correction) error {
	rows := [][]string{correctionHead}
	for _, c := range list {
		rows = append(rows, []string{
			correctionWords[c.Kind], string(c.Before.Code), c.Batch,
			text.Guarded(c.Before.Title), text.Guarded(strings.Join(c.Before.Authors, "、")),
			text.Guarded(c.Before.Unit), c.Before.Award,
			text.Guarded(c.Now.Title), text.Guarded(strings.Join(c.Now.Authors, "、")),
			text.Guarded(c.Now.Unit), c.Now.Award,
		})
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// readBatchCorrections reads the paper. Errors: Invalid for any other file.
func readBatchCorrections(r io.Reader, file string) ([]superior.Correction, error) {
	bad := func(err error) error {
		return judging.Fail(judging.Invalid, "batch.bad_corrections", judging.Args{"File": file}).Because(err)
	}
	c := csv.NewReader(io.LimitReader(r, mostCorrectionBytes))
	c.FieldsPerRecord = len(correctionHead)
	var out []superior.Correction
	for first := true; ; first = false {
		row, err := c.Read()
		if err == io.EOF && !first {
			return out, nil
		}
		if err != nil || len(out) == mostCorrectionRows {
			return nil, bad(err)
		}
		if row[0] = strings.TrimPrefix(row[0], "\ufeff"); first {
			if !slices.Equal(row, correctionHead) {
				return nil, bad(nil)
			}
			continue
		}
		x := superior.Correction{Batch: row[2], Before: saidOf(row[1], row[3:7]), Now: saidOf(row[1], row[7:11])}
		for kind, word := range correctionWords {
			if word == row[0] {
				x.Kind = kind
			}
		}
		if x.Kind == "" || x.Before.Title == "" || x.Kind != superior.Revoked && x.Now.Title == "" {
			return nil, bad(nil)
		}
		out = append(out, x)
	}
}

func saidOf(code string, cells []string) superior.Said {
	return superior.Said{
		Code:    judging.WorkCode(code),
		Title:   text.Unguarded(cells[0]),
		Authors: judging.SplitNames(text.Unguarded(cells[1])),
		Unit:    text.Unguarded(cells[2]),
		Award:   cells[3],
	}
}

// applyCorrections changes the works of which the offices below say that what they reported no longer holds. A
// correction that finds no work, or one that judges have and that would leave, is a rejected row.
func (in *intakeJob) applyCorrections(ctx context.Context, s *sources) error {
	for _, e := range s.corrections {
		f, err := e.Open()
		if err != nil {
			return err
		}
		list, err := readBatchCorrections(f, e.Path)
		f.Close()
		if err != nil {
			return err
		}
		if err := in.flush(ctx, true); err != nil {
			return err
		}
		works, err := in.visible(ctx)
		if err != nil {
			return err
		}
		for i, c := range list {
			in.applyCorrection(e, i+2, c, works)
		}
	}
	return nil
}

func (in *intakeJob) applyCorrection(e archive.Entry, row int, c superior.Correction, works []judging.Work) {
	out := RowReport{
		Place:  judging.Place{File: e.Path, Row: row},
		Title:  c.Before.Title,
		Status: judging.RowRejected,
	}
	defer func() {
		in.report.Add(out.Status)
		in.report.Rows = append(in.report.Rows, out)
	}()
	at, done := correctedWork(works, c)
	switch {
	case at < 0 && done:
		out.Status = judging.RowUnchanged
		return
	case at < 0:
		in.refuses(&out, "batch.correction_unknown")
		return
	}
	old := in.asHeld(works[at])
	out.Work = old.ID
	next, err := afterCorrection(old, c)
	switch {
	case err != nil:
		in.refuses(&out, textOf(err))
		return
	case next.Status != old.Status && (in.stage.Judged[old.ID] || in.stage.Round > 1):
		in.refuses(&out, "batch.correction_judged")
		return
	case in.leaves(judging.RowChanged, out.Place):
		out.Status = judging.RowLeft
		return
	case next.Status == old.Status && in.refusesChange(old, next, &out):
		return
	}
	out.Changes = old.Changes(next)
	if next.Status != old.Status {
		out.Changes = append(out.Changes, judging.WorkChange{
			Field: "status", Old: string(old.Status), New: string(next.Status),
		})
	}
	if out.Status = judging.RowUnchanged; len(out.Changes) > 0 {
		out.Status = judging.RowChanged
		in.hold(next, in.fresh.held[next.ID].isNew)
		in.revise(old, next)
	}
}

// correctedWork finds the one work that a correction means by what was reported of it. done says that a work already
// is as the correction says.
func correctedWork(works []judging.Work, c superior.Correction) (at int, done bool) {
	at = -1
	for i, w := range works {
		if reads(w, c.Now) && (c.Now.Award == "" || w.More["award"] == c.Now.Award) && c.Kind != superior.Revoked {
			done = true
		}
		if !reads(w, c.Before) {
			continue
		}
		if at >= 0 {
			return -1, false
		}
		at = i
	}
	return at, done
}

// reads reports whether a work is what was said of one.
func reads(w judging.Work, s superior.Said) bool {
	return judging.Fold(w.Title) == judging.Fold(s.Title) && identity.SameNames(w.Authors, s.Authors) &&
		(s.Unit == "" || judging.Fold(w.Unit) == judging.Fold(s.Unit))
}

// afterCorrection is a work as a correction says that it is. Of one whose award was revoked the sender takes back the
// recommendation: it is withdrawn.
func afterCorrection(w judging.Work, c superior.Correction) (judging.Work, error) {
	if c.Kind == superior.Revoked {
		w.Status, w.Reason = judging.Withdrawn, correctionWords[c.Kind]
		return w, nil
	}
	var err error
	for _, f := range []struct{ field, value string }{
		{"title", c.Now.Title}, {"authors", strings.Join(c.Now.Authors, "、")}, {"unit", c.Now.Unit},
	} {
		if f.value == "" {
			continue
		}
		if w, err = w.With(f.field, f.value); err != nil {
			return w, err
		}
	}
	if c.Now.Award != "" {
		w = w.Merge(judging.Work{More: map[string]string{"award": c.Now.Award}, Source: w.Source})
	}
	return w, nil
}
