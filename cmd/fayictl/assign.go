package main

import (
	"errors"
	"fmt"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

// assignCommands are the commands of the noun assign, in the order of their work.
var assignCommands = []declaration{
	assignPlan, behind("publish", assignPublish), assignAdjust, assignTopUp, assignRecuse, assignList, assignShow,
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
		p.Proof.Bound, p.Proof.AEfficiency, p.Proof.Lambda2, p.Proof.Comparability, p.Seed, orEmpty(p.Proof.Warnings)}
}

func assignPlan(cmd *command) handler {
	cmd.use("assign plan CONTEST", "assign plan 2020.fayi --per-work 3 --seed 2020")
	var req assignment.PlanRequest
	cmd.numVar(&req.PerWork, "per-work", "N", "flag.per_work")
	cmd.strVar((*string)(&req.Expertise), "expertise", "force|prefer|ignore", "flag.expertise")
	cmd.yesVar(&req.DifferentUnits, "different-units", "flag.different_units")
	cmd.yesVar(&req.Senior, "senior", "flag.senior_each")
	seed := cmd.seed("flag.seed")
	return func(c *call, args []string) (result, error) {
		req.Seed = seed.given()
		return c.with(args[0], func(o *office.Office) (result, error) {
			bar := c.bar("cli.planning")
			p, err := o.Assignment().PlanAssignment(c.ctx, req, bar.step)
			bar.done()
			if err != nil {
				return planFailed(err)
			}
			return answer(newPlanJSON(p), func(pr *printer) { printPlan(pr, p) })
		})
	}
}

// planFailed returns what is missing as a result of its own, so that a program can read it; people read it in the
// error.
func planFailed(err error) (result, error) {
	var short *assignment.Shortages
	if errors.As(err, &short) {
		return newResult(map[string]any{"missing": short.Missing}, nil), err
	}
	return result{}, err
}

func printPlan(pr *printer, p judging.Plan) {
	pr.say("cli.plan", judging.Args{"Plan": p.ID, "State": pr.text.T("plan.state_"+string(p.State), nil),
		"Works": p.Works, "Judges": p.Judges, "Pairs": p.Pairs,
		"Min": p.Proof.MinLoad, "Max": p.Proof.MaxLoad, "Components": p.Proof.Components,
		"Efficiency": fmt.Sprintf("%.3f", p.Proof.Comparability), "Seed": p.Seed})
	for _, w := range p.Proof.Warnings {
		pr.warn(w.Text, w.Args)
	}
}

// published is a plan with what still needs an eye before judges see it.
type published struct {
	judging.Plan

	OpenBlind int `json:"open_blind"`
}

func assignPublish(cmd *command) handler {
	cmd.use("assign publish CONTEST", "assign publish 2020.fayi")
	id := cmd.str("plan", "PLAN", "flag.plan")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		p, err := o.Assignment().PublishPlan(c.ctx, judging.PlanID(*id))
		if err != nil {
			return result{}, err
		}
		open, err := o.Review().OpenNeeds(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(published{p, len(open)}, func(pr *printer) {
			pr.say("cli.plan_published", judging.Args{"Plan": p.ID, "Version": p.Version})
			if len(open) > 0 {
				pr.say("blind.cli_open", judging.Args{"Open": len(open)})
			}
		})
	})
}

func assignList(cmd *command) handler {
	cmd.use("assign list CONTEST", "assign list 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Assignment().Assignments(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{pr.head("judge", "code", "work", "state")}
			for _, d := range all {
				rows = append(rows, []string{string(d.Judge), string(d.Code), string(d.Work),
					pr.text.T("ballot.state_"+string(d.Status), nil)})
			}
			pr.table(rows)
		})
	})
}

func assignShow(cmd *command) handler {
	cmd.use("assign show CONTEST", "assign show 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Assignment().Plans(c.ctx)
		if err != nil {
			return result{}, err
		}
		if len(all) == 0 {
			return result{}, judging.Fail(judging.NotFound, "assign.no_draft", nil)
		}
		p := all[len(all)-1]
		loads, err := o.Assignment().PlanLoads(c.ctx, p.ID)
		if err != nil {
			return result{}, err
		}
		overlap, err := o.Assignment().PlanOverlap(c.ctx, p.ID)
		if err != nil {
			return result{}, err
		}
		without, err := o.Assignment().WithoutJudges(c.ctx)
		if err != nil {
			return result{}, err
		}
		doc := map[string]any{"plan": p, "loads": loads, "shared": overlap, "without_judges": without}
		return answer(doc, func(pr *printer) {
			printPlan(pr, p)
			if len(without) > 0 {
				pr.say("cli.without_judges", judging.Args{"Count": len(without)})
			}
			rows := [][]string{pr.head("judge", "name", "works", "max_load")}
			for _, l := range loads {
				rows = append(rows, []string{string(l.Judge.ID), l.Judge.Name, fmt.Sprint(l.Works),
					fmt.Sprint(l.Judge.MaxLoad)})
			}
			pr.table(rows)
		})
	})
}
