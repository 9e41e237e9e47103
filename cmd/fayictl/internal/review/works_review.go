package review

import (
	"slices"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

// ReviewCommands are the commands that decide whether a work takes part.
var ReviewCommands = []command.Declaration{worksReview}

// worksReview reviews works, lists those that wait for it or what was found of one, or takes reviews back.
func worksReview(cmd *command.Command) command.Handler {
	cmd.Use("works review CONTEST",
		"works review 2020.fayi --work w000012,w000013 --status returned --because incomplete")
	works := cmd.Str("work", "W,...", "flag.works_reviewed")
	status := cmd.Str("status", "accepted|returned|rejected|withdrawn", "flag.status_given")
	because := cmd.Str("because", "REASON,...", "flag.because")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	waiting := cmd.Yes("waiting", "flag.waiting")
	undo := cmd.Yes("undo", "flag.undo")
	batch := cmd.Num("batch", "N", "flag.batch", 0)
	history := cmd.Str("history", "W", "flag.history")
	cmd.Limit(command.ExactlyOne, "work", "waiting", "undo", "history")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
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

func reviewWorks(c *command.Call, o *office.Office, works []string, f judging.Finding) (command.Result, error) {
	var ids []judging.WorkID
	for _, name := range works {
		w, err := o.Work(c.Ctx, name)
		if err != nil {
			return command.Result{}, err
		}
		ids = append(ids, w.ID)
	}
	r, err := o.Review().ReviewWorks(c.Ctx, ids, f)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(r, func(pr *command.Printer) {
		pr.Say("cli.works_reviewed", judging.Args{"N": len(r.Reviewed),
			"Status": pr.Text.T("work.status_"+string(f.Status), nil), "Refused": len(r.Refused)})
	})
}

func listWaiting(c *command.Call, o *office.Office) (command.Result, error) {
	list, err := o.Review().WaitingWorks(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(command.WorksOf(list), func(pr *command.Printer) {
		rows := [][]string{pr.Head("id", "code", "title", "category", "unit", "state")}
		for _, w := range list {
			rows = append(rows, []string{string(w.ID), string(w.Code), w.Title, w.Category, w.Unit,
				pr.Text.T("work.status_"+string(w.Status), nil)})
		}
		pr.Table(rows)
		pr.Say("cli.works_waiting", judging.Args{"N": len(list)})
	})
}

func undoReview(c *command.Call, o *office.Office, batch int) (command.Result, error) {
	ids, err := o.Review().UndoReview(c.Ctx, batch)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(map[string]any{"works": ids}, func(pr *command.Printer) {
		pr.Say("cli.review_undone", judging.Args{"N": len(ids)})
	})
}

func listReviews(c *command.Call, o *office.Office, work string) (command.Result, error) {
	w, err := o.Work(c.Ctx, work)
	if err != nil {
		return command.Result{}, err
	}
	all, err := o.Review().ReviewHistory(c.Ctx, w.ID)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(all, func(pr *command.Printer) {
		rows := [][]string{pr.Head("at", "state", "reason")}
		for _, r := range all {
			state := pr.Text.T("work.status_"+string(r.After.Status), nil)
			if r.Undone {
				state = pr.Text.T("review.undone_to", map[string]any{"Status": state})
			}
			rows = append(rows, []string{r.At.Local().Format("2006-01-02 15:04"), state, findingText(pr, r.After)})
		}
		pr.Table(rows)
	})
}

// findingText tells the reasons of a finding in words.
func findingText(pr *command.Printer, f judging.Finding) string {
	var out []string
	for _, r := range f.Reasons {
		if r != judging.ReasonOther {
			out = append(out, pr.Text.T("review.because_"+string(r), nil))
		}
	}
	return strings.Join(slices.DeleteFunc(append(out, f.Note), func(s string) bool { return s == "" }),
		pr.Text.T("kit.semicolon", nil))
}
