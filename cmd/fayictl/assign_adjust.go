package main

import (
	"fmt"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

func assignAdjust(cmd *command) handler {
	cmd.use("assign adjust CONTEST", "assign adjust 2020.fayi")
	seed := cmd.seed("flag.seed")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		bar := c.bar("cli.planning")
		p, moves, err := o.Assignment().AdjustPlan(c.ctx, seed.given(), bar.step)
		bar.done()
		if err != nil {
			return planFailed(err)
		}
		out := struct {
			planJSON
			Moves []assignment.PlanMove `json:"moves"`
		}{newPlanJSON(p), orEmpty(moves)}
		return answer(out, func(pr *printer) {
			pr.say("cli.adjusted", judging.Args{"Count": len(moves)})
			for _, m := range moves {
				fmt.Fprintf(pr.out, "    %s  %s → %s\n", m.Work, m.From, m.To)
			}
			printPlan(pr, p)
		})
	})
}

func assignTopUp(cmd *command) handler {
	cmd.use("assign top-up CONTEST", "assign top-up 2020.fayi --per-work 4")
	perWork := cmd.mustNum("per-work", "N", "flag.per_work_more", 1)
	seed := cmd.seed("flag.seed")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		bar := c.bar("cli.planning")
		p, err := o.Assignment().TopUpPlan(c.ctx, *perWork, seed.given(), bar.step)
		bar.done()
		if err != nil {
			return planFailed(err)
		}
		return answer(newPlanJSON(p), func(pr *printer) { printPlan(pr, p) })
	})
}

func assignRecuse(cmd *command) handler {
	cmd.use("assign recuse CONTEST", "assign recuse 2020.fayi --judge j001 --work w000012 --reason 亲属")
	judge := cmd.must("judge", "J", "flag.judge")
	work := cmd.must("work", "W", "flag.work")
	reason := cmd.str("reason", "REASON", "flag.reason")
	substitute := cmd.str("substitute", "J", "flag.substitute")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		r, err := o.Scoring().RecuseJudge(c.ctx, judging.JudgeID(*judge), *work, *reason, judging.JudgeID(*substitute))
		if err != nil {
			return result{}, err
		}
		return answer(r, func(pr *printer) {
			pr.say("cli.recused", judging.Args{"Judge": *judge, "Work": *work, "Substitute": r.Substitute,
				"Plan": r.Plan.ID})
		})
	})
}
