package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/scoring"
)

func scoresCollect(c *call) error {
	fs := c.flags()
	var takes many
	fs.Var(&takes, "take", "")
	dry := fs.Bool("dry-run", false, "")
	args, err := c.parse(fs, 2, -1)
	if err != nil {
		return err
	}
	opt, err := readTakes(takes)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		collect := o.Scoring().CollectScores
		if *dry {
			collect = o.Scoring().PreviewCollect
		}
		got, err := collect(c.ctx, args[1:], opt)
		if err != nil {
			return err
		}
		if err := c.answer(got, func() { c.printCollected(got, *dry) }); err != nil || *dry {
			return err
		}
		return unsettled(got)
	})
}

// readTakes reads answers: one for all, or WORK=ANSWER.
func readTakes(given []string) (scoring.CollectOptions, error) {
	opt := scoring.CollectOptions{TakeOf: map[judging.WorkCode]scoring.Take{}}
	for _, g := range given {
		work, take, one := strings.Cut(g, "=")
		switch {
		case one:
			opt.TakeOf[judging.WorkCode(strings.ToUpper(judging.Fold(work)))] = scoring.Take(take)
		case opt.Take != "" && opt.Take != scoring.Take(g):
			return opt, judging.Fail(judging.Invalid, "cli.bad_take", judging.Args{"Value": g})
		default:
			opt.Take = scoring.Take(g)
		}
	}
	return opt, nil
}

// unsettled is the error of a collection that did not take all it was given: the last file refused, or scores to be decided upon.
func unsettled(got scoring.Collected) error {
	var failed error
	clashes := 0
	for _, r := range got.Files {
		if r.Err != nil {
			failed = r.Err
		}
		clashes += len(r.Clashes)
	}
	if failed == nil && clashes > 0 {
		failed = judging.Fail(judging.Clash, "cli.collect_ask", judging.Args{"Count": clashes})
	}
	return failed
}

func (c *call) printCollected(got scoring.Collected, dry bool) {
	for _, r := range got.Files {
		c.complain(r.Problems, 50)
		if r.Err != nil {
			c.warn("cli.not_collected", judging.Args{"Path": r.File, "Detail": c.text.Err(r.Err)})
			continue
		}
		c.printReport(r, dry)
	}
	switch {
	case got.ID != "":
		c.say("cli.collect_undo", judging.Args{"ID": got.ID})
	case !dry:
		c.say("cli.collect_nothing", nil)
	}
}

func (c *call) printReport(r scoring.CollectReport, dry bool) {
	first, lower := 0, 0
	for _, ch := range r.Changed {
		if ch.First {
			first++
		} else if ch.Lower {
			lower++
		}
	}
	c.say("cli.collect_would", judging.Args{"File": r.File, "Judge": strings.TrimSpace(string(r.Judge) + " " + r.Name), "Read": r.Read, "New": first,
		"Changed": len(r.Changed) - first, "Lower": lower, "Same": r.Same, "Clashes": len(r.Clashes), "Incomplete": len(r.Incomplete),
		"Missing": len(r.Missing), "Problems": len(r.Problems)})
	if r.Blank {
		c.say("cli.collect_blank", nil)
	}
	for _, ch := range r.Changed {
		if !ch.First {
			c.say("cli.collect_change", judging.Args{"Work": ch.Code, "Old": points(ch.Old), "New": points(ch.New)})
		}
	}
	key := "cli.collect_clash"
	if dry {
		key = "cli.collect_clash_would"
	}
	for _, x := range r.Clashes {
		c.say(key, judging.Args{"Work": x.Code, "Old": c.scoreWord(x.Contest), "New": c.scoreWord(x.Packet)})
	}
	for _, ch := range r.Stale {
		c.say("cli.collect_stale", judging.Args{"Work": ch.Code, "Old": points(ch.Old), "New": points(ch.New)})
	}
	for _, p := range r.Incomplete {
		place := fmt.Sprintf("%s %d", p.Place.Sheet, p.Place.Row)
		c.say("cli.collect_part", judging.Args{"Place": strings.TrimSpace(place), "Work": p.Code, "Given": p.Given, "Of": p.Of})
	}
	if len(r.Missing) > 0 && !r.Blank {
		works := make([]string, len(r.Missing))
		for i, w := range r.Missing {
			works[i] = string(w)
		}
		c.say("cli.collect_missing", judging.Args{"Works": strings.Join(works, " ")})
	}
}

func points(v float64) string { return judging.Exact(v).String() }

// scoreWord is a score as people read it: its total, or its state where it has none.
func (c *call) scoreWord(v judging.ScoreVersion) string {
	if v.State == judging.Scored || v.State == judging.Started {
		return points(v.Total)
	}
	return c.text.T("ballot.state_"+string(v.State), nil)
}

func scoresCollections(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Scoring().Collections(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			rows := [][]string{c.head("id", "at", "scores", "files", "note")}
			for _, x := range all {
				note := ""
				if !x.Undone.IsZero() {
					note = c.text.T("comments.undone", nil) + " " + x.Reason
				}
				rows = append(rows, []string{x.ID, x.At.Local().Format("2006-01-02 15:04:05"), fmt.Sprint(x.Scores), strings.Join(x.Files, " "), note})
			}
			c.table(rows)
		})
	})
}

func scoresUndoCollect(c *call) error {
	fs := c.flags()
	id := fs.String("collection", "", "")
	reason := fs.String("reason", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		x, err := o.Scoring().UndoCollect(c.ctx, *id, *reason)
		if err != nil {
			return err
		}
		return c.answer(x, func() { c.say("cli.collect_undone", judging.Args{"ID": x.ID, "Count": x.Scores}) })
	})
}

func scoresClashes(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	work := fs.String("work", "", "")
	take := fs.String("take", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if *take != "" {
			if err := o.Scoring().ResolveClash(c.ctx, judging.JudgeID(*judge), *work, scoring.Take(*take)); err != nil {
				return err
			}
			return c.answer(map[string]any{"ok": true}, func() { c.say("packet.resolved", judging.Args{"Judge": *judge, "Work": *work}) })
		}
		all, err := o.Scoring().Clashes(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			if len(all) == 0 {
				c.say("cli.no_clashes", nil)
			}
			for _, x := range all {
				c.say("cli.clash_line", judging.Args{"Judge": x.Judge, "Name": x.Name, "Work": x.Code, "Old": c.scoreWord(x.Contest), "New": c.scoreWord(x.Packet),
					"Source": c.text.T("score.source_"+string(x.Packet.Source), nil), "File": x.Packet.File, "Take": x.Take})
			}
		})
	})
}

func scoresComments(c *call) error {
	fs := c.flags()
	work := fs.String("work", "", "")
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if *out != "" {
			n, err := o.Scoring().ReportComments(c.ctx, *out, c.text.T)
			if err != nil {
				return err
			}
			return c.answer(map[string]any{"comments": n, "file": *out}, func() { c.say("cli.comments_written", judging.Args{"N": n, "Path": *out}) })
		}
		all, err := o.Scoring().Comments(c.ctx, *work)
		if err != nil {
			return err
		}
		return c.answer(all, func() { c.printComments(all) })
	})
}

func (c *call) printComments(all []scoring.Comment) {
	rows := [][]string{c.head("code", "title", "judge", "name", "comment", "note")}
	for _, x := range all {
		note := ""
		for key, is := range map[string]bool{"void": x.Void, "older": x.Older, "pending": x.Pending, "undone": x.Undone} {
			if is {
				note = c.text.T("comments."+key, nil)
			}
		}
		if x.Trial {
			note = strings.TrimSpace(c.text.T("comments.trial", nil) + " " + note)
		}
		rows = append(rows, []string{string(x.Code), x.Title, string(x.Judge), x.Name, x.Text, note})
	}
	c.table(rows)
}
