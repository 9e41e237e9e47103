package main

import (
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/review"
)

func reportReturns(cmd *command) handler {
	cmd.use("report returns CONTEST", "report returns 2020.fayi --out 退回单 --by 2020-05-31")
	out := cmd.must("out", "DIR", "flag.out_dir")
	by := cmd.str("by", "DAY", "flag.by_day")
	return func(c *call, args []string) (result, error) {
		var req review.ReturnsRequest
		if *by != "" {
			day, err := judging.ParseDay(*by, time.Now())
			if err != nil {
				return result{}, err
			}
			req.By, _ = time.Parse(judging.DayForm, day) // as ParseDay writes it
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			r, err := o.Review().ReportReturns(c.ctx, *out, req, c.text.T)
			if err != nil {
				return result{}, err
			}
			return answer(r, func(pr *printer) {
				pr.say("cli.returns_written", judging.Args{"N": r.Works, "Units": r.Units, "Path": *out})
			})
		})
	}
}
