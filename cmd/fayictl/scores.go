package main

import (
	"flag"
	"fmt"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

func scoresSheets(c *call) error {
	fs := c.flags()
	out := fs.String("out", "", "")
	judge := fs.String("judge", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		paths, err := o.Scoring().WriteScoreSheets(c.ctx, *out, judging.JudgeID(*judge), c.text.T)
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"sheets": paths}, func() { c.say("cli.sheets_written", judging.Args{"Count": len(paths), "Path": *out}) })
	})
}

func scoresEnter(c *call) error {
	fs := c.flags()
	var b judging.Ballot
	var marks many
	fs.Var(&marks, "mark", "")
	fs.Float64Var(&b.Total, "total", 0, "")
	fs.IntVar(&b.Confidence, "confidence", 0, "")
	fs.StringVar(&b.Comment, "comment", "", "")
	judge := fs.String("judge", "", "")
	work := fs.String("work", "", "")
	submit := fs.Bool("submit", false, "")
	take := fs.String("take", "", "")
	reason := fs.String("reason", "", "")
	state := fs.String("state", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	fs.Visit(func(f *flag.Flag) {
		if f.Name == "total" && b.Total == 0 {
			err = judging.Fail(judging.Invalid, "cli.total_zero", nil)
		}
	})
	if err != nil {
		return err
	}
	b.Reason, b.State = *reason, judging.BallotState(*state)
	if b.Marks, err = readMarks(marks); err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		out, err := o.Scoring().EnterScore(c.ctx, judging.JudgeID(*judge), *work, b, scoring.Take(*take), *submit)
		if err != nil {
			return err
		}
		kept := out.Kept
		return c.answer(kept, func() {
			if out.Fate == scoring.Taken && !out.Old.Blank() && !out.Old.Same(kept) {
				c.say("cli.collect_change", judging.Args{"Work": kept.Code, "Old": judging.Exact(out.Old.Total).String(), "New": judging.Exact(kept.Total).String()})
			}
			c.say("cli.score_kept", judging.Args{"Work": kept.Code, "Total": judging.Exact(kept.Total).String(), "State": c.text.T("ballot.state_"+string(kept.State), nil)})
		})
	})
}

func readMarks(given []string) (map[string]float64, error) {
	out := map[string]float64{}
	for _, g := range given {
		name, value, ok := strings.Cut(g, "=")
		n, err := strconv.ParseFloat(judging.Fold(value), 64)
		if !ok || err != nil {
			return nil, judging.Fail(judging.Invalid, "cli.bad_mark", judging.Args{"Value": g})
		}
		out[judging.Tidy(name)] = n
	}
	return out, nil
}

func scoresSubmit(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if err := o.Scoring().SubmitScores(c.ctx, judging.JudgeID(*judge)); err != nil {
			return err
		}
		return c.answer(map[string]any{"judge": *judge, "submitted": true}, func() { c.say("cli.submitted", judging.Args{"Judge": *judge}) })
	})
}

func scoresStatus(c *call) error {
	return c.onContest(func(o *office.Office) error {
		s, err := o.Scoring().ScoresStatus(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(s, func() {
			rows := [][]string{c.head("judge", "name", "done", "skipped", "total", "submitted")}
			for _, j := range s.Judges {
				yes := ""
				if j.Submitted {
					yes = c.text.T("cli.yes", nil)
				}
				rows = append(rows, []string{string(j.Judge), j.Name, fmt.Sprint(j.Done), fmt.Sprint(j.Skipped), fmt.Sprint(j.Total), yes})
			}
			c.table(rows)
			c.say("cli.status", judging.Args{"Done": s.Done, "Total": s.Total})
		})
	})
}

func scoresHistory(c *call) error {
	fs := c.flags()
	work := fs.String("work", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		all, err := o.Scoring().ScoreHistory(c.ctx, *work)
		if err != nil {
			return err
		}
		return c.answer(orEmpty(all), func() {
			rows := [][]string{c.head("judge", "at", "total", "state", "source", "void", "comment")}
			add := func(s judging.Score, v judging.ScoreVersion, note string) {
				rows = append(rows, []string{string(s.Judge), v.At.Local().Format("2006-01-02 15:04:05"), judging.Exact(v.Total).String(),
					c.text.T("ballot.state_"+string(v.State), nil), c.text.T("score.source_"+string(v.Source), nil), note, v.Comment})
			}
			for _, s := range all {
				for _, v := range s.Versions {
					add(s, v, s.Void)
				}
				for _, v := range s.Undone {
					add(s, v, c.text.T("comments.undone", nil))
				}
			}
			c.table(rows)
		})
	})
}

func scoresVoid(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	work := fs.String("work", "", "")
	reason := fs.String("reason", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if err := o.Scoring().VoidScore(c.ctx, judging.JudgeID(*judge), *work, *reason); err != nil {
			return err
		}
		return c.answer(map[string]any{"ok": true}, func() { c.say("cli.voided", judging.Args{"Judge": *judge, "Work": *work}) })
	})
}
