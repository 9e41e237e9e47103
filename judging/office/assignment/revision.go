package assignment

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// PlanRevision is a published plan on its way to the next: who has what, and what may not move.
type PlanRevision struct {
	planInput
	Base  judging.Plan
	Lists []judging.Roster
	fixed []assign.Pair // scored or begun
	Open  []assign.Pair
	off   []assign.Pair // abstained, recused or void: not to be given back
}

// LoadRevision reads the published plan with the state of its pairs. Errors: Closed when none is published.
func LoadRevision(tx store.Tx) (PlanRevision, error) {
	var r PlanRevision
	c, err := records.LoadContest(tx)
	if err != nil {
		return r, err
	}
	r.Round = c.Round
	plan, err := records.PublishedPlan(tx, c.Round)
	if err != nil {
		return r, err
	}
	if plan == nil {
		return r, judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	r.Base, r.options = *plan, plan.Options
	if r.Rules, err = records.LoadRules(tx); err != nil {
		return r, err
	}
	if r.field, err = loadField(tx); err != nil {
		return r, err
	}
	if r.Lists, err = records.PlanRosters(tx, plan.ID); err != nil {
		return r, err
	}
	return r, r.sortPairs(tx)
}

// sortPairs tells pairs that stay from those that may move and those that are off. Scores of works that were out when
// the plan was made and are in again hold their pairs as well.
func (r *PlanRevision) sortPairs(tx store.Tx) error {
	workAt, judgeAt := map[judging.WorkID]int{}, map[judging.JudgeID]int{}
	for i, w := range r.Works {
		workAt[w.ID] = i
	}
	for i, j := range r.Judges {
		judgeAt[j.ID] = i
	}
	given := map[assign.Pair]judging.Score{}
	err := records.EachScore(tx, r.Round, func(s judging.Score) error {
		w, in := workAt[s.Work]
		j, known := judgeAt[s.Judge]
		if in && known && !s.Now().Blank() {
			given[assign.Pair{Work: w, Judge: j}] = s
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, list := range r.Lists {
		for _, id := range list.Works {
			w, in := workAt[id]
			if !in {
				continue // withdrawn since
			}
			pair := assign.Pair{Work: w, Judge: judgeAt[list.Judge]}
			r.sortPair(pair, given[pair])
			delete(given, pair)
		}
	}
	for _, pair := range slices.SortedFunc(maps.Keys(given), comparePairs) {
		if s := given[pair]; s.Now().State != judging.Skipped {
			r.sortPair(pair, s)
		}
	}
	return nil
}

func (r *PlanRevision) sortPair(pair assign.Pair, s judging.Score) {
	switch state := s.Now().State; {
	case s.Void != "" || state == judging.Abstained || state == judging.Recused:
		r.off = append(r.off, pair)
	case state == judging.Scored || state == judging.Started:
		r.fixed = append(r.fixed, pair)
	default:
		r.Open = append(r.Open, pair)
	}
}

func comparePairs(a, b assign.Pair) int {
	return cmp.Or(cmp.Compare(a.Work, b.Work), cmp.Compare(a.Judge, b.Judge))
}

// Problem is the plan's problem with what stays, what may not come back, and judges who left. Open pairs that are
// not allowed any more are dropped from open.
func (r *PlanRevision) Problem() assign.Problem {
	p := r.planInput.problem()
	p.Fixed = r.fixed
	p.Conflicts = append(p.Conflicts, r.off...)
	p.Closed = make([]bool, len(r.Judges))
	for i, j := range r.Judges {
		p.Closed[i] = j.Away
	}
	apart := map[assign.Pair]bool{}
	for _, c := range p.Conflicts {
		apart[c] = true
	}
	r.Open = slices.DeleteFunc(r.Open, func(q assign.Pair) bool { return apart[q] || p.Closed[q.Judge] })
	return p
}

// Standing are the panels as they stand.
func (r *PlanRevision) Standing() [][]int {
	out := make([][]int, len(r.Works))
	for _, q := range slices.Concat(r.fixed, r.Open) {
		out[q.Work] = append(out[q.Work], q.Judge)
	}
	for _, panel := range out {
		slices.Sort(panel)
	}
	return out
}

func (r *PlanRevision) name(judge int) judging.JudgeID {
	if judge < 0 {
		return ""
	}
	return r.Judges[judge].ID
}

// TakeOff takes the pair of a conflict that is about to be declared out of the plan: it is not given back, and a score
// of it holds it no more.
func (r *PlanRevision) TakeOff(c judging.Conflict) {
	r.Said = append(slices.Clone(r.Said), c)
	work := slices.IndexFunc(r.Works, func(w judging.Work) bool { return w.ID == c.Work })
	judge := slices.IndexFunc(r.Judges, func(j judging.Judge) bool { return j.ID == c.Judge })
	pair := assign.Pair{Work: work, Judge: judge}
	gone := func(q assign.Pair) bool { return q == pair }
	if n := len(r.fixed) + len(r.Open); work >= 0 && judge >= 0 {
		r.fixed, r.Open = slices.DeleteFunc(r.fixed, gone), slices.DeleteFunc(r.Open, gone)
		if len(r.fixed)+len(r.Open) < n {
			r.off = append(r.off, pair)
		}
	}
}

// storeRevision keeps the solution as a draft that grows out of the published plan. Judges keep the order of the
// works they keep; new ones come after.
func StoreRevision(
	ctx context.Context, rec *records.Records, r PlanRevision, solved assign.Plan, seed uint64,
) (judging.Plan, error) {
	o := Stage{rec}
	plan := r.plan(solved, seed)
	plan.Made, plan.Base = o.rec.Now().UTC(), r.Base.ID
	plan.Before = append(slices.Clone(r.Base.Before), r.Base.Version)
	lists := r.rosters(solved, seed)
	for i := range lists {
		lists[i].Works = inOrder(lists[i].Works, r.OrderOf(lists[i].Judge))
	}
	return o.storePlan(ctx, plan, lists)
}

func (r *PlanRevision) OrderOf(judge judging.JudgeID) []judging.WorkID {
	for _, list := range r.Lists {
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

// keepsScores refuses a draft that grew out of another plan than the one in force, or that drops a pair with a
// score that counts.
func keepsScores(tx store.Tx, plan judging.Plan, published *judging.Plan) error {
	if published == nil || plan.Base != published.ID {
		return judging.Fail(judging.Closed, "assign.overtaken", judging.Args{"Plan": plan.ID})
	}
	lists, err := records.PlanRosters(tx, plan.ID)
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
	counts, err := records.InContest(tx)
	if err != nil {
		return err
	}
	return records.EachScore(tx, plan.Round, func(s judging.Score) error {
		w, err := records.LoadWork(tx, s.Work)
		if err != nil {
			return err
		}
		if s.Counts() && counts(w) && !has[s.Judge][s.Work] {
			return judging.Fail(judging.Closed, "assign.overtaken", judging.Args{"Plan": plan.ID})
		}
		return nil
	})
}

// reopenGrown lets judges whose list grew go on who had handed it in.
func reopenGrown(tx store.Tx, plan judging.Plan) error {
	lists, err := records.PlanRosters(tx, plan.ID)
	if err != nil {
		return err
	}
	for _, l := range lists {
		s, err := records.LoadSeat(tx, plan.Round, l.Judge)
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
			if err := records.Seats.Put(tx, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func hasOpen(tx store.Tx, round judging.Round, l judging.Roster) (bool, error) {
	for _, w := range l.Works {
		s, err := records.LoadScore(tx, round, w, l.Judge)
		if err != nil {
			return false, err
		}
		if !records.Finished(s.Now().State) {
			return true, nil
		}
	}
	return false, nil
}
