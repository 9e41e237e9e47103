package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

func scoresProgress(cmd *command) handler {
	cmd.use("scores progress CONTEST", "scores progress 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		p, err := o.Scoring().Progress(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(p, func(pr *printer) {
			rows := [][]string{append(pr.head("judge", "name"), p.Categories...)}
			rows[0] = append(rows[0], pr.head("behind", "raised")...)
			for i, r := range p.Rows {
				row := []string{string(r.Judge), p.Judges[i].Name}
				for _, cell := range r.Cells {
					row = append(row, fmt.Sprintf("%d/%d", cell.Done, cell.Total))
				}
				behind := ""
				if r.Behind {
					behind = pr.text.T("cli.yes", nil)
				}
				rows = append(rows, append(row, behind, fmt.Sprint(r.Raised)))
			}
			pr.table(rows)
			pr.say("cli.status", judging.Args{"Done": p.Done, "Total": p.Total})
		})
	})
}

func scoresRemind(cmd *command) handler {
	cmd.use("scores remind CONTEST", "scores remind 2020.fayi")
	judge := cmd.str("judge", "J", "flag.judge_only")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Scoring().Reminders(c.ctx, c.text.T)
		if err != nil {
			return result{}, err
		}
		out := []scoring.Reminder{}
		for _, r := range all {
			if *judge == "" || string(r.Judge) == *judge {
				out = append(out, r)
			}
		}
		return answer(out, func(pr *printer) {
			for _, r := range out {
				fmt.Fprintln(pr.out, r.Text)
			}
			if len(out) == 0 {
				pr.say("remind.all_done", nil)
			}
		})
	})
}

func scoresFlags(cmd *command) handler {
	cmd.use("scores flags CONTEST", "scores flags 2020.fayi")
	judge := cmd.str("judge", "J", "flag.judge")
	work := cmd.str("work", "W", "flag.work")
	handled := cmd.str("handled", "REASON", "flag.handled")
	substitutes := cmd.yes("substitutes", "flag.substitutes")
	cmd.limit(allOrNone, "judge", "work")
	cmd.limit(atMostOne, "handled", "substitutes")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if (*work != "") != (*handled != "" || *substitutes) {
			return result{}, cmd.misused("cli.flags_what", judging.Args{"Flags": "--handled, --substitutes"})
		}
		switch id := judging.JudgeID(*judge); {
		case *substitutes:
			return listSubstitutes(c, o, id, *work)
		case *work != "":
			return c.answered(o.Scoring().HandleFlag(c.ctx, id, *work, *handled), "flags.handled", judging.Args{
				"Work": *work,
			})
		}
		return listFlags(c, o)
	})
}

func listFlags(c *call, o *office.Office) (result, error) {
	all, err := o.Scoring().Flags(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(all, func(pr *printer) {
		rows := [][]string{pr.head("code", "judge", "name", "state", "flags", "reason", "handled")}
		for _, r := range all {
			var flags []string
			for _, f := range r.Flags {
				flags = append(flags, pr.text.T("flags."+string(f), nil))
			}
			handled := ""
			switch {
			case r.Handled != nil:
				handled = r.Handled.Reason
			case r.Replaced:
				handled = pr.text.T("flags.replaced", nil)
			}
			rows = append(rows, []string{string(r.Code), string(r.Judge), r.Name,
				pr.text.T("ballot.state_"+string(r.State), nil), strings.Join(flags, pr.text.T("kit.comma", nil)),
				r.Reason + r.Note, handled})
		}
		pr.table(rows)
	})
}

func listSubstitutes(c *call, o *office.Office, judge judging.JudgeID, work string) (result, error) {
	all, err := o.Scoring().Substitutes(c.ctx, judge, work)
	if err != nil {
		return result{}, err
	}
	return answer(all, func(pr *printer) {
		rows := [][]string{pr.head("judge", "name", "total")}
		for _, s := range all {
			rows = append(rows, []string{string(s.Judge), s.Name, fmt.Sprint(s.Works)})
		}
		pr.table(rows)
	})
}

func scoresCalibrate(cmd *command) handler {
	cmd.use("scores calibrate CONTEST", "scores calibrate 2020.fayi --per-category 2 --seed 2020")
	var req scoring.CalibrationRequest
	works := cmd.many("work", "W", "flag.work_calibration")
	cmd.numVar(&req.PerCategory, "per-category", "N", "flag.per_category")
	seed := cmd.seed("flag.seed")
	clear := cmd.yes("clear", "flag.clear_calibration")
	cmd.limit(atLeastOne, "work", "per-category", "clear")
	cmd.limit(atMostOne, "work", "clear")
	cmd.limit(atMostOne, "per-category", "clear")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		req.Works, req.Seed = *works, seed.given()
		if req.PerCategory == 0 && len(req.Works) == 0 && !*clear {
			return result{}, cmd.misused("cli.too_small", judging.Args{"Flag": "--per-category", "Least": 1})
		}
		if err := o.Calibration().ChooseCalibration(c.ctx, req); err != nil {
			return result{}, err
		}
		return showCalibration(c, o)
	})
}

func scoresCalibration(cmd *command) handler {
	cmd.use("scores calibration CONTEST", "scores calibration 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) { return showCalibration(c, o) })
}

func showCalibration(c *call, o *office.Office) (result, error) {
	all, err := o.Calibration().Calibrations(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(all, func(pr *printer) {
		rows := [][]string{pr.head("code", "title", "category", "done", "low", "median", "high")}
		for _, t := range all {
			rows = append(rows, []string{string(t.Code), t.Title, t.Category,
				fmt.Sprintf("%d/%d", t.Judges, t.Judges+len(t.Waiting)),
				judging.Exact(t.Low).String(), judging.Exact(t.Median).String(), judging.Exact(t.High).String()})
		}
		pr.table(rows)
	})
}

// scoresReopen gives a judge's list back, or, without a judge, reopens the closed round.
func scoresReopen(cmd *command) handler {
	cmd.use("scores reopen CONTEST", "scores reopen 2020.fayi --judge j001 --reason 漏评一件")
	judge := cmd.str("judge", "J", "flag.judge_reopen")
	reason := cmd.str("reason", "REASON", "flag.reason")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *judge == "" {
			return c.answered(o.Scoring().ReopenRound(c.ctx, *reason), "closing.reopened_round", nil)
		}
		return c.answered(o.Scoring().ReopenScores(c.ctx, judging.JudgeID(*judge), *reason), "closing.reopened",
			judging.Args{"Judge": *judge})
	})
}

func scoresClose(cmd *command) handler {
	cmd.use("scores close CONTEST", "scores close 2020.fayi --dry-run")
	reason := cmd.str("reason", "REASON", "flag.reason")
	dry := cmd.yes("dry-run", "flag.dry_run")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		closing, err := o.Scoring().PlanClosing(c.ctx)
		if err == nil && !*dry {
			closing, err = o.Scoring().CloseRound(c.ctx, *reason)
		}
		if err != nil {
			return result{}, err
		}
		return answer(closing, func(pr *printer) {
			for _, s := range closing.Short {
				fmt.Fprintf(pr.out, "    %s  %d\n", s.Code, s.Scores)
			}
			printOthers(pr, closing.Other)
			key := "closing.done"
			if *dry {
				key = "closing.would"
			}
			pr.say(key, judging.Args{"Missing": len(closing.Missing), "Short": len(closing.Short)})
		})
	})
}

// printOthers tells the works that go by another formula than most of their list.
func printOthers(pr *printer, list []scoring.OtherWork) {
	if len(list) == 0 {
		return
	}
	pr.say("closing.other", judging.Args{"Count": len(list)})
	trims := false
	for _, o := range list {
		pr.say(o.Text(), o.Args())
		trims = trims || o.Trims()
	}
	if trims {
		pr.say("closing.uniform", nil)
	}
}

func scoresSignOff(cmd *command) handler {
	cmd.use("scores signoff CONTEST", "scores signoff 2020.fayi --judge j001 --out signoff.pdf")
	judge := cmd.must("judge", "J", "flag.judge")
	out := cmd.must("out", "FILE.pdf", "flag.out")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		err := o.Scoring().SignOff(c.ctx, judging.JudgeID(*judge), *out, c.text.T)
		return c.answered(err, "closing.signed", judging.Args{"Path": *out})
	})
}
