package main

import (
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

func scoresComments(cmd *command) handler {
	cmd.use("scores comments CONTEST", "scores comments 2020.fayi --out 评语.xlsx")
	work := cmd.str("work", "W", "flag.work")
	out := cmd.str("out", "FILE.xlsx", "flag.out_comments")
	cmd.limit(atMostOne, "work", "out")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *out != "" {
			n, err := o.Comments().ReportComments(c.ctx, *out, c.text.T)
			if err != nil {
				return result{}, err
			}
			return answer(map[string]any{"comments": n, "file": *out}, func(pr *printer) {
				pr.say("cli.comments_written", judging.Args{"N": n, "Path": *out})
			})
		}
		all, err := o.Comments().ListComments(c.ctx, *work)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) { printComments(pr, all) })
	})
}

func printComments(pr *printer, all []scoring.Comment) {
	rows := [][]string{pr.head("code", "title", "judge", "name", "comment", "note")}
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
				notes = append(notes, pr.text.T(n.key, nil))
			}
		}
		note := strings.Join(notes, " ")
		rows = append(rows, []string{string(x.Code), x.Title, string(x.Judge), x.Name, x.Text, note})
	}
	pr.table(rows)
}
