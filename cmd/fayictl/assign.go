package main

import (
	"errors"
	"fmt"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
)

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
	return planJSON{p.ID, map[string]int{"min": p.Proof.MinLoad, "max": p.Proof.MaxLoad}, p.Proof.Components, p.Proof.PairSumSquares,
		p.Proof.Bound, p.Proof.AEfficiency, p.Proof.Lambda2, p.Proof.Comparability, p.Seed, orEmpty(p.Proof.Warnings)}
}

// given turns a seed flag into a seed; below 0 it was not given.
func given(seed int64) *uint64 {
	if seed < 0 {
		return nil
	}
	s := uint64(seed)
	return &s
}

func assignPlan(c *call) error {
	fs := c.flags()
	var req assignment.PlanRequest
	fs.IntVar(&req.PerWork, "per-work", 0, "")
	fs.StringVar((*string)(&req.Expertise), "expertise", "", "")
	fs.BoolVar(&req.DifferentUnits, "different-units", false, "")
	fs.BoolVar(&req.Senior, "senior", false, "")
	seed := fs.Int64("seed", -1, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	req.Seed = given(*seed)
	return c.with(args[0], func(o *office.Office) error {
		bar := c.bar("cli.planning")
		p, err := o.Assignment().PlanAssignment(c.ctx, req, bar.step)
		bar.done()
		if err != nil {
			return c.planFailed(err)
		}
		return c.answer(newPlanJSON(p), func() { c.printPlan(p) })
	})
}

// planFailed prints what is missing as JSON when asked to; the error is told on stderr either way.
func (c *call) planFailed(err error) error {
	var short *assignment.Shortages
	if c.json && errors.As(err, &short) {
		return firstError(c.answer(map[string]any{"missing": short.Missing}, nil), err)
	}
	return err
}

func (c *call) printPlan(p judging.Plan) {
	c.say("cli.plan", judging.Args{"Plan": p.ID, "State": c.text.T("plan.state_"+string(p.State), nil), "Works": p.Works, "Judges": p.Judges, "Pairs": p.Pairs,
		"Min": p.Proof.MinLoad, "Max": p.Proof.MaxLoad, "Components": p.Proof.Components, "Efficiency": fmt.Sprintf("%.3f", p.Proof.Comparability), "Seed": p.Seed})
	for _, w := range p.Proof.Warnings {
		c.warn(w.Text, w.Args)
	}
}

func assignPublish(c *call) error {
	fs := c.flags()
	id := fs.String("plan", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		var p judging.Plan
		err := c.through(o, "publish", func() (err error) {
			p, err = o.Assignment().PublishPlan(c.ctx, judging.PlanID(*id))
			return err
		})
		if err != nil {
			return err
		}
		return c.answer(p, func() { c.say("cli.plan_published", judging.Args{"Plan": p.ID, "Version": p.Version}) })
	})
}

func assignList(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Assignment().Assignments(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			rows := [][]string{c.head("judge", "code", "work", "state")}
			for _, d := range all {
				rows = append(rows, []string{string(d.Judge), string(d.Code), string(d.Work), c.text.T("ballot.state_"+string(d.Status), nil)})
			}
			c.table(rows)
		})
	})
}

func assignShow(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Assignment().Plans(c.ctx)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return judging.Fail(judging.NotFound, "assign.no_draft", nil)
		}
		p := all[len(all)-1]
		loads, err := o.Assignment().PlanLoads(c.ctx, p.ID)
		if err != nil {
			return err
		}
		overlap, err := o.Assignment().PlanOverlap(c.ctx, p.ID)
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"plan": p, "loads": loads, "shared": overlap}, func() {
			c.printPlan(p)
			rows := [][]string{c.head("judge", "name", "works", "max_load")}
			for _, l := range loads {
				rows = append(rows, []string{string(l.Judge.ID), l.Judge.Name, fmt.Sprint(l.Works), fmt.Sprint(l.Judge.MaxLoad)})
			}
			c.table(rows)
		})
	})
}
