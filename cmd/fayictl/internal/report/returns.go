package report

import (
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office"
	"fayi/judging/office/review"
)

func reportReturns(cmd *command.Command) command.Handler {
	cmd.Use("report returns CONTEST", "report returns 2020.fayi --out 退回单 --by 2020-05-31")
	out := cmd.Must("out", "DIR", "flag.out_dir")
	cmd.Set()
	by := cmd.Str("by", "DAY", "flag.by_day")
	return func(c *command.Call, args []string) (command.Result, error) {
		var req review.ReturnsRequest
		if *by != "" {
			day, err := day.Parse(*by, time.Now())
			if err != nil {
				return command.Result{}, err
			}
			req.By, _ = time.Parse(time.DateOnly, day) // as day.Parse writes it
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			r, err := o.Review().ReportReturns(c.Ctx, *out, req, c.Text.T)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(r, func(pr *command.Printer) {
				pr.Say("cli.returns_written", judging.Args{"N": r.Works, "Units": r.Units, "Path": *out})
			})
		})
	}
}
