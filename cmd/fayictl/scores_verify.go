package main

import (
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

// scoresVerify lists the scores typed in sheets, takes a total typed again or a list of them, or settles a
// difference.
func scoresVerify(cmd *command) handler {
	cmd.use("scores verify CONTEST", "scores verify 2020.fayi --judge j001 --work w000012 --total 86.5 --by 李四")
	judge := cmd.str("judge", "J", "flag.judge")
	work := cmd.str("work", "W", "flag.work")
	by := cmd.str("by", "NAME", "flag.by_name")
	var total float64
	cmd.float(&total, "total", "N", "flag.total_again")
	reason := cmd.str("confirm", "REASON", "flag.confirm")
	file := cmd.str("file", "FILE", "flag.file_totals")
	cmd.limit(atMostOne, "total", "confirm", "file")
	cmd.limit(atMostOne, "work", "file")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		typed := cmd.has("total")
		if !typed && *reason == "" && *file == "" && *judge == "" && *work == "" {
			return listVerifications(c, o)
		}
		if err := verifyMisused(cmd, typed || *reason != "", *file != ""); err != nil {
			return result{}, err
		}
		id := judging.JudgeID(*judge)
		switch {
		case *file != "":
			return verifyFile(c, o, id, *file, *by)
		case *reason != "":
			return c.answered(o.DoubleEntry().ConfirmScore(c.ctx, id, *work, *by, *reason), "verify.cli_confirmed",
				judging.Args{"Work": *work})
		}
		v, err := o.DoubleEntry().VerifyScore(c.ctx, id, *work, total, *by)
		return newResult(v, func(pr *printer) { sayVerified(pr, v) }).unless(err)
	})
}

// verifyMisused says what is missing: a judge always, and a work where one score is settled.
func verifyMisused(cmd *command, one, list bool) error {
	switch {
	case !one && !list:
		return cmd.misused("cli.need_one_of", judging.Args{"Flags": "--total, --confirm, --file"})
	case !cmd.has("judge"):
		return cmd.misused("cli.missing_flags", judging.Args{"Flags": "--judge"})
	case one && !cmd.has("work"):
		return cmd.misused("cli.missing_flags", judging.Args{"Flags": "--work"})
	}
	return nil
}

func sayVerified(pr *printer, v scoring.Verification) {
	if v.State == scoring.VerifyDiffers {
		pr.say("verify.cli_differs", judging.Args{"Work": v.Code, "First": judging.Exact(v.First).String(),
			"Second": judging.Exact(v.Second).String()})
		return
	}
	pr.say("verify.cli_one", judging.Args{"Work": v.Code, "State": pr.text.T("verify.state_"+string(v.State), nil)})
}

func verifyFile(c *call, o *office.Office, judge judging.JudgeID, path, by string) (result, error) {
	r, err := o.DoubleEntry().VerifyScores(c.ctx, judge, path, by)
	if err != nil {
		return result{}, err
	}
	return answer(r, func(pr *printer) {
		pr.complain(r.Problems, 50)
		for _, v := range r.Differs {
			sayVerified(pr, v)
		}
		pr.say("verify.cli_file", judging.Args{"File": r.File, "Read": r.Read, "Equal": r.Equal,
			"Differs": len(r.Differs), "Problems": len(r.Problems)})
	})
}

func listVerifications(c *call, o *office.Office) (result, error) {
	all, err := o.DoubleEntry().Verifications(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(all, func(pr *printer) {
		done, differs := 0, 0
		rows := [][]string{pr.head("code", "judge", "name", "state", "total", "by", "reason")}
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
			rows = append(rows, []string{string(v.Code), string(v.Judge), v.Name,
				pr.text.T("verify.state_"+string(v.State), nil), both, v.By, v.Reason})
		}
		pr.table(rows)
		pr.say("verify.cli_count", judging.Args{"Done": done, "Total": len(all), "Differs": differs})
	})
}
