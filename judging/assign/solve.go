package assign

import (
	"context"
	"errors"
)

// shakes bounds the random repairs where unit and senior rules together leave a seat empty; each rule alone needs none.
const shakes = 300

// Solve plans who scores what. The same problem and seed give the same plan, whatever the machine. Errors: *Infeasible if no plan meets the hard rules,
// *Disconnected beside a complete plan, ctx.Err() if cancelled, assign.bad_problem for a problem that contradicts itself. progress may be nil.
func Solve(ctx context.Context, p Problem, seed uint64, progress func(done, total int)) (Plan, error) {
	if err := p.check(); err != nil {
		return Plan{}, err
	}
	d := newDraft(&p, seed)
	d.tell(progress)
	err := d.make(ctx)
	var lack *Infeasible
	if errors.As(err, &lack) && p.NoTwoOfOneUnit && p.NeedSenior {
		d, err = p.retry(ctx, seed, lack)
	}
	if err != nil {
		return Plan{}, err
	}
	return d.finish(ctx, seed)
}

// retry solves a problem where the rules for units and seniors, each exact alone, together left a seat empty: together they are as hard as satisfiability. If one of
// them alone is impossible, that is the answer; else the plan is shaken and mended some times, and the error at the end says that nothing is proved.
func (p *Problem) retry(ctx context.Context, seed uint64, lack *Infeasible) (*draft, error) {
	alone := []Problem{*p, *p}
	alone[0].NeedSenior, alone[1].NoTwoOfOneUnit = false, false
	for i := range alone {
		if err := newDraft(&alone[i], seed).make(ctx); err != nil {
			return nil, err
		}
	}
	d := newDraft(p, seed)
	if err := d.deal(ctx); err != nil {
		return nil, err
	}
	for range shakes {
		if err := d.perfect(ctx); !errors.As(err, new(*Infeasible)) {
			return d, err
		}
		newChains(d).shake()
	}
	for i := range lack.Shortages {
		lack.Shortages[i].Cause = Clash
	}
	return nil, lack
}

// shake puts on each work with an empty seat a random judge whom only its panel or his load keeps away; who is in his way leaves, and so may he another work.
func (c *chains) shake() {
	for w := range int32(len(c.panel)) {
		if c.holes(w) == 0 || len(c.pool[c.kind[w]]) == 0 {
			continue
		}
		j := c.pool[c.kind[w]][c.rng.IntN(len(c.pool[c.kind[w]]))]
		if !c.fits(w, j) || holds(c.panel[w], j) {
			continue
		}
		if c.load[j] >= c.most[j] && len(c.duties[j]) > 0 {
			c.move(c.duties[j][c.rng.IntN(len(c.duties[j]))], j, -1)
		}
		for !c.joins(w, -1, j) && len(c.movable(w)) > 0 {
			c.move(w, c.movable(w)[c.rng.IntN(len(c.movable(w)))], -1)
		}
		if c.load[j] < c.most[j] && c.joins(w, -1, j) {
			c.move(w, -1, j)
		}
	}
}

// make seats everyone: designs where they fit, greedily elsewhere, then exactly.
func (d *draft) make(ctx context.Context) error {
	d.turn()
	if err := d.deal(ctx); err != nil {
		return err
	}
	return d.perfect(ctx)
}

// perfect makes the draft complete and balanced and, under Prefer, with the fewest judges outside their categories.
func (d *draft) perfect(ctx context.Context) error {
	c, err := d.settle(ctx)
	if err != nil || d.p.Match != Prefer {
		return err
	}
	return c.mend(ctx, d.keep(nil))
}

// settle makes the draft complete, within all limits and balanced.
func (d *draft) settle(ctx context.Context) (*chains, error) {
	c := newChains(d)
	short, err := c.cover(ctx)
	if err != nil {
		return nil, err
	}
	if short != nil {
		return nil, c.shortages(short)
	}
	if low := c.raise(); low != nil {
		return nil, c.underload(low)
	}
	return c, c.balance(ctx)
}

// finish spreads the judges over the open seats, connects them and proves the result.
func (d *draft) finish(ctx context.Context, seed uint64) (Plan, error) {
	d.report(atRefine)
	if err := d.refine(ctx, d.bound()); err != nil {
		return Plan{}, err
	}
	d.report(atConnect)
	if err := d.connect(ctx); err != nil {
		return Plan{}, err
	}
	d.report(atProof)
	plan, err := d.plan(seed)
	d.report(atEnd)
	return plan, err
}

// Progress in per mille where each phase begins.
const (
	atDeal    = 50
	atRefine  = 300
	atConnect = 900
	atProof   = 950
	atEnd     = 1000
)

// tell sets who hears of progress.
func (d *draft) tell(progress func(done, total int)) {
	d.report = func(done int) {
		if progress != nil {
			progress(done, atEnd)
		}
	}
}
