package doubleentry

import (
	"context"
	"errors"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/score"
	"fayi/judging/store"
)

// VerifyReport says what a list of totals typed again brought.
type VerifyReport struct {
	File     string            `json:"file"`
	Read     int               `json:"read"` // totals
	Equal    int               `json:"equal"`
	Differs  []Verification    `json:"differs"`
	Problems []judging.Problem `json:"problems"` // rows left out
	Sheets   ledger.Accounts   `json:"sheets"`   // what became of every row with text, sheet by sheet
}

// VerifyScores reads a list of codes and totals that a second person typed from a judge's paper, csv or a workbook,
// and keeps each as VerifyScore does. Reading the list again changes nothing. Errors: as VerifyScore without what
// concerns one row, which is a problem of the report; Invalid for a file that is no such list.
func (o Stage) VerifyScores(ctx context.Context, judge judging.JudgeID, path, by string) (VerifyReport, error) {
	out := VerifyReport{File: filepath.Base(path), Differs: []Verification{}, Problems: []judging.Problem{}}
	if by = judging.Tidy(by); by == "" {
		return out, judging.Fail(judging.Invalid, "verify.needs_name", nil)
	}
	if _, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (judging.Judge, error) {
		return records.LoadJudge(tx, judge)
	}); err != nil {
		return out, err
	}
	list, err := score.ReadTotals(ctx, path, out.File)
	if err != nil {
		return out, err
	}
	rows := list.Totals
	out.Problems, out.Sheets = append(out.Problems, list.Problems...), list.Sheets
	kept, refused := make([]Verification, len(rows)), make([]error, len(rows))
	cost := func(int) (int, int) { return 4, 1 << 13 }
	err = store.Bulk(ctx, o.rec.In(records.Scoring), len(rows), cost, func(tx store.Tx, i int) error {
		kept[i], refused[i] = o.keepSecond(tx, judge, string(rows[i].Code), secondTotal{Total: rows[i].Total, By: by})
		switch judging.CodeOf(refused[i]) {
		case judging.Invalid, judging.NotFound, judging.Clash:
			return nil // nothing was written
		}
		return refused[i]
	}, nil)
	if err != nil {
		return out, err
	}
	for i, v := range kept {
		out.add(rows[i], v, refused[i])
	}
	o.rec.Changes.Ring()
	return out, out.Sheets.Check()
}

func (r *VerifyReport) add(row score.TypedTotal, v Verification, err error) {
	var e *judging.Error
	switch {
	case errors.As(err, &e):
		r.Problems = append(r.Problems, judging.Problem{Place: row.Place, Text: e.Text, Args: e.Args, Fatal: true})
		r.Sheets.Refuse(row.Place.File, row.Place.Sheet)
		return
	case v.State == VerifyDiffers:
		r.Differs = append(r.Differs, v)
	case v.State == VerifyEqual:
		r.Equal++
	}
	r.Read++
}
