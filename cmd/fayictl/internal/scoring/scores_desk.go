package scoring

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

func scoresProgress(cmd *command.Command) command.Handler {
	cmd.Use("scores progress CONTEST", "scores progress 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		p, err := o.Scoring().Progress(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(p, func(pr *command.Printer) {
			rows := [][]string{append(pr.Head("judge", "name"), p.Categories...)}
			rows[0] = append(rows[0], pr.Head("behind", "raised")...)
			for i, r := range p.Rows {
				row := []string{string(r.Judge), p.Judges[i].Name}
				for _, cell := range r.Cells {
					row = append(row, fmt.Sprintf("%d/%d", cell.Done, cell.Total))
				}
				behind := ""
				if r.Behind {
					behind = pr.Text.T("cli.yes", nil)
				}
				rows = append(rows, append(row, behind, fmt.Sprint(r.Raised)))
			}
			pr.Table(rows)
			pr.Say("cli.status", judging.Args{"Done": p.Done, "Total": p.Total})
		})
	})
}

func scoresRemind(cmd *command.Command) command.Handler {
	cmd.Use("scores remind CONTEST", "scores remind 2020.fayi")
	judge := cmd.Str("judge", "J", "flag.judge_only")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Scoring().Reminders(c.Ctx, c.Text.T)
		if err != nil {
			return command.Result{}, err
		}
		out := []scoring.Reminder{}
		for _, r := range all {
			if *judge == "" || string(r.Judge) == *judge {
				out = append(out, r)
			}
		}
		return command.Answer(out, func(pr *command.Printer) {
			for _, r := range out {
				pr.Line("%s", r.Text)
			}
			if len(out) == 0 {
				pr.Say("remind.all_done", nil)
			}
		})
	})
}

func scoresFlags(cmd *command.Command) command.Handler {
	cmd.Use("scores flags CONTEST", "scores flags 2020.fayi")
	judge := cmd.Str("judge", "J", "flag.judge")
	work := cmd.Str("work", "W", "flag.work")
	handled := cmd.Str("handled", "REASON", "flag.handled")
	substitutes := cmd.Yes("substitutes", "flag.substitutes")
	cmd.Limit(command.AllOrNone, "judge", "work")
	cmd.Limit(command.AtMostOne, "handled", "substitutes")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if (*work != "") != (*handled != "" || *substitutes) {
			return command.Result{}, cmd.Misused("cli.flags_what", judging.Args{"Flags": "--handled, --substitutes"})
		}
		switch id := judging.JudgeID(*judge); {
		case *substitutes:
			return listSubstitutes(c, o, id, *work)
		case *work != "":
			return c.Answered(o.Scoring().HandleFlag(c.Ctx, id, *work, *handled), "flags.handled", judging.Args{
				"Work": *work,
			})
		}
		return listFlags(c, o)
	})
}

func listFlags(c *command.Call, o *office.Office) (command.Result, error) {
	all, err := o.Scoring().Flags(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(all, func(pr *command.Printer) {
		rows := [][]string{pr.Head("code", "judge", "name", "state", "flags", "reason", "handled")}
		for _, r := range all {
			var flags []string
			for _, f := range r.Flags {
				flags = append(flags, pr.Text.T("flags."+string(f), nil))
			}
			handled := ""
			switch {
			case r.Handled != nil:
				handled = r.Handled.Reason
			case r.Replaced:
				handled = pr.Text.T("flags.replaced", nil)
			}
			rows = append(rows, []string{string(r.Code), string(r.Judge), r.Name,
				pr.Text.T("ballot.state_"+string(r.State), nil), strings.Join(flags, pr.Text.T("kit.comma", nil)),
				r.Reason + r.Note, handled})
		}
		pr.Table(rows)
	})
}

func listSubstitutes(c *command.Call, o *office.Office, judge judging.JudgeID, work string) (command.Result, error) {
	all, err := o.Scoring().Substitutes(c.Ctx, judge, work)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(all, func(pr *command.Printer) {
		rows := [][]string{pr.Head("judge", "name", "total")}
		for _, s := range all {
			rows = append(rows, []string{string(s.Judge), s.Name, fmt.Sprint(s.Works)})
		}
		pr.Table(rows)
	})
}

func scoresCalibrate(cmd *command.Command) command.Handler {
	cmd.Use("scores calibrate CONTEST", "scores calibrate 2020.fayi --per-category 2 --seed 2020")
	var req scoring.CalibrationRequest
	works := cmd.Many("work", "W", "flag.work_calibration")
	cmd.NumVar(&req.PerCategory, "per-category", "N", "flag.per_category")
	seed := cmd.Seed("flag.seed")
	clear := cmd.Yes("clear", "flag.clear_calibration")
	cmd.Limit(command.AtLeastOne, "work", "per-category", "clear")
	cmd.Limit(command.AtMostOne, "work", "clear")
	cmd.Limit(command.AtMostOne, "per-category", "clear")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		req.Works, req.Seed = *works, seed.Given()
		if req.PerCategory == 0 && len(req.Works) == 0 && !*clear {
			return command.Result{}, cmd.Misused("cli.too_small", judging.Args{"Flag": "--per-category", "Least": 1})
		}
		if err := o.Calibration().ChooseCalibration(c.Ctx, req); err != nil {
			return command.Result{}, err
		}
		return showCalibration(c, o)
	})
}

func scoresCalibration(cmd *command.Command) command.Handler {
	cmd.Use("scores calibration CONTEST", "scores calibration 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		return showCalibration(c, o)
	})
}

func showCalibration(c *command.Call, o *office.Office) (command.Result, error) {
	all, err := o.Calibration().Calibrations(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(all, func(pr *command.Printer) {
		rows := [][]string{pr.Head("code", "title", "category", "done", "low", "median", "high")}
		for _, t := range all {
			rows = append(rows, []string{string(t.Code), t.Title, t.Category,
				fmt.Sprintf("%d/%d", t.Judges, t.Judges+len(t.Waiting)),
				judging.Exact(t.Low).String(), judging.Exact(t.Median).String(), judging.Exact(t.High).String()})
		}
		pr.Table(rows)
	})
}

// scoresReopen gives a judge's list back, or, without a judge, reopens the closed round.
func scoresReopen(cmd *command.Command) command.Handler {
	cmd.Use("scores reopen CONTEST", "scores reopen 2020.fayi --judge j001 --reason 漏评一件")
	judge := cmd.Str("judge", "J", "flag.judge_reopen")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *judge == "" {
			return c.Answered(o.Scoring().ReopenRound(c.Ctx, *reason), "closing.reopened_round", nil)
		}
		return c.Answered(o.Scoring().ReopenScores(c.Ctx, judging.JudgeID(*judge), *reason), "closing.reopened",
			judging.Args{"Judge": *judge})
	})
}

func scoresClose(cmd *command.Command) command.Handler {
	cmd.Use("scores close CONTEST", "scores close 2020.fayi --dry-run")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		closing, err := o.Scoring().PlanClosing(c.Ctx)
		if err == nil && !*dry {
			closing, err = o.Scoring().CloseRound(c.Ctx, *reason)
		}
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(closing, func(pr *command.Printer) {
			for _, s := range closing.Short {
				pr.Line("    %s  %d", s.Code, s.Scores)
			}
			printOthers(pr, closing.Other)
			key := "closing.done"
			if *dry {
				key = "closing.would"
			}
			pr.Say(key, judging.Args{"Missing": len(closing.Missing), "Short": len(closing.Short)})
		})
	})
}

// printOthers tells the works that go by another formula than most of their list.
func printOthers(pr *command.Printer, list []scoring.OtherWork) {
	if len(list) == 0 {
		return
	}
	pr.Say("closing.other", judging.Args{"Count": len(list)})
	trims := false
	for _, o := range list {
		pr.Say(o.Text(), o.Args())
		trims = trims || o.Trims()
	}
	if trims {
		pr.Say("closing.uniform", nil)
	}
}

func scoresSignOff(cmd *command.Command) command.Handler {
	cmd.Use("scores signoff CONTEST", "scores signoff 2020.fayi --judge j001 --out signoff.pdf")
	judge := cmd.Must("judge", "J", "flag.judge")
	out := cmd.Must("out", "FILE.pdf", "flag.out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		err := o.Signed().SignOff(c.Ctx, judging.JudgeID(*judge), *out, c.Text.T)
		return c.Answered(err, "closing.signed", judging.Args{"Path": *out})
	})
}
