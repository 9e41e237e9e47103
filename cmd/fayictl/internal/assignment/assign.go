package assignment

import (
	"errors"
	"fmt"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

// AssignCommands are the commands of the noun assign, in the order of their work.
var AssignCommands = []command.Declaration{
	assignPlan, command.Behind("publish", assignPublish), assignAdjust, assignTopUp, assignRecuse, assignList,
	assignShow,
}

// planJSON is the stable form of a plan's quality.
type planJSON struct {
	Plan           judging.PlanID    `json:"plan"`
	Loads          map[string]int    `json:"loads"`
	Components     int               `json:"components"`
	PairSumSquares int64             `json:"pair_sum_squares"`
	Bound          int64             `json:"bound"`
	AEfficiency    float64           `json:"a_efficiency"`
	Lambda2        float64           `json:"lambda2"`
	Comparability  float64           `json:"comparability"`
	Seed           uint64            `json:"seed"`
	Warnings       []judging.Problem `json:"warnings"`
}

func newPlanJSON(p judging.Plan) planJSON {
	return planJSON{p.ID, map[string]int{"min": p.Proof.MinLoad, "max": p.Proof.MaxLoad}, p.Proof.Components,
		p.Proof.PairSumSquares,
		p.Proof.Bound, p.Proof.AEfficiency, p.Proof.Lambda2, p.Proof.Comparability, p.Seed,
		command.OrEmpty(p.Proof.Warnings)}
}

func assignPlan(cmd *command.Command) command.Handler {
	cmd.Use("assign plan CONTEST", "assign plan 2020.fayi --per-work 3 --seed 2020")
	var req assignment.PlanRequest
	cmd.NumVar(&req.PerWork, "per-work", "N", "flag.per_work")
	cmd.StrVar((*string)(&req.Expertise), "expertise", "force|prefer|ignore", "flag.expertise")
	cmd.YesVar(&req.DifferentUnits, "different-units", "flag.different_units")
	cmd.YesVar(&req.Senior, "senior", "flag.senior_each")
	seed := cmd.Seed("flag.seed")
	return func(c *command.Call, args []string) (command.Result, error) {
		req.Seed = seed.Given()
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			bar := c.Bar("cli.planning")
			p, err := o.Assignment().PlanAssignment(c.Ctx, req, bar.Step)
			bar.Done()
			if err != nil {
				return planFailed(err)
			}
			return command.Answer(newPlanJSON(p), func(pr *command.Printer) { printPlan(pr, p) })
		})
	}
}

// planFailed returns what is missing as a result of its own, so that a program can read it; people read it in the
// error.
func planFailed(err error) (command.Result, error) {
	var short *assignment.Shortages
	if errors.As(err, &short) {
		return command.NewResult(map[string]any{"missing": short.Missing}, nil), err
	}
	return command.Result{}, err
}

func printPlan(pr *command.Printer, p judging.Plan) {
	pr.Say("cli.plan", judging.Args{"Plan": p.ID, "State": pr.Text.T("plan.state_"+string(p.State), nil),
		"Works": p.Works, "Judges": p.Judges, "Pairs": p.Pairs,
		"Min": p.Proof.MinLoad, "Max": p.Proof.MaxLoad, "Components": p.Proof.Components,
		"Efficiency": fmt.Sprintf("%.3f", p.Proof.Comparability), "Seed": p.Seed})
	for _, w := range p.Proof.Warnings {
		pr.Warn(w.Text, w.Args)
	}
}

// published is a plan with what still needs an eye before judges see it.
type published struct {
	judging.Plan

	OpenBlind int `json:"open_blind"`
}

func assignPublish(cmd *command.Command) command.Handler {
	cmd.Use("assign publish CONTEST", "assign publish 2020.fayi")
	id := cmd.Str("plan", "PLAN", "flag.plan")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		p, err := o.Assignment().PublishPlan(c.Ctx, judging.PlanID(*id))
		if err != nil {
			return command.Result{}, err
		}
		open, err := o.Review().OpenNeeds(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(published{p, len(open)}, func(pr *command.Printer) {
			pr.Say("cli.plan_published", judging.Args{"Plan": p.ID, "Version": p.Version})
			if len(open) > 0 {
				pr.Say("blind.cli_open", judging.Args{"Open": len(open)})
			}
		})
	})
}

func assignList(cmd *command.Command) command.Handler {
	cmd.Use("assign list CONTEST", "assign list 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Assignment().Assignments(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("judge", "code", "work", "state")}
			for _, d := range all {
				rows = append(rows, []string{string(d.Judge), string(d.Code), string(d.Work),
					pr.Text.T("ballot.state_"+string(d.Status), nil)})
			}
			pr.Table(rows)
		})
	})
}

func assignShow(cmd *command.Command) command.Handler {
	cmd.Use("assign show CONTEST", "assign show 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Assignment().Plans(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		if len(all) == 0 {
			return command.Result{}, judging.Fail(judging.NotFound, "assign.no_draft", nil)
		}
		p := all[len(all)-1]
		loads, err := o.Assignment().PlanLoads(c.Ctx, p.ID)
		if err != nil {
			return command.Result{}, err
		}
		overlap, err := o.Assignment().PlanOverlap(c.Ctx, p.ID)
		if err != nil {
			return command.Result{}, err
		}
		without, err := o.Assignment().WithoutJudges(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		doc := map[string]any{"plan": p, "loads": loads, "shared": overlap, "without_judges": without}
		return command.Answer(doc, func(pr *command.Printer) {
			printPlan(pr, p)
			if len(without) > 0 {
				pr.Say("cli.without_judges", judging.Args{"Count": len(without)})
			}
			rows := [][]string{pr.Head("judge", "name", "works", "max_load")}
			for _, l := range loads {
				rows = append(rows, []string{string(l.Judge.ID), l.Judge.Name, fmt.Sprint(l.Works),
					fmt.Sprint(l.Judge.MaxLoad)})
			}
			pr.Table(rows)
		})
	})
}
