package main

import (
	"fmt"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

func assignAdjust(c *call) error {
	fs := c.flags()
	seed := fs.Int64("seed", -1, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		bar := c.bar("cli.planning")
		p, moves, err := o.Assignment().AdjustPlan(c.ctx, given(*seed), bar.step)
		bar.done()
		if err != nil {
			return c.planFailed(err)
		}
		out := struct {
			planJSON
			Moves []assignment.PlanMove `json:"moves"`
		}{newPlanJSON(p), orEmpty(moves)}
		return c.answer(out, func() {
			c.say("cli.adjusted", judging.Args{"Count": len(moves)})
			for _, m := range moves {
				fmt.Fprintf(c.out, "    %s  %s → %s\n", m.Work, m.From, m.To)
			}
			c.printPlan(p)
		})
	})
}

func assignTopUp(c *call) error {
	fs := c.flags()
	perWork := fs.Int("per-work", 0, "")
	seed := fs.Int64("seed", -1, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *perWork <= 0 {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		bar := c.bar("cli.planning")
		p, err := o.Assignment().TopUpPlan(c.ctx, *perWork, given(*seed), bar.step)
		bar.done()
		if err != nil {
			return c.planFailed(err)
		}
		return c.answer(newPlanJSON(p), func() { c.printPlan(p) })
	})
}

func assignRecuse(c *call) error {
	fs := c.flags()
	judge := fs.String("judge", "", "")
	work := fs.String("work", "", "")
	reason := fs.String("reason", "", "")
	substitute := fs.String("substitute", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		r, err := o.Scoring().RecuseJudge(c.ctx, judging.JudgeID(*judge), *work, *reason, judging.JudgeID(*substitute))
		if err != nil {
			return err
		}
		return c.answer(r, func() {
			c.say("cli.recused", judging.Args{"Judge": *judge, "Work": *work, "Substitute": r.Substitute, "Plan": r.Plan.ID})
		})
	})
}
