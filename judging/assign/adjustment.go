package assign

import (
	"cmp"
	"context"
	"slices"
)

// Move is one change between two plans: the judge From no longer scores the work, the judge To does. -1 stands for
// nobody: a seat was added, filled or removed.
type Move struct{ Work, From, To int }

// Adjust plans p again after judges or works came or went, and keeps as many pairs of old as it can. Hard rules
// come first, then equal loads, then the fewest moves. Pairs of p.Fixed (finished scores) never move. old holds the
// pairs not yet scored, by the indices of p, without those of removed works. Errors are those of Solve.
func Adjust(
	ctx context.Context, p Problem, old []Pair, seed uint64, progress func(done, total int),
) (Plan, []Move, error) {
	for _, q := range old {
		if !p.inside(q) {
			return Plan{}, nil, bad("old")
		}
	}
	d, err := p.solve(ctx, seed, old, progress)
	if err != nil {
		return Plan{}, nil, err
	}
	d.fixPrevious()
	plan, err := d.finish(ctx, seed)
	return plan, moves(p.Works, append(slices.Clone(p.Fixed), old...), plan), err
}

// assignPrevious assigns the pairs of old that the rules still allow.
func (d *draft) assignPrevious(old []Pair) {
	if len(old) == 0 {
		return
	}
	d.previous = make([][]int32, d.problem.Works)
	for _, q := range old {
		w, j := int32(q.Work), int32(q.Judge)
		d.previous[w] = append(d.previous[w], j)
		if d.missing(w) > 0 && d.loads[j] < d.maxLoad[j] && d.canJoin(w, -1, j) {
			d.add(w, j)
		}
	}
}

// moveCost is what a pair costs that the plan before did not have: so much more than the 1 that a judge outside
// their categories costs that the fewest moves come first.
const moveCost = 1 << 10

// moveCosts returns the costs by which minimizeCost keeps as many previous pairs as possible, and of such plans
// takes one with the fewest judges outside their categories.
func (d *draft) moveCosts() pairCosts {
	t := pairCosts{usual: func(category, j int32) int {
		if d.problem.Match == Prefer && !d.expert[category][j] {
			return moveCost + 1
		}
		return moveCost
	}}
	t.cost = func(w, j int32) int {
		price := t.usual(d.category[w], j)
		if d.previous != nil && contains(d.previous[w], j) {
			price -= moveCost
		}
		return price
	}
	for w, old := range d.previous {
		for _, j := range old {
			if d.allows(int32(w), j) {
				t.special = append(t.special, Pair{w, int(j)})
			}
		}
	}
	return t
}

// fixPrevious fixes the previous pairs that the draft still has, so that later steps leave them alone.
func (d *draft) fixPrevious() {
	for w, old := range d.previous {
		panel := d.panels[w]
		for i := int(d.fixed[w]); i < len(panel); i++ {
			if contains(old, panel[i]) {
				panel[i], panel[d.fixed[w]] = panel[d.fixed[w]], panel[i]
				d.fixed[w]++
			}
		}
	}
}

// TopUp gives each work the judges it lacks under p (where PerWork or Need grew) and moves no pair of old. Errors
// are those of Solve.
func TopUp(ctx context.Context, p Problem, old []Pair, seed uint64, progress func(done, total int)) (Plan, error) {
	p.Fixed = append(slices.Clone(p.Fixed), old...)
	return Solve(ctx, p, seed, progress)
}

// Substitutes returns up to limit judges who could take over work from the judge gone, best first: the lowest load,
// then the fewest works shared with the panel. gone < 0 asks for an additional judge. Include the pair of the judge
// who left in p.Conflicts.
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
	if gone >= 0 && contains(d.panels[w], int32(gone)) {
		d.drop(w, int32(gone))
	}
	var ready []int
	cost := make([]int, p.Judges)
	for j := range int32(p.Judges) {
		if int(j) != gone && d.loads[j] < d.maxLoad[j] && d.canJoin(w, -1, j) {
			ready = append(ready, int(j))
			cost[j] = d.greedyCost(w, j)
		}
	}
	slices.SortStableFunc(ready, func(a, b int) int {
		return cmp.Or(int(d.loads[a]-d.loads[b]), cost[a]-cost[b])
	})
	return ready[:min(limit, len(ready))], nil
}

// moves lists what changed from old to plan, by work: judges who left are paired with judges who came.
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
