package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// contestOpenPoints lists everything unfinished or inconsistent.
func contestOpenPoints(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.OpenPoints(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(c.inWords(all), func() { c.printPoints(all) })
	})
}

// inWords puts the words of points in place of their keys.
func (c *call) inWords(all []office.Point) []office.Point {
	out := make([]office.Point, len(all))
	for i, p := range all {
		p.Text = c.text.T(p.Text, p.Args)
		out[i] = p
	}
	return out
}

func (c *call) printPoints(all []office.Point) {
	if len(all) == 0 {
		c.say("open.none", nil)
		return
	}
	c.say("open.title", judging.Args{"Count": len(all)})
	for _, p := range all {
		fmt.Fprintf(c.out, "  %s  %s  %s\n", p.Kind, c.text.T(p.Text, p.Args), c.effects(p))
	}
}

// effects tells at which gates a point stops, asks or is told of.
func (c *call) effects(p office.Point) string {
	var parts []string
	for _, e := range []struct {
		key   string
		gates []office.Gate
	}{{"stops", p.Stops}, {"asks", p.Asks}, {"says", p.Says}} {
		var names []string
		for _, g := range e.gates {
			names = append(names, c.text.T("open.gate_"+string(g), nil))
		}
		if len(names) > 0 {
			parts = append(parts, c.text.T("open.effect_"+e.key, nil)+"："+strings.Join(names, "、"))
		}
	}
	return "（" + strings.Join(parts, "；") + "）"
}

// through does an act behind a gate and then tells what was open there; an act that is refused tells its reasons itself.
func (c *call) through(o *office.Office, gate office.Gate, act func() error) error {
	all, err := o.OpenPointsAt(c.ctx, gate)
	if err != nil {
		return err
	}
	if err := act(); err != nil {
		return err
	}
	c.tellPoints(all)
	return nil
}

// tellPoints notes what is open below an answer; beside a document of JSON it goes to stderr.
func (c *call) tellPoints(all []office.Point) {
	for _, p := range all {
		if c.json {
			c.warn(p.Text, p.Args)
		} else {
			c.say(p.Text, p.Args)
		}
	}
}

// conflictsSettle says what becomes of a score whose judge declared a conflict later.
func conflictsSettle(c *call) error {
	fs := c.flags()
	judge, work, reason := fs.String("judge", "", ""), fs.String("work", "", ""), fs.String("reason", "", "")
	keep, void := fs.Bool("keep", false, ""), fs.Bool("void", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *judge == "" || *work == "" || *keep == *void {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		if err := o.Scoring().SettleConflict(c.ctx, judging.JudgeID(*judge), *work, *keep, *reason); err != nil {
			return err
		}
		key := "conflicts.score_void"
		if *keep {
			key = "conflicts.score_kept"
		}
		return c.answer(map[string]any{"judge": *judge, "work": *work, "kept": *keep}, func() { c.say(key, nil) })
	})
}

// conflictsScores lists the scores that wait for such a word.
func conflictsScores(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Scoring().ConflictedScores(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			for _, s := range all {
				fmt.Fprintf(c.out, "%s  %s  %s  %s  %v\n", s.Judge, s.Name, s.Work, s.Code, s.Total)
			}
		})
	})
}

// awardsRecallNotice withdraws a standing notice.
func awardsRecallNotice(c *call) error {
	fs := c.flags()
	reason := fs.String("reason", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		n, err := o.Awards().RecallNotice(c.ctx, *reason)
		if err != nil {
			return err
		}
		return c.answer(n, func() { c.say("notice.recalled", nil) })
	})
}
