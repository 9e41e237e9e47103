package office

import (
	"context"
	"errors"

	"fayi/judging"
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
func (o *Office) Assignments(ctx context.Context) ([]Duty, error) {
	return view(ctx, o.db, func(tx store.Tx) ([]Duty, error) {
		c, err := loadContest(tx)
		if err != nil {
			return nil, err
		}
		plan, err := currentPlan(tx, c.Round)
		if err != nil || plan == nil {
			return []Duty{}, err
		}
		codes := map[judging.WorkID]judging.WorkCode{}
		if err := eachWork(tx, func(w judging.Work) error { codes[w.ID] = w.Code; return nil }); err != nil {
			return nil, err
		}
		lists, err := planRosters(tx, plan.ID)
		if err != nil {
			return nil, err
		}
		out := []Duty{}
		for _, r := range lists {
			for _, w := range r.Works {
				s, err := loadScore(tx, plan.Round, w, r.Judge)
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
func (o *Office) Plans(ctx context.Context) ([]judging.Plan, error) {
	return view(ctx, o.db, func(tx store.Tx) ([]judging.Plan, error) {
		return collect(func(fn func(judging.Plan) error) error { return plans.Each(tx, fn) })
	})
}

// Load is one judge's part in a plan.
type Load struct {
	Judge judging.Judge `json:"judge"`
	Works int           `json:"works"`
}

// PlanLoads returns how many works each judge has in a plan.
func (o *Office) PlanLoads(ctx context.Context, id judging.PlanID) ([]Load, error) {
	return view(ctx, o.db, func(tx store.Tx) ([]Load, error) {
		lists, err := planRosters(tx, id)
		if err != nil {
			return nil, err
		}
		out := []Load{}
		for _, r := range lists {
			j, err := loadJudge(tx, r.Judge)
			if err != nil && !errors.Is(err, judging.ErrNotFound) {
				return nil, err
			}
			out = append(out, Load{j, len(r.Works)})
		}
		return out, nil
	})
}
