package intake

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// GoneWork is a work of an earlier form of a list that its new form has no row for.
type GoneWork struct {
	Work      judging.WorkID   `json:"work"`
	Code      judging.WorkCode `json:"code"`
	Title     string           `json:"title"`
	Authors   []string         `json:"authors"`
	Unit      string           `json:"unit"`
	Place     judging.Place    `json:"place"`     // where it stood
	Withdrawn bool             `json:"withdrawn"` // by this import
}

// leaves reports whether a row stays out by the user's choice.
func (in *intakeJob) leaves(status judging.RowStatus, at judging.Place) bool {
	if slices.Contains(in.req.Leave, status) {
		return true
	}
	return len(in.req.Only) > 0 && !slices.ContainsFunc(in.req.Only, func(p judging.Place) bool {
		return p.Row == at.Row && (p.File == "" || p.File == at.File) && (p.Sheet == "" || p.Sheet == at.Sheet)
	})
}

// settleGone finds the works that are gone and withdraws those the user chose.
func (in *intakeJob) settleGone(ctx context.Context) error {
	gone, err := in.gone(ctx)
	if err != nil {
		return err
	}
	every := slices.Contains(in.req.Withdraw, EveryGone)
	if len(in.req.Withdraw) > 0 && judging.Tidy(in.req.Reason) == "" {
		return judging.Fail(judging.Invalid, "works.needs_reason", nil)
	}
	for _, w := range gone {
		g := GoneWork{
			Work:    w.ID,
			Code:    w.Code,
			Title:   w.Title,
			Authors: listed(w.Authors),
			Unit:    w.Unit,
			Place:   w.Source,
		}
		if g.Withdrawn = every || slices.Contains(in.req.Withdraw, w.ID); g.Withdrawn {
			w.Status, w.Reason = judging.Withdrawn, judging.Tidy(in.req.Reason)
			in.hold(w, false)
		}
		in.report.Gone = append(in.report.Gone, g)
	}
	return nil
}

// withdrawn counts the works that this import withdraws.
func (in *intakeJob) withdrawn() int {
	n := 0
	for _, g := range in.report.Gone {
		if g.Withdrawn {
			n++
		}
	}
	return n
}

// gone lists the works that stood in an earlier form of a list read now and have no row in it. A list is an earlier
// form of another when it has the same name and at least one work is in both, or another name and at least half of
// its works are in the new one: a supplement names few of what came before.
func (in *intakeJob) gone(ctx context.Context) ([]judging.Work, error) {
	if in.known.Empty() {
		return nil, nil
	}
	met := map[judging.WorkID]bool{}
	books := map[string]bool{}
	for _, r := range in.report.Rows {
		books[r.File] = true
		met[r.Work] = true
		if r.Status == judging.RowRejected {
			met[in.known.At(r.Place)] = true // it is there, if wrong
		}
	}
	return records.View(ctx, in.office.rec.DB, func(tx store.Tx) ([]judging.Work, error) {
		all, err := records.AllWorks(tx, func(w judging.Work) bool {
			return w.Status != judging.Withdrawn && (in.req.Sheet == "" || w.Source.Sheet == in.req.Sheet)
		})
		if err != nil {
			return nil, err
		}
		here, had := map[string]int{}, map[string]int{}
		for _, w := range all {
			had[w.Source.File]++
			if met[w.ID] {
				here[w.Source.File]++
			}
		}
		return slices.DeleteFunc(all, func(w judging.Work) bool {
			file := w.Source.File
			again := books[file] && here[file] > 0 || 2*here[file] >= had[file]
			return met[w.ID] || !again
		}), nil
	})
}
