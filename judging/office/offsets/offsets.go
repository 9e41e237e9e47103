// Package offsets adds points of the office to the official scores of works, or takes some off, with a reason. It
// stands between scoring, whose marks it never touches, and the results, which count what it keeps.
package offsets

import (
	"context"
	"errors"
	"math"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Stage keeps the offsets of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the offsets of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// most is the largest offset in points, either way.
const most = 1000

// Offset 加减分 is one act of the office, with the work as people know it.
type Offset struct {
	records.Offset
	Code  judging.WorkCode `json:"code"`
	Title string           `json:"title"`
}

// Give adds points to the official score that a work, named by identity or code, has in the present round; below 0 it
// takes them off. Several add up; a score never falls below 0. Errors: NotFound for the work, Invalid without a reason,
// for 0, for more than 1,000 points or for parts below a ten-thousandth, Closed under a notice.
func (o Stage) Give(ctx context.Context, work string, points float64, reason string) (out Offset, err error) {
	err = o.rec.Change(ctx, records.Scoring, func(tx store.Tx) (err error) {
		out, err = GiveIn(o.rec, tx, work, points, reason)
		return err
	})
	return out, err
}

// GiveIn is Give within a transaction that may write scores.
func GiveIn(
	rec *records.Records, tx store.Tx, work string, points float64, reason string,
) (out Offset, err error) {
	reason = judging.Tidy(reason)
	switch {
	case reason == "":
		return out, judging.Fail(judging.Invalid, "offset.needs_reason", nil)
	case !(math.Abs(points) <= most) || points == 0 || judging.Exact(points).Float() != points:
		return out, judging.Fail(judging.Invalid, "offset.bad_points", judging.Args{"Most": most})
	}
	w, err := findWork(tx, work)
	if err != nil {
		return out, err
	}
	c, err := records.LoadContest(tx)
	if err != nil {
		return out, err
	}
	n, err := records.Take(tx, "offset", 1)
	if err != nil {
		return out, err
	}
	out = Offset{Code: w.Code, Title: w.Title, Offset: records.Offset{
		ID: judging.Serial("f", 4, n), Round: c.Round, Work: w.ID, Points: points, Reason: reason,
		By: rec.Actor, At: rec.Now().UTC(),
	}}
	return out, records.FirstError(
		records.Offsets.Put(tx, out.Offset), rec.Log(tx, "scores.offset", string(w.ID), nil, out.Offset),
	)
}

// Recall takes an offset back, with a reason; it is kept to be looked up. Errors: NotFound for one that does not count
// any more, Invalid without a reason, Closed under a notice.
func (o Stage) Recall(ctx context.Context, id, reason string) error {
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error { return RecallIn(o.rec, tx, id, reason) })
}

// RecallIn is Recall within a transaction that may write scores.
func RecallIn(rec *records.Records, tx store.Tx, id, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "offset.needs_reason", nil)
	}
	f, err := records.Offsets.Get(tx, id)
	if errors.Is(err, judging.ErrNotFound) || err == nil && f.Recalled != "" {
		return judging.Fail(judging.NotFound, "offset.none", judging.Args{"Offset": id})
	}
	if err != nil {
		return err
	}
	f.Recalled = reason
	return records.FirstError(
		records.Offsets.Put(tx, f), rec.Log(tx, "scores.recall_offset", string(f.Work), nil,
			map[string]any{"offset": id, "reason": reason}),
	)
}

// List returns all offsets of all rounds, those taken back too, oldest first.
func (o Stage) List(ctx context.Context) ([]Offset, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Offset, error) {
		out := []Offset{}
		return out, records.Offsets.Each(tx, func(f records.Offset) error {
			w, err := records.LoadWork(tx, f.Work)
			out = append(out, Offset{Offset: f, Code: w.Code, Title: w.Title})
			return err
		})
	})
}

func findWork(tx store.Tx, name string) (judging.Work, error) {
	id, err := records.FindWork(tx, name)
	if err != nil {
		return judging.Work{}, err
	}
	return records.LoadWork(tx, id)
}
