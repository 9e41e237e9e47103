package main

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// reviewCommands are the commands that decide whether a work takes part.
var reviewCommands = []declaration{worksReview}

// worksReview reviews works, lists those that wait for it or what was found of one, or takes reviews back.
func worksReview(cmd *command) handler {
	cmd.use("works review CONTEST",
		"works review 2020.fayi --work w000012,w000013 --status returned --because incomplete")
	works := cmd.str("work", "W,...", "flag.works_reviewed")
	status := cmd.str("status", "accepted|returned|rejected|withdrawn", "flag.status_given")
	because := cmd.str("because", "REASON,...", "flag.because")
	reason := cmd.str("reason", "REASON", "flag.reason")
	waiting := cmd.yes("waiting", "flag.waiting")
	undo := cmd.yes("undo", "flag.undo")
	batch := cmd.num("batch", "N", "flag.batch", 0)
	history := cmd.str("history", "W", "flag.history")
	cmd.limit(exactlyOne, "work", "waiting", "undo", "history")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		switch {
		case *waiting:
			return listWaiting(c, o)
		case *history != "":
			return listReviews(c, o, *history)
		case *undo:
			return undoReview(c, o, *batch)
		}
		f := judging.Finding{Status: judging.WorkStatus(*status), Note: *reason}
		for _, r := range fields(*because) {
			f.Reasons = append(f.Reasons, judging.ReviewReason(r))
		}
		return reviewWorks(c, o, fields(*works), f)
	})
}

// fields splits what commas part.
func fields(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
}

func reviewWorks(c *call, o *office.Office, works []string, f judging.Finding) (result, error) {
	var ids []judging.WorkID
	for _, name := range works {
		w, err := o.Work(c.ctx, name)
		if err != nil {
			return result{}, err
		}
		ids = append(ids, w.ID)
	}
	r, err := o.Review().ReviewWorks(c.ctx, ids, f)
	if err != nil {
		return result{}, err
	}
	return answer(r, func(pr *printer) {
		pr.say("cli.works_reviewed", judging.Args{"N": len(r.Reviewed),
			"Status": pr.text.T("work.status_"+string(f.Status), nil), "Refused": len(r.Refused)})
	})
}

func listWaiting(c *call, o *office.Office) (result, error) {
	list, err := o.Review().WaitingWorks(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(worksJSON(list), func(pr *printer) {
		rows := [][]string{pr.head("id", "code", "title", "category", "unit", "state")}
		for _, w := range list {
			rows = append(rows, []string{string(w.ID), string(w.Code), w.Title, w.Category, w.Unit,
				pr.text.T("work.status_"+string(w.Status), nil)})
		}
		pr.table(rows)
		pr.say("cli.works_waiting", judging.Args{"N": len(list)})
	})
}

func undoReview(c *call, o *office.Office, batch int) (result, error) {
	ids, err := o.Review().UndoReview(c.ctx, batch)
	if err != nil {
		return result{}, err
	}
	return answer(map[string]any{"works": ids}, func(pr *printer) {
		pr.say("cli.review_undone", judging.Args{"N": len(ids)})
	})
}

func listReviews(c *call, o *office.Office, work string) (result, error) {
	w, err := o.Work(c.ctx, work)
	if err != nil {
		return result{}, err
	}
	all, err := o.Review().ReviewHistory(c.ctx, w.ID)
	if err != nil {
		return result{}, err
	}
	return answer(all, func(pr *printer) {
		rows := [][]string{pr.head("at", "state", "reason")}
		for _, r := range all {
			state := pr.text.T("work.status_"+string(r.After.Status), nil)
			if r.Undone {
				state = pr.text.T("review.undone_to", map[string]any{"Status": state})
			}
			rows = append(rows, []string{r.At.Local().Format("2006-01-02 15:04"), state, findingText(pr, r.After)})
		}
		pr.table(rows)
	})
}

// findingText tells the reasons of a finding in words.
func findingText(pr *printer, f judging.Finding) string {
	var out []string
	for _, r := range f.Reasons {
		if r != judging.ReasonOther {
			out = append(out, pr.text.T("review.because_"+string(r), nil))
		}
	}
	return strings.Join(slices.DeleteFunc(append(out, f.Note), func(s string) bool { return s == "" }),
		pr.text.T("kit.semicolon", nil))
}
