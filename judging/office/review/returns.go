package review

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/sheet/paper"
)

// ReturnsRequest says how the lists of works that go back are to look.
type ReturnsRequest struct {
	By time.Time // until when corrections are taken; zero leaves it open
}

// ReturnsReport says what was written.
type ReturnsReport struct {
	Works int      `json:"works"`
	Units int      `json:"units"`
	Files []string `json:"files"` // names in the folder, the list of all first
}

// ReportReturns writes into the folder dir, which is made, one workbook of all returned and rejected works and one
// for each sender with its own: title, author, what is wrong, what to do, by when. A file of the same name is
// replaced. Equal works give equal bytes on the same day. Errors: Closed when no work goes back, Unavailable.
func (o Stage) ReportReturns(
	ctx context.Context, dir string, req ReturnsRequest, words paper.Words,
) (ReturnsReport, error) {
	var r ReturnsReport
	c, err := o.rec.Contest(ctx)
	if err != nil {
		return r, err
	}
	list, err := o.goingBack(ctx)
	if err != nil {
		return r, err
	}
	now := o.rec.Now()
	printed := paper.ReturnList{
		Title:     words("returns.title", map[string]any{"Contest": c.Name}),
		Host:      c.Host,
		Date:      records.ChineseDate(now),
		Rehearsal: c.Rehearsal,
		Unit:      true,
		Note:      words("returns.note_all", map[string]any{"N": len(list)}),
	}
	taken := map[string]bool{}
	write := func(put sets.Put, name string, works []judging.Work) error {
		printed.Rows = nil
		for _, w := range works {
			printed.Rows = append(printed.Rows, returnRow(w, req, words))
		}
		name = freeName(records.FileName(name), taken) + ".xlsx"
		r.Files = append(r.Files, name)
		return put(name, func(w io.Writer) error { return paper.WriteReturnList(w, printed, words) })
	}
	err = sets.Write(ctx, dir, func(put sets.Put) error {
		if err := write(put, words("returns.file_all", nil), list); err != nil {
			return err
		}
		printed.Unit = false
		for from := 0; from < len(list); {
			unit, to := senderOf(list[from]), from
			for to < len(list) && senderOf(list[to]) == unit {
				to++
			}
			if unit == "" {
				unit = words("returns.no_unit", nil)
			}
			printed.Note = words("returns.note", map[string]any{"Unit": unit, "N": to - from})
			if err := write(put, words("returns.file", map[string]any{"Unit": unit}), list[from:to]); err != nil {
				return err
			}
			r.Units++
			from = to
		}
		return nil
	})
	if err != nil {
		return ReturnsReport{}, err
	}
	r.Works = len(list)
	return r, nil
}

// goingBack lists the returned and rejected works by sender. Errors: Closed when there are none.
func (o Stage) goingBack(ctx context.Context) ([]judging.Work, error) {
	list, err := o.rec.Works(ctx, records.WorkFilter{})
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(w judging.Work) bool {
		return w.Status != judging.Returned && w.Status != judging.Rejected
	})
	if len(list) == 0 {
		return nil, judging.Fail(judging.Closed, "returns.none", nil)
	}
	slices.SortStableFunc(list, func(a, b judging.Work) int {
		return cmp.Or(
			strings.Compare(senderOf(a), senderOf(b)), strings.Compare(string(b.Status), string(a.Status)),
			strings.Compare(string(a.Code), string(b.Code)),
		)
	})
	return list, nil
}

// senderOf is who is informed about a work: who sent it, or the author's unit.
func senderOf(w judging.Work) string { return cmp.Or(w.Sender, w.Unit) }

// freeName keeps names apart that differ only in what file systems ignore.
func freeName(name string, taken map[string]bool) string {
	free := name
	for n := 2; taken[strings.ToLower(free)]; n++ {
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	taken[strings.ToLower(free)] = true
	return free
}

// returnRow says in words what is wrong with a work and what is to be done about it: nothing for one that was
// rejected.
func returnRow(w judging.Work, req ReturnsRequest, words paper.Words) paper.ReturnRow {
	row := paper.ReturnRow{
		Code:     string(w.Code),
		Title:    w.Title,
		Authors:  strings.Join(w.Authors, "、"),
		Category: strings.TrimSpace(w.Category + " " + w.Group),
		Unit:     senderOf(w),
		Finding:  words("work.status_"+string(w.Status), nil),
	}
	var problems, todo []string
	for _, r := range w.Reasons {
		if r != judging.ReasonOther {
			problems = append(problems, words("review.because_"+string(r), nil))
			todo = append(todo, words("returns.todo_"+string(r), nil))
		}
	}
	if w.Reason != "" {
		problems = append(problems, w.Reason)
	}
	row.Problem = strings.Join(problems, "；")
	switch {
	case w.Status == judging.Rejected:
		row.Todo = words("returns.todo_rejected", nil)
		return row
	case len(todo) == 0:
		todo = []string{words("returns.todo_other", nil)}
	}
	row.Todo = strings.Join(todo, "；")
	if !req.By.IsZero() {
		row.By = records.ChineseDate(req.By)
	}
	return row
}
