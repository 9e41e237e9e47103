package main

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// worksReview reviews works, lists those that wait for it or what was found of one, or takes reviews back.
func worksReview(c *call) error {
	fs := c.flags()
	works := fs.String("work", "", "")
	status := fs.String("status", "", "")
	because := fs.String("because", "", "")
	reason := fs.String("reason", "", "")
	waiting := fs.Bool("waiting", false, "")
	undo := fs.Bool("undo", false, "")
	batch := fs.Int("batch", 0, "")
	history := fs.String("history", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		switch {
		case *waiting:
			return c.listWaiting(o)
		case *history != "":
			return c.listReviews(o, *history)
		case *undo:
			return c.undoReview(o, *batch)
		case *works == "":
			return c.misused("")
		}
		f := judging.Finding{Status: judging.WorkStatus(*status), Note: *reason}
		for _, r := range fields(*because) {
			f.Reasons = append(f.Reasons, judging.ReviewReason(r))
		}
		return c.review(o, fields(*works), f)
	})
}

// fields splits what commas part.
func fields(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
}

func (c *call) review(o *office.Office, works []string, f judging.Finding) error {
	var ids []judging.WorkID
	for _, name := range works {
		w, err := o.Work(c.ctx, name)
		if err != nil {
			return err
		}
		ids = append(ids, w.ID)
	}
	r, err := o.Review().ReviewWorks(c.ctx, ids, f)
	if err != nil {
		return err
	}
	return c.answer(r, func() {
		c.say("cli.works_reviewed", judging.Args{"N": len(r.Reviewed), "Status": c.text.T("work.status_"+string(f.Status), nil), "Refused": len(r.Refused)})
	})
}

func (c *call) listWaiting(o *office.Office) error {
	list, err := o.Review().WaitingWorks(c.ctx)
	if err != nil {
		return err
	}
	return c.answer(worksJSON(list), func() {
		rows := [][]string{c.head("id", "code", "title", "category", "unit", "state")}
		for _, w := range list {
			rows = append(rows, []string{string(w.ID), string(w.Code), w.Title, w.Category, w.Unit, c.text.T("work.status_"+string(w.Status), nil)})
		}
		c.table(rows)
		c.say("cli.works_waiting", judging.Args{"N": len(list)})
	})
}

func (c *call) undoReview(o *office.Office, batch int) error {
	ids, err := o.Review().UndoReview(c.ctx, batch)
	if err != nil {
		return err
	}
	return c.answer(map[string]any{"works": ids}, func() { c.say("cli.review_undone", judging.Args{"N": len(ids)}) })
}

func (c *call) listReviews(o *office.Office, work string) error {
	w, err := o.Work(c.ctx, work)
	if err != nil {
		return err
	}
	all, err := o.Review().ReviewHistory(c.ctx, w.ID)
	if err != nil {
		return err
	}
	return c.answer(all, func() {
		rows := [][]string{c.head("at", "state", "reason")}
		for _, r := range all {
			state := c.text.T("work.status_"+string(r.After.Status), nil)
			if r.Undone {
				state = c.text.T("review.undone_to", map[string]any{"Status": state})
			}
			rows = append(rows, []string{r.At.Local().Format("2006-01-02 15:04"), state, c.findingText(r.After)})
		}
		c.table(rows)
	})
}

// findingText tells the reasons of a finding in words.
func (c *call) findingText(f judging.Finding) string {
	var out []string
	for _, r := range f.Reasons {
		if r != judging.ReasonOther {
			out = append(out, c.text.T("review.because_"+string(r), nil))
		}
	}
	return strings.Join(slices.DeleteFunc(append(out, f.Note), func(s string) bool { return s == "" }), c.text.T("kit.semicolon", nil))
}
