package assign

import (
	"cmp"
	"context"
	"slices"
)

// Move is one change between two plans: From gives the work up, To takes it. -1: nobody (a seat opened, filled or closed).
type Move struct{ Work, From, To int }

// Adjust plans p anew after judges or works came or went, keeping as many pairs of old as it can: hard rules first, then equal loads, then fewest moves. Pairs of
// p.Fixed (finished scores) never move; old holds the open pairs in the indices of p, those of removed works left out. Errors are those of Solve.
func Adjust(ctx context.Context, p Problem, old []Pair, seed uint64, progress func(done, total int)) (Plan, []Move, error) {
	if err := p.check(); err != nil {
		return Plan{}, nil, err
	}
	d := newDraft(&p, seed)
	for _, q := range old {
		w, j := int32(q.Work), int32(q.Judge)
		if q.Work < 0 || q.Work >= p.Works || q.Judge < 0 || q.Judge >= p.Judges {
			return Plan{}, nil, bad("old")
		}
		if d.holes(w) > 0 && d.load[j] < d.most[j] && d.joins(w, -1, j) {
			d.add(w, j)
		}
	}
	if err := d.settle(ctx); err != nil {
		return Plan{}, nil, err
	}
	plan := d.plan()
	plan.Proof.Seed = seed
	return plan, moves(p.Works, append(slices.Clone(p.Fixed), old...), plan), nil
}

// TopUp gives each work the judges it lacks under p (where PerWork or Need grew) and moves no pair of old. Errors are those of Solve.
func TopUp(ctx context.Context, p Problem, old []Pair, seed uint64, progress func(done, total int)) (Plan, error) {
	p.Fixed = append(slices.Clone(p.Fixed), old...)
	return Solve(ctx, p, seed, progress)
}

// Substitutes returns up to limit judges who could take gone's seat on work in plan, the best first: least load, then fewest works shared with the panel. gone < 0
// asks for an extra judge. The judge who left should be among p.Conflicts already.
func Substitutes(p Problem, plan Plan, work, gone, limit int) ([]int, error) {
	p.Fixed = plan.Pairs()
	if err := p.check(); err != nil {
		return nil, err
	}
	if work < 0 || work >= p.Works {
		return nil, bad("work")
	}
	d := newDraft(&p, 0)
	w := int32(work)
	if gone >= 0 && holds(d.panel[w], int32(gone)) {
		d.drop(w, int32(gone))
	}
	var ready []int
	cost := make([]int, p.Judges)
	for j := range int32(p.Judges) {
		if int(j) != gone && d.load[j] < d.most[j] && d.joins(w, -1, j) {
			ready = append(ready, int(j))
			cost[j] = d.seatCost(w, j)
		}
	}
	slices.SortStableFunc(ready, func(a, b int) int {
		return cmp.Or(int(d.load[a]-d.load[b]), cost[a]-cost[b])
	})
	return ready[:min(limit, len(ready))], nil
}

// moves lists what changed from old to plan, by work: judges who left, paired with those who came.
func moves(works int, old []Pair, plan Plan) []Move {
	was := make([][]int, works)
	for _, q := range old {
		if !slices.Contains(was[q.Work], q.Judge) {
			was[q.Work] = append(was[q.Work], q.Judge)
		}
	}
	var out []Move
	for w, panel := range plan.Panels {
		left, came := without(was[w], panel), without(panel, was[w])
		for i := range max(len(left), len(came)) {
			m := Move{w, -1, -1}
			if i < len(left) {
				m.From = left[i]
			}
			if i < len(came) {
				m.To = came[i]
			}
			out = append(out, m)
		}
	}
	return out
}

func without(all, some []int) (rest []int) {
	for _, v := range all {
		if !slices.Contains(some, v) {
			rest = append(rest, v)
		}
	}
	slices.Sort(rest)
	return rest
}
