package assign

import (
	"context"
	"slices"
)

// Solve plans who scores what. The same problem and seed give the same plan. Errors: *Infeasible if no plan meets the hard rules, *Disconnected beside a
// complete plan, ctx.Err() if cancelled, assign.bad_problem for a malformed problem. progress, if not nil, is told how far it is.
func Solve(ctx context.Context, p Problem, seed uint64, progress func(done, total int)) (Plan, error) {
	if err := p.check(); err != nil {
		return Plan{}, err
	}
	d := newDraft(&p, seed)
	total := 4 * p.Works
	step := func(done int) {
		if progress != nil {
			progress(done, total)
		}
	}
	d.turn()
	if err := d.deal(ctx, step); err != nil {
		return Plan{}, err
	}
	if err := d.settle(ctx); err != nil {
		return Plan{}, err
	}
	step(2 * p.Works)
	bound := d.bound()
	if err := d.refine(ctx, bound, func(int, int) {}); err != nil {
		return Plan{}, err
	}
	step(3 * p.Works)
	plan := d.plan()
	plan.Proof.Seed = seed
	step(total)
	return plan, nil
}

// settle makes the draft complete, within all limits and balanced.
func (d *draft) settle(ctx context.Context) error {
	c := newChains(d)
	short, err := c.cover(ctx)
	if err != nil {
		return err
	}
	if short != nil {
		return c.shortages(short)
	}
	if low := c.raise(); low != nil {
		return c.underload(low)
	}
	return c.balance(ctx)
}

// plan copies the draft into a Plan with its proof.
func (d *draft) plan() Plan {
	plan := Plan{Panels: make([][]int, len(d.panel))}
	for w, panel := range d.panel {
		for _, j := range panel {
			plan.Panels[w] = append(plan.Panels[w], int(j))
		}
		slices.Sort(plan.Panels[w])
	}
	plan.Proof = d.proof()
	return plan
}

func (d *draft) proof() Proof {
	q := Proof{Overall: d.linked(-1), PairSumSquares: d.squares(), Bound: d.bound()}
	for j, l := range d.load {
		q.Loads = append(q.Loads, int(l))
		if d.p.open(j) {
			q.MaxLoad = max(q.MaxLoad, int(l))
		}
	}
	q.MinLoad = q.MaxLoad
	for j, l := range q.Loads {
		if d.p.open(j) {
			q.MinLoad = min(q.MinLoad, l)
		}
	}
	for c := range d.pool {
		if l := d.linked(c); l.Works > 0 {
			q.Categories = append(q.Categories, l)
		}
	}
	q.AEfficiency, q.Lambda2 = d.efficiency(q.Overall.Groups)
	if q.AEfficiency < goodEfficiency && len(d.panel) > 0 {
		q.Warnings = append(q.Warnings, Warning{Key: "assign.low_comparability", Category: -1, Value: q.AEfficiency})
	}
	return q
}

// goodEfficiency is the A-efficiency below which the organiser is warned.
const goodEfficiency = .9
