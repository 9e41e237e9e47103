package office

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/store"
)

// planRevision is a published plan on its way to the next: who has what, and what may not move.
type planRevision struct {
	planInput
	base  judging.Plan
	lists []judging.Roster
	fixed []assign.Pair // scored or begun
	open  []assign.Pair
	off   []assign.Pair // abstained, recused or void: not to be given back
}

// loadRevision reads the published plan with the state of its pairs. Errors: Closed when none is published.
func loadRevision(tx store.Tx) (planRevision, error) {
	var r planRevision
	c, err := loadContest(tx)
	if err != nil {
		return r, err
	}
	r.round = c.Round
	plan, err := publishedPlan(tx, c.Round)
	if err != nil {
		return r, err
	}
	if plan == nil {
		return r, judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	r.base, r.options = *plan, plan.Options
	if r.rules, err = loadRules(tx); err != nil {
		return r, err
	}
	if r.field, err = loadField(tx); err != nil {
		return r, err
	}
	if r.lists, err = planRosters(tx, plan.ID); err != nil {
		return r, err
	}
	return r, r.sortPairs(tx)
}

// sortPairs tells pairs that stay from those that may move and those that are off.
func (r *planRevision) sortPairs(tx store.Tx) error {
	workAt, judgeAt := map[judging.WorkID]int{}, map[judging.JudgeID]int{}
	for i, w := range r.works {
		workAt[w.ID] = i
	}
	for i, j := range r.judges {
		judgeAt[j.ID] = i
	}
	for _, list := range r.lists {
		for _, id := range list.Works {
			w, in := workAt[id]
			if !in {
				continue // withdrawn since
			}
			s, err := loadScore(tx, r.round, id, list.Judge)
			if err != nil {
				return err
			}
			pair := assign.Pair{Work: w, Judge: judgeAt[list.Judge]}
			switch state := s.Now().State; {
			case s.Void != "" || state == judging.Abstained || state == judging.Recused:
				r.off = append(r.off, pair)
			case state == judging.Scored || state == judging.Started:
				r.fixed = append(r.fixed, pair)
			default:
				r.open = append(r.open, pair)
			}
		}
	}
	return nil
}

// problem is the plan's problem with what stays, what may not come back, and judges who left. Open pairs that are not allowed any more are dropped from open.
func (r *planRevision) problem() assign.Problem {
	p := r.planInput.problem()
	p.Fixed = r.fixed
	p.Conflicts = append(p.Conflicts, r.off...)
	p.Closed = make([]bool, len(r.judges))
	for i, j := range r.judges {
		p.Closed[i] = j.Away
	}
	apart := map[assign.Pair]bool{}
	for _, c := range p.Conflicts {
		apart[c] = true
	}
	r.open = slices.DeleteFunc(r.open, func(q assign.Pair) bool { return apart[q] || p.Closed[q.Judge] })
	return p
}

// standing are the panels as they stand.
func (r *planRevision) standing() [][]int {
	out := make([][]int, len(r.works))
	for _, q := range slices.Concat(r.fixed, r.open) {
		out[q.Work] = append(out[q.Work], q.Judge)
	}
	for _, panel := range out {
		slices.Sort(panel)
	}
	return out
}

func (r *planRevision) name(judge int) judging.JudgeID {
	if judge < 0 {
		return ""
	}
	return r.judges[judge].ID
}

// storeRevision keeps the solution as a draft that grows out of the published plan. Judges keep the order of the works they keep; new ones come after.
func (o *Office) storeRevision(ctx context.Context, r planRevision, solved assign.Plan, seed uint64) (judging.Plan, error) {
	plan := r.plan(solved, seed)
	plan.Made, plan.Base = o.now().UTC(), r.base.ID
	plan.Before = append(slices.Clone(r.base.Before), r.base.Version)
	lists := r.rosters(solved, seed)
	for i := range lists {
		lists[i].Works = inOrder(lists[i].Works, r.orderOf(lists[i].Judge))
	}
	return o.storePlan(ctx, plan, lists)
}

func (r *planRevision) orderOf(judge judging.JudgeID) []judging.WorkID {
	for _, list := range r.lists {
		if list.Judge == judge {
			return list.Works
		}
	}
	return nil
}

// inOrder sorts works so that those in before come first, in its order.
func inOrder(works, before []judging.WorkID) []judging.WorkID {
	var out []judging.WorkID
	for _, w := range before {
		if slices.Contains(works, w) {
			out = append(out, w)
		}
	}
	for _, w := range works {
		if !slices.Contains(before, w) {
			out = append(out, w)
		}
	}
	return out
}

// keepsScores refuses a draft that grew out of another plan than the one in force, or that drops a pair with a score that counts.
func keepsScores(tx store.Tx, plan judging.Plan, published *judging.Plan) error {
	if published == nil || plan.Base != published.ID {
		return judging.Fail(judging.Closed, "assign.overtaken", judging.Args{"Plan": plan.ID})
	}
	lists, err := planRosters(tx, plan.ID)
	if err != nil {
		return err
	}
	has := map[judging.JudgeID]map[judging.WorkID]bool{}
	for _, l := range lists {
		has[l.Judge] = map[judging.WorkID]bool{}
		for _, w := range l.Works {
			has[l.Judge][w] = true
		}
	}
	return eachScore(tx, plan.Round, func(s judging.Score) error {
		w, err := loadWork(tx, s.Work)
		if err != nil {
			return err
		}
		if s.Counts() && accepted(w) && !has[s.Judge][s.Work] {
			return judging.Fail(judging.Closed, "assign.overtaken", judging.Args{"Plan": plan.ID})
		}
		return nil
	})
}

// reopenGrown lets judges whose list grew go on who had handed it in.
func reopenGrown(tx store.Tx, plan judging.Plan) error {
	lists, err := planRosters(tx, plan.ID)
	if err != nil {
		return err
	}
	for _, l := range lists {
		s, err := loadSeat(tx, plan.Round, l.Judge)
		if err != nil || !s.Submitted {
			if err != nil {
				return err
			}
			continue
		}
		open, err := hasOpen(tx, plan.Round, l)
		if err != nil {
			return err
		}
		if open {
			s.Submitted = false
			if err := seats.Put(tx, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func hasOpen(tx store.Tx, round judging.Round, l judging.Roster) (bool, error) {
	for _, w := range l.Works {
		s, err := loadScore(tx, round, w, l.Judge)
		if err != nil {
			return false, err
		}
		if !finished(s.Now().State) {
			return true, nil
		}
	}
	return false, nil
}
