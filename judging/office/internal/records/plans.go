package records

import (
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

// PublishedPlan returns the plan in force in a round, nil when there is none.
func PublishedPlan(tx store.Tx, round judging.Round) (*judging.Plan, error) {
	return LastPlan(tx, func(p judging.Plan) bool { return p.Round == round && p.State == judging.Published })
}

func LastPlan(tx store.Tx, want func(judging.Plan) bool) (*judging.Plan, error) {
	var found *judging.Plan
	err := Plans.Each(tx, func(p judging.Plan) error {
		if want(p) {
			found = &p
		}
		return nil
	})
	return found, err
}

func PlanRosters(tx store.Tx, id judging.PlanID) ([]judging.Roster, error) {
	return Collect(func(fn func(judging.Roster) error) error { return Rosters.EachPrefix(tx, string(id)+"/", fn) })
}

// RefuseAssigned stops changes to a work that judges are scoring.
func RefuseAssigned(tx store.Tx, w judging.Work) error {
	c, err := LoadContest(tx)
	if err != nil {
		return err
	}
	plan, err := PublishedPlan(tx, c.Round)
	if err != nil || plan == nil {
		return err
	}
	lists, err := PlanRosters(tx, plan.ID)
	if err != nil {
		return err
	}
	for _, r := range lists {
		if slices.Contains(r.Works, w.ID) {
			return judging.Fail(judging.Closed, "works.assigned", judging.Args{"Work": w.Code})
		}
	}
	return nil
}
