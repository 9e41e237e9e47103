package main

import (
	"math"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

// scoresVerify lists the scores typed in sheets, takes a total typed again or a list of them, or settles a difference.
func scoresVerify(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	work := fs.String("work", "", "")
	by := fs.String("by", "", "")
	total := fs.Float64("total", math.NaN(), "")
	reason := fs.String("confirm", "", "")
	file := fs.String("file", "", "")
	args, err := c.parse(fs, 1, 1)
	ways := 0
	for _, way := range []bool{!math.IsNaN(*total), *reason != "", *file != ""} {
		if way {
			ways++
		}
	}
	list := ways == 0 && *judge == "" && *work == ""
	if err != nil || !list && (ways != 1 || *judge == "" || (*work == "") != (*file != "")) {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		switch id := judging.JudgeID(*judge); {
		case list:
			return c.listVerifications(o)
		case *file != "":
			return c.verifyFile(o, id, *file, *by)
		case *reason != "":
			return c.answered(o.Scoring().ConfirmScore(c.ctx, id, *work, *by, *reason), "verify.cli_confirmed", judging.Args{"Work": *work})
		default:
			v, err := o.Scoring().VerifyScore(c.ctx, id, *work, *total, *by)
			if err != nil {
				return err
			}
			return c.answer(v, func() { c.sayVerified(v) })
		}
	})
}

func (c *call) sayVerified(v scoring.Verification) {
	if v.State == scoring.VerifyDiffers {
		c.say("verify.cli_differs", judging.Args{"Work": v.Code, "First": judging.Exact(v.First).String(), "Second": judging.Exact(v.Second).String()})
		return
	}
	c.say("verify.cli_one", judging.Args{"Work": v.Code, "State": c.text.T("verify.state_"+string(v.State), nil)})
}

func (c *call) verifyFile(o *office.Office, judge judging.JudgeID, path, by string) error {
	r, err := o.Scoring().VerifyScores(c.ctx, judge, path, by)
	if err != nil {
		return err
	}
	return c.answer(r, func() {
		c.complain(r.Problems, 50)
		for _, v := range r.Differs {
			c.sayVerified(v)
		}
		c.say("verify.cli_file", judging.Args{"File": r.File, "Read": r.Read, "Equal": r.Equal, "Differs": len(r.Differs), "Problems": len(r.Problems)})
	})
}

func (c *call) listVerifications(o *office.Office) error {
	all, err := o.Scoring().Verifications(c.ctx)
	if err != nil {
		return err
	}
	return c.answer(all, func() {
		done, differs := 0, 0
		rows := [][]string{c.head("code", "judge", "name", "state", "total", "by", "reason")}
		for _, v := range all {
			both := ""
			switch v.State {
			case scoring.VerifyDiffers, scoring.VerifyConfirmed:
				both = judging.Exact(v.First).String() + " ≠ " + judging.Exact(v.Second).String()
			case scoring.VerifyEqual:
				both = judging.Exact(v.First).String()
			}
			if v.State == scoring.VerifyDiffers {
				differs++
			} else if v.State != scoring.VerifyWaiting {
				done++
			}
			rows = append(rows, []string{string(v.Code), string(v.Judge), v.Name, c.text.T("verify.state_"+string(v.State), nil), both, v.By, v.Reason})
		}
		c.table(rows)
		c.say("verify.cli_count", judging.Args{"Done": done, "Total": len(all), "Differs": differs})
	})
}
