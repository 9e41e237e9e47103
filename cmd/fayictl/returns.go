package main

import (
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/review"
)

func reportReturns(c *call) error {
	fs := c.flags()
	out := fs.String("out", "", "")
	by := fs.String("by", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" {
		return firstError(err, c.misused(""))
	}
	var req review.ReturnsRequest
	if *by != "" {
		if req.By, err = time.Parse(time.DateOnly, *by); err != nil {
			return judging.Fail(judging.Invalid, "returns.bad_date", judging.Args{"Value": *by})
		}
	}
	return c.with(args[0], func(o *office.Office) error {
		r, err := o.Review().ReportReturns(c.ctx, *out, req, c.text.T)
		if err != nil {
			return err
		}
		return c.answer(r, func() { c.say("cli.returns_written", judging.Args{"N": r.Works, "Units": r.Units, "Path": *out}) })
	})
}
