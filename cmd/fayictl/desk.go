package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

func scoresProgress(c *call) error {
	return c.onContest(func(o *office.Office) error {
		p, err := o.Scoring().Progress(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(p, func() {
			rows := [][]string{append(c.head("judge", "name"), p.Categories...)}
			rows[0] = append(rows[0], c.head("behind", "raised")...)
			for i, r := range p.Rows {
				row := []string{string(r.Judge), p.Judges[i].Name}
				for _, cell := range r.Cells {
					row = append(row, fmt.Sprintf("%d/%d", cell.Done, cell.Total))
				}
				behind := ""
				if r.Behind {
					behind = c.text.T("cli.yes", nil)
				}
				rows = append(rows, append(row, behind, fmt.Sprint(r.Raised)))
			}
			c.table(rows)
			c.say("cli.status", judging.Args{"Done": p.Done, "Total": p.Total})
		})
	})
}

func scoresRemind(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		all, err := o.Scoring().Reminders(c.ctx, c.text.T)
		if err != nil {
			return err
		}
		out := []scoring.Reminder{}
		for _, r := range all {
			if *judge == "" || string(r.Judge) == *judge {
				out = append(out, r)
			}
		}
		return c.answer(out, func() {
			for _, r := range out {
				fmt.Fprintln(c.out, r.Text)
			}
			if len(out) == 0 {
				c.say("remind.all_done", nil)
			}
		})
	})
}

func scoresFlags(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	work := fs.String("work", "", "")
	handled := fs.String("handled", "", "")
	substitutes := fs.Bool("substitutes", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || (*work == "") != (*judge == "") || (*work != "") != (*handled != "" || *substitutes) {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		switch id := judging.JudgeID(*judge); {
		case *substitutes:
			return c.listSubstitutes(o, id, *work)
		case *work != "":
			return c.answered(o.Scoring().HandleFlag(c.ctx, id, *work, *handled), "flags.handled", judging.Args{"Work": *work})
		}
		return c.listFlags(o)
	})
}

func (c *call) listFlags(o *office.Office) error {
	all, err := o.Scoring().Flags(c.ctx)
	if err != nil {
		return err
	}
	return c.answer(all, func() {
		rows := [][]string{c.head("code", "judge", "name", "state", "flags", "reason", "handled")}
		for _, r := range all {
			var flags []string
			for _, f := range r.Flags {
				flags = append(flags, c.text.T("flags."+string(f), nil))
			}
			handled := ""
			switch {
			case r.Handled != nil:
				handled = r.Handled.Reason
			case r.Replaced:
				handled = c.text.T("flags.replaced", nil)
			}
			rows = append(rows, []string{string(r.Code), string(r.Judge), r.Name, c.text.T("ballot.state_"+string(r.State), nil), strings.Join(flags, c.text.T("kit.comma", nil)), r.Reason + r.Note, handled})
		}
		c.table(rows)
	})
}

func (c *call) listSubstitutes(o *office.Office, judge judging.JudgeID, work string) error {
	all, err := o.Scoring().Substitutes(c.ctx, judge, work)
	if err != nil {
		return err
	}
	return c.answer(all, func() {
		rows := [][]string{c.head("judge", "name", "total")}
		for _, s := range all {
			rows = append(rows, []string{string(s.Judge), s.Name, fmt.Sprint(s.Works)})
		}
		c.table(rows)
	})
}

func scoresCalibrate(c *call) error {
	fs := c.flags()
	var req scoring.CalibrationRequest
	var works many
	fs.Var(&works, "work", "")
	fs.IntVar(&req.PerCategory, "per-category", 0, "")
	seed := fs.Int64("seed", -1, "")
	clear := fs.Bool("clear", false, "")
	args, err := c.parse(fs, 1, 1)
	req.Works, req.Seed = works, given(*seed)
	if err != nil || *clear != (len(req.Works) == 0 && req.PerCategory == 0) {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		if err := o.Scoring().ChooseCalibration(c.ctx, req); err != nil {
			return err
		}
		return c.showCalibration(o)
	})
}

func scoresCalibration(c *call) error { return c.onContest(c.showCalibration) }

func (c *call) showCalibration(o *office.Office) error {
	all, err := o.Scoring().Calibrations(c.ctx)
	if err != nil {
		return err
	}
	return c.answer(all, func() {
		rows := [][]string{c.head("code", "title", "category", "done", "low", "median", "high")}
		for _, t := range all {
			rows = append(rows, []string{string(t.Code), t.Title, t.Category, fmt.Sprintf("%d/%d", t.Judges, t.Judges+len(t.Waiting)),
				judging.Exact(t.Low).String(), judging.Exact(t.Median).String(), judging.Exact(t.High).String()})
		}
		c.table(rows)
	})
}

// scoresReopen gives a judge's list back, or, without a judge, reopens the closed round.
func scoresReopen(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	reason := fs.String("reason", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if *judge == "" {
			return c.answered(o.Scoring().ReopenRound(c.ctx, *reason), "closing.reopened_round", nil)
		}
		return c.answered(o.Scoring().ReopenScores(c.ctx, judging.JudgeID(*judge), *reason), "closing.reopened", judging.Args{"Judge": *judge})
	})
}

func scoresClose(c *call) error {
	fs := c.flags()
	reason := fs.String("reason", "", "")
	dry := fs.Bool("dry-run", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		closing, err := o.Scoring().PlanClosing(c.ctx)
		if err == nil {
			err = c.through(o, "close", func() (err error) {
				if !*dry {
					closing, err = o.Scoring().CloseRound(c.ctx, *reason)
				}
				return err
			})
		}
		if err != nil {
			return err
		}
		return c.answer(closing, func() {
			for _, s := range closing.Short {
				fmt.Fprintf(c.out, "    %s  %d\n", s.Code, s.Scores)
			}
			key := "closing.done"
			if *dry {
				key = "closing.would"
			}
			c.say(key, judging.Args{"Missing": len(closing.Missing), "Short": len(closing.Short)})
		})
	})
}

func scoresSignOff(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" || *judge == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		err := o.Scoring().SignOff(c.ctx, judging.JudgeID(*judge), *out, c.text.T)
		return c.answered(err, "closing.signed", judging.Args{"Path": *out})
	})
}
