package report

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// said is what a batch says of a work.
func said(w judging.Work, award string) superior.Said {
	return superior.Said{Code: w.Code, Award: award, Title: w.Title, Authors: w.Authors, Unit: w.Unit}
}

// correctionsOf compares what was reported with what holds now, by the identities of works. What batches of older
// versions of the program said is not known, so they have no corrections.
func correctionsOf(tx store.Tx, now []awards.Award, r reporting) ([]superior.Correction, error) {
	award := map[judging.WorkID]string{}
	for _, a := range now {
		award[a.Work] = a.Honours()
	}
	out := []superior.Correction{}
	for _, id := range slices.Sorted(maps.Keys(r.said)) {
		before := r.said[id]
		w, err := records.LoadWork(tx, id)
		if judging.CodeOf(err) == judging.NotFound {
			w = judging.Work{
				Code: before.said.Code, Title: before.said.Title, Authors: before.said.Authors, Unit: before.said.Unit,
			}
		} else if err != nil {
			return nil, err
		}
		holds := said(w, award[id])
		if kind, changed := before.said.Correct(holds); changed {
			out = append(out, superior.Correction{
				Kind: kind, Work: id, Batch: before.batch, Before: before.said, Now: holds,
			})
		}
	}
	return out, nil
}

// correctionLine tells a correction in the letter.
func correctionLine(c superior.Correction, words paper.Words) string {
	of := func(s superior.Said) string {
		parts := []string{s.Title, strings.Join(s.Authors, "、"), s.Unit, s.Award}
		return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "，")
	}
	return words("batch.letter_"+string(c.Kind), map[string]any{"Before": of(c.Before), "Now": of(c.Now)})
}

// WithdrawBatch takes a batch back that was packed and not sent: its works may be reported again, its corrections are
// due again, and its number is not given a second time. The folder and the zip stay where they are. Errors: NotFound,
// Invalid without a reason, Closed for one that was withdrawn or answered already, Clash where a later batch corrects
// what it says.
func (o Stage) WithdrawBatch(ctx context.Context, id, reason string) (superior.Batch, error) {
	var b superior.Batch
	if reason = judging.Tidy(reason); reason == "" {
		return b, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	return b, o.rec.Change(ctx, records.Reporting, func(tx store.Tx) error {
		var err error
		if b, err = records.Batches.Get(tx, id); errors.Is(err, judging.ErrNotFound) {
			return judging.Fail(judging.NotFound, "batch.missing", judging.Args{"Batch": id})
		} else if err != nil {
			return err
		}
		if b.Withdrawn != nil || len(b.Answer) > 0 {
			return judging.Fail(judging.Closed, "batch.not_to_withdraw", nil)
		}
		err = records.Batches.EachPrefix(tx, string(b.To)+"-", func(later superior.Batch) error {
			for _, c := range later.Corrections {
				if later.Withdrawn == nil && c.Batch == b.ID {
					return judging.Fail(judging.Clash, "batch.corrected_later", nil)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		b.Withdrawn = &superior.Withdrawal{At: o.rec.Now().UTC(), By: o.rec.Actor, Reason: reason}
		if err := records.Batches.Put(tx, b); err != nil {
			return err
		}
		return o.rec.Log(tx, "report.withdraw-batch", b.ID, nil, map[string]any{"reason": reason})
	})
}
