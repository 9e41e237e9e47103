package assignment

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/store"
)

// Duty is one pair of a plan as the organiser sees it.
type Duty struct {
	Work   judging.WorkID      `json:"work"`
	Code   judging.WorkCode    `json:"code"`
	Judge  judging.JudgeID     `json:"judge"`
	Round  judging.Round       `json:"round"`
	Status judging.BallotState `json:"status"`
}

// Assignments lists the pairs of the round's plan (published, else newest draft), judge by judge.
func (o Stage) Assignments(ctx context.Context) ([]Duty, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Duty, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		plan, err := CurrentPlan(tx, c.Round)
		if err != nil || plan == nil {
			return []Duty{}, err
		}
		codes := map[judging.WorkID]judging.WorkCode{}
		if err := records.EachWork(tx, func(w judging.Work) error { codes[w.ID] = w.Code; return nil }); err != nil {
			return nil, err
		}
		lists, err := records.PlanRosters(tx, plan.ID)
		if err != nil {
			return nil, err
		}
		out := []Duty{}
		for _, r := range lists {
			for _, w := range r.Works {
				s, err := records.LoadScore(tx, plan.Round, w, r.Judge)
				if err != nil {
					return nil, err
				}
				out = append(out, Duty{w, codes[w], r.Judge, plan.Round, s.Now().State})
			}
		}
		return out, nil
	})
}

// Plans lists all plans, oldest first.
func (o Stage) Plans(ctx context.Context) ([]judging.Plan, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Plan, error) {
		return records.Collect(func(fn func(judging.Plan) error) error { return records.Plans.Each(tx, fn) })
	})
}

// Load is one judge's part in a plan.
type Load struct {
	Judge judging.Judge `json:"judge"`
	Call  string        `json:"call"` // what the judge is called by: namesakes are kept distinct
	Works int           `json:"works"`
}

// PlanLoads returns how many works each judge has in a plan.
func (o Stage) PlanLoads(ctx context.Context, id judging.PlanID) ([]Load, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Load, error) {
		lists, err := records.PlanRosters(tx, id)
		if err != nil {
			return nil, err
		}
		names, err := records.JudgeNames(tx)
		if err != nil {
			return nil, err
		}
		out := []Load{}
		for _, r := range lists {
			j, err := records.LoadJudge(tx, r.Judge)
			if err != nil && !errors.Is(err, judging.ErrNotFound) {
				return nil, err
			}
			out = append(out, Load{j, names[r.Judge], len(r.Works)})
		}
		return out, nil
	})
}

// WithoutJudges lists the works of the present round that the published plan gives to no judge: late ones, and those
// that came back. AdjustPlan gives them judges. None while no plan is published.
func (o Stage) WithoutJudges(ctx context.Context) ([]judging.WorkID, error) {
	return records.View(ctx, o.rec.DB, revisions.WithoutJudges)
}
