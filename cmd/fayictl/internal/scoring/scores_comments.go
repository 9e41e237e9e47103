package scoring

import (
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/comments"
)

func scoresComments(cmd *command.Command) command.Handler {
	cmd.Use("scores comments CONTEST", "scores comments 2020.fayi --out 评语.xlsx")
	work := cmd.Str("work", "W", "flag.work")
	out := cmd.Str("out", "FILE.xlsx", "flag.out_comments")
	cmd.Limit(command.AtMostOne, "work", "out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *out != "" {
			n, err := o.Comments().ReportComments(c.Ctx, *out, c.Text.T)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(map[string]any{"comments": n, "file": *out}, func(pr *command.Printer) {
				pr.Say("cli.comments_written", judging.Args{"N": n, "Path": *out})
			})
		}
		all, err := o.Comments().ListComments(c.Ctx, *work)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) { printComments(pr, all) })
	})
}

func printComments(pr *command.Printer, all []comments.Comment) {
	rows := [][]string{pr.Head("code", "title", "judge", "name", "comment", "note")}
	for _, x := range all {
		var notes []string
		for _, n := range []struct {
			is  bool
			key string
		}{
			{x.Trial, "comments.trial"}, {x.Void, "comments.void"}, {x.Older, "comments.older"},
			{x.Pending, "comments.pending"}, {x.Undone, "comments.undone"},
		} {
			if n.is {
				notes = append(notes, pr.Text.T(n.key, nil))
			}
		}
		note := strings.Join(notes, " ")
		rows = append(rows, []string{string(x.Code), x.Title, string(x.Judge), x.Name, x.Text, note})
	}
	pr.Table(rows)
}
