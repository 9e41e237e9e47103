package scoring

import (
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/doubleentry"
)

// scoresVerify lists the scores typed in sheets, takes a total typed again or a list of them, or settles a
// difference.
func scoresVerify(cmd *command.Command) command.Handler {
	cmd.Use("scores verify CONTEST", "scores verify 2020.fayi --judge j001 --work w000012 --total 86.5 --by 李四")
	judge := cmd.Str("judge", "J", "flag.judge")
	work := cmd.Str("work", "W", "flag.work")
	by := cmd.Str("by", "NAME", "flag.by_name")
	var total float64
	cmd.Float(&total, "total", "N", "flag.total_again")
	reason := cmd.Str("confirm", "REASON", "flag.confirm")
	file := cmd.Str("file", "FILE", "flag.file_totals")
	cmd.Limit(command.AtMostOne, "total", "confirm", "file")
	cmd.Limit(command.AtMostOne, "work", "file")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		typed := cmd.Has("total")
		if !typed && *reason == "" && *file == "" && *judge == "" && *work == "" {
			return listVerifications(c, o)
		}
		if err := verifyMisused(cmd, typed || *reason != "", *file != ""); err != nil {
			return command.Result{}, err
		}
		id := judging.JudgeID(*judge)
		switch {
		case *file != "":
			return verifyFile(c, o, id, *file, *by)
		case *reason != "":
			return c.Answered(o.DoubleEntry().ConfirmScore(c.Ctx, id, *work, *by, *reason), "verify.cli_confirmed",
				judging.Args{"Work": *work})
		}
		v, err := o.DoubleEntry().VerifyScore(c.Ctx, id, *work, total, *by)
		return command.NewResult(v, func(pr *command.Printer) { sayVerified(pr, v) }).Unless(err)
	})
}

// verifyMisused says what is missing: a judge always, and a work where one score is settled.
func verifyMisused(cmd *command.Command, one, list bool) error {
	switch {
	case !one && !list:
		return cmd.Misused("cli.need_one_of", judging.Args{"Flags": "--total, --confirm, --file"})
	case !cmd.Has("judge"):
		return cmd.Misused("cli.missing_flags", judging.Args{"Flags": "--judge"})
	case one && !cmd.Has("work"):
		return cmd.Misused("cli.missing_flags", judging.Args{"Flags": "--work"})
	}
	return nil
}

func sayVerified(pr *command.Printer, v doubleentry.Verification) {
	if v.State == doubleentry.VerifyDiffers {
		pr.Say("verify.cli_differs", judging.Args{"Work": v.Code, "First": judging.Exact(v.First).String(),
			"Second": judging.Exact(v.Second).String()})
		return
	}
	pr.Say("verify.cli_one", judging.Args{"Work": v.Code, "State": pr.Text.T("verify.state_"+string(v.State), nil)})
}

func verifyFile(c *command.Call, o *office.Office, judge judging.JudgeID, path, by string) (command.Result, error) {
	r, err := o.DoubleEntry().VerifyScores(c.Ctx, judge, path, by)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(r, func(pr *command.Printer) {
		pr.Complain(r.Problems, 50)
		pr.Accounts(r.Sheets)
		for _, v := range r.Differs {
			sayVerified(pr, v)
		}
		pr.Say("verify.cli_file", judging.Args{"File": r.File, "Read": r.Read, "Equal": r.Equal,
			"Differs": len(r.Differs), "Problems": len(r.Problems)})
	})
}

func listVerifications(c *command.Call, o *office.Office) (command.Result, error) {
	all, err := o.DoubleEntry().Verifications(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(all, func(pr *command.Printer) {
		done, differs := 0, 0
		rows := [][]string{pr.Head("code", "judge", "name", "state", "total", "by", "reason")}
		for _, v := range all {
			both := ""
			switch v.State {
			case doubleentry.VerifyDiffers, doubleentry.VerifyConfirmed:
				both = judging.Exact(v.First).String() + " ≠ " + judging.Exact(v.Second).String()
			case doubleentry.VerifyEqual:
				both = judging.Exact(v.First).String()
			}
			if v.State == doubleentry.VerifyDiffers {
				differs++
			} else if v.State != doubleentry.VerifyWaiting {
				done++
			}
			rows = append(rows, []string{string(v.Code), string(v.Judge), v.Name,
				pr.Text.T("verify.state_"+string(v.State), nil), both, v.By, v.Reason})
		}
		pr.Table(rows)
		pr.Say("verify.cli_count", judging.Args{"Done": done, "Total": len(all), "Differs": differs})
	})
}
