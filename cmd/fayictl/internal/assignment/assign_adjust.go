package assignment

import (
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

func assignAdjust(cmd *command.Command) command.Handler {
	cmd.Use("assign adjust CONTEST", "assign adjust 2020.fayi")
	cmd.Ends(judging.Invalid) // too few judges for what is to be judged
	seed := cmd.Seed("flag.seed")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		bar := c.Bar("cli.planning")
		p, moves, err := o.Assignment().AdjustPlan(c.Ctx, seed.Given(), bar.Step)
		bar.Done()
		if err != nil {
			return planFailed(err)
		}
		out := struct {
			planJSON
			Moves []assignment.PlanMove `json:"moves"`
		}{newPlanJSON(p), command.OrEmpty(moves)}
		return command.Answer(out, func(pr *command.Printer) {
			pr.Say("cli.adjusted", judging.Args{"Count": len(moves)})
			for _, m := range moves {
				pr.Line("    %s  %s → %s", m.Work, m.From, m.To)
			}
			printPlan(pr, p)
		})
	})
}

func assignTopUp(cmd *command.Command) command.Handler {
	cmd.Use("assign top-up CONTEST", "assign top-up 2020.fayi --per-work 4")
	perWork := cmd.MustNum("per-work", "N", "flag.per_work_more", 1)
	seed := cmd.Seed("flag.seed")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		bar := c.Bar("cli.planning")
		p, err := o.Assignment().TopUpPlan(c.Ctx, *perWork, seed.Given(), bar.Step)
		bar.Done()
		if err != nil {
			return planFailed(err)
		}
		return command.Answer(newPlanJSON(p), func(pr *command.Printer) { printPlan(pr, p) })
	})
}

func assignRecuse(cmd *command.Command) command.Handler {
	cmd.Use("assign recuse CONTEST", "assign recuse 2020.fayi --judge j001 --work w000012 --reason 亲属")
	judge := cmd.Must("judge", "J", "flag.judge")
	work := cmd.Must("work", "W", "flag.work")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	substitute := cmd.Str("substitute", "J", "flag.substitute")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		r, err := o.Scoring().RecuseJudge(c.Ctx, judging.JudgeID(*judge), *work, *reason, judging.JudgeID(*substitute))
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) {
			pr.Say("cli.recused", judging.Args{"Judge": *judge, "Work": *work, "Substitute": r.Substitute,
				"Plan": r.Plan.ID})
		})
	})
}
