package assign

import (
	"context"
	"errors"
	"slices"
)

// maxPerturbations bounds the random repairs where unit and senior rules together leave a seat empty. With either
// rule alone none is needed.
const maxPerturbations = 300

// Solve plans who scores what. The same problem and seed give the same plan. Errors: *Infeasible if no plan meets
// the hard rules, *Disconnected together with a complete plan, ctx.Err() if cancelled, assign.bad_problem for a
// problem that contradicts itself. progress, if not nil, is called now and then with how much is done.
func Solve(ctx context.Context, p Problem, seed uint64, progress func(done, total int)) (Plan, error) {
	d, err := p.solve(ctx, seed, nil, progress)
	if err != nil {
		return Plan{}, err
	}
	return d.finish(ctx, seed)
}

// solve returns a complete and balanced draft of p that keeps as many pairs of old as possible.
func (p *Problem) solve(
	ctx context.Context, seed uint64, old []Pair, progress func(done, total int),
) (*draft, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	d := newDraft(p, seed)
	d.reportTo(progress)
	d.assignPrevious(old)
	err := d.build(ctx)
	var lack *Infeasible
	if errors.As(err, &lack) && p.NoTwoOfOneUnit && p.NeedSenior {
		err = d.repair(ctx, seed, lack)
	}
	return d, err
}

// repair completes a draft where the rules for units and seniors, each exact alone, together left a seat empty:
// together they are as hard as satisfiability. If one of them alone is impossible, that is the answer. Otherwise
// the draft is perturbed and completed again up to maxPerturbations times, and the error at the end says that
// nothing is proved.
func (d *draft) repair(ctx context.Context, seed uint64, lack *Infeasible) error {
	alone := []Problem{*d.problem, *d.problem}
	alone[0].NeedSenior, alone[1].NoTwoOfOneUnit = false, false
	for i := range alone {
		if err := newDraft(&alone[i], seed).build(ctx); err != nil {
			return err
		}
	}
	for range maxPerturbations {
		newAugmenter(d).perturb()
		if err := d.complete(ctx); !errors.As(err, new(*Infeasible)) {
			return err
		}
	}
	for i := range lack.Shortages {
		lack.Shortages[i].Cause = Clash
	}
	return lack
}

// perturb puts on each work with an empty seat a random judge who is kept away only by its panel or their load.
// Judges in the way leave it, and so may the new judge another work.
func (c *augmenter) perturb() {
	for w := range int32(len(c.draft.panels)) {
		if c.draft.missing(w) == 0 || len(c.draft.pool[c.draft.category[w]]) == 0 {
			continue
		}
		j := c.draft.pool[c.draft.category[w]][c.draft.rng.IntN(len(c.draft.pool[c.draft.category[w]]))]
		if !c.draft.allows(w, j) || contains(c.draft.panels[w], j) {
			continue
		}
		if c.draft.loads[j] >= c.draft.maxLoad[j] && c.workCount[j] > 0 {
			c.move(c.randomWork(j), j, -1)
		}
		for !c.draft.canJoin(w, -1, j) && len(c.draft.movable(w)) > 0 {
			c.move(w, c.draft.movable(w)[c.draft.rng.IntN(len(c.draft.movable(w)))], -1)
		}
		if c.draft.loads[j] < c.draft.maxLoad[j] && c.draft.canJoin(w, -1, j) {
			c.move(w, -1, j)
		}
	}
}

// build assigns all seats: by cyclic designs where they fit, greedily elsewhere, then exactly.
func (d *draft) build(ctx context.Context) error {
	d.assignCyclic()
	if d.problem.Match == Prefer && !d.indifferent {
		if err := d.assignExperts(ctx); err != nil {
			return err
		}
	}
	if err := d.assignGreedily(ctx); err != nil {
		return err
	}
	return d.complete(ctx)
}

// assignExperts assigns judges only within their categories and within equal loads, as many as possible; the
// remaining seats are for judges outside. minimizeCost makes the result exact, but ends much sooner from this
// start.
func (d *draft) assignExperts(ctx context.Context) error {
	fit, pool, most := d.eligible, d.pool, d.maxLoad
	defer func() { d.eligible, d.pool, d.maxLoad = fit, pool, most }()
	d.pool, d.eligible, d.maxLoad = make([][]int32, len(pool)), d.expert, slices.Clone(most)
	for c := range pool {
		d.pool[c] = slices.DeleteFunc(slices.Clone(pool[c]), func(j int32) bool { return !d.expert[c][j] })
	}
	level := d.fillLevel()
	for j := range d.maxLoad {
		d.maxLoad[j] = min(d.maxLoad[j], level)
	}
	if err := d.assignGreedily(ctx); err != nil {
		return err
	}
	_, err := newAugmenter(d).cover(ctx)
	return err
}

// fillLevel returns the load at which all seats would be taken if all judges filled up to it, as far as their
// limits allow.
func (d *draft) fillLevel() (level int32) {
	seats := int32(0)
	for w := range d.panels {
		seats += d.missing(int32(w))
	}
	for ; seats > 0 && level < int32(d.problem.Works); level++ {
		for j, l := range d.loads {
			if l <= level && d.maxLoad[j] > level && d.problem.open(j) {
				seats--
			}
		}
	}
	return level
}

// complete makes the draft complete and balanced, then with the fewest moves and, under Prefer, the fewest judges
// outside their categories.
func (d *draft) complete(ctx context.Context) error {
	c, err := d.coverAndBalance(ctx)
	if err != nil || d.problem.Match != Prefer && d.previous == nil {
		return err
	}
	return c.minimizeCost(ctx, d.moveCosts())
}

// coverAndBalance makes the draft complete, within all limits and balanced.
func (d *draft) coverAndBalance(ctx context.Context) (*augmenter, error) {
	c := newAugmenter(d)
	short, err := c.cover(ctx)
	if err != nil {
		return nil, err
	}
	if short != nil {
		return nil, c.shortages(short)
	}
	if low := c.meetMinimums(); low != nil {
		return nil, c.underload(low)
	}
	return c, c.balance(ctx)
}

// finish spreads the judges over the seats that may change, connects them and proves the result.
func (d *draft) finish(ctx context.Context, seed uint64) (Plan, error) {
	d.progress(atRefine)
	if err := d.refine(ctx, d.bound(quickRounds)); err != nil {
		return Plan{}, err
	}
	if err := d.mixCategories(ctx); err != nil {
		return Plan{}, err
	}
	d.progress(atConnect)
	if err := d.connect(ctx); err != nil {
		return Plan{}, err
	}
	if err := d.improveEfficiency(ctx); err != nil {
		return Plan{}, err
	}
	d.progress(atProof)
	plan, err := d.plan(seed)
	d.progress(atEnd)
	return plan, err
}

// Progress in per mille where each phase begins.
const (
	atGreedy  = 50
	atRefine  = 300
	atConnect = 900
	atProof   = 950
	atEnd     = 1000
)

// reportTo sets the function that progress is reported to; nil for none.
func (d *draft) reportTo(progress func(done, total int)) {
	d.progress = func(done int) {
		if progress != nil {
			progress(done, atEnd)
		}
	}
}
