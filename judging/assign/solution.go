package assign

import (
	"context"
	"errors"
	"slices"
)

// shakes bounds the random repairs where unit and senior rules together leave a seat empty; each rule alone needs none.
const shakes = 300

// Solve plans who scores what. The same problem and seed give the same plan. Errors: *Infeasible if no plan meets the hard rules, *Disconnected beside a complete
// plan, ctx.Err() if cancelled, assign.bad_problem for a problem that contradicts itself. progress, if not nil, hears now and then how far it is.
func Solve(ctx context.Context, p Problem, seed uint64, progress func(done, total int)) (Plan, error) {
	d, err := p.solve(ctx, seed, nil, progress)
	if err != nil {
		return Plan{}, err
	}
	return d.finish(ctx, seed)
}

// solve returns a complete and balanced draft of p that keeps as many pairs of old as can be.
func (p *Problem) solve(ctx context.Context, seed uint64, old []Pair, progress func(done, total int)) (*draft, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	d := newDraft(p, seed)
	d.tell(progress)
	d.seatOld(old)
	err := d.make(ctx)
	var lack *Infeasible
	if errors.As(err, &lack) && p.NoTwoOfOneUnit && p.NeedSenior {
		err = d.retry(ctx, seed, lack)
	}
	return d, err
}

// retry mends a draft where the rules for units and seniors, each exact alone, together left a seat empty: together they are as hard as satisfiability. If one of
// them alone is impossible, that is the answer; else the draft is shaken and mended some times, and the error at the end says that nothing is proved.
func (d *draft) retry(ctx context.Context, seed uint64, lack *Infeasible) error {
	alone := []Problem{*d.p, *d.p}
	alone[0].NeedSenior, alone[1].NoTwoOfOneUnit = false, false
	for i := range alone {
		if err := newDraft(&alone[i], seed).make(ctx); err != nil {
			return err
		}
	}
	for range shakes {
		newChains(d).shake()
		if err := d.perfect(ctx); !errors.As(err, new(*Infeasible)) {
			return err
		}
	}
	for i := range lack.Shortages {
		lack.Shortages[i].Cause = Clash
	}
	return lack
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
		if c.load[j] >= c.most[j] && c.busy[j] > 0 {
			c.move(c.anyDuty(j), j, -1)
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
	if d.p.Match == Prefer && !d.content {
		if err := d.dealKnown(ctx); err != nil {
			return err
		}
	}
	if err := d.deal(ctx); err != nil {
		return err
	}
	return d.perfect(ctx)
}

// dealKnown seats judges within their categories and within equal loads only, as many as can be; the seats left over are for strangers. mend makes exact what this
// leaves, but starts far nearer.
func (d *draft) dealKnown(ctx context.Context) error {
	fit, pool, most := d.fit, d.pool, d.most
	defer func() { d.fit, d.pool, d.most = fit, pool, most }()
	d.pool, d.fit, d.most = make([][]int32, len(pool)), d.known, slices.Clone(most)
	for c := range pool {
		d.pool[c] = slices.DeleteFunc(slices.Clone(pool[c]), func(j int32) bool { return !d.known[c][j] })
	}
	level := d.waterline()
	for j := range d.most {
		d.most[j] = min(d.most[j], level)
	}
	if err := d.deal(ctx); err != nil {
		return err
	}
	_, err := newChains(d).cover(ctx)
	return err
}

// waterline returns the load that would hold all seats if all judges filled up to it, as far as their limits let them.
func (d *draft) waterline() (level int32) {
	seats := int32(0)
	for w := range d.panel {
		seats += d.holes(int32(w))
	}
	for ; seats > 0 && level < int32(d.p.Works); level++ {
		for j, l := range d.load {
			if l <= level && d.most[j] > level && d.p.open(j) {
				seats--
			}
		}
	}
	return level
}

// perfect makes the draft complete and balanced, then with the fewest moves and, under Prefer, the fewest judges outside their categories.
func (d *draft) perfect(ctx context.Context) error {
	c, err := d.settle(ctx)
	if err != nil || d.p.Match != Prefer && d.old == nil {
		return err
	}
	return c.mend(ctx, d.tariff())
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
	if err := d.refine(ctx, d.bound(boundQuick)); err != nil {
		return Plan{}, err
	}
	if err := d.mix(ctx); err != nil {
		return Plan{}, err
	}
	d.report(atConnect)
	if err := d.connect(ctx); err != nil {
		return Plan{}, err
	}
	if err := d.polish(ctx); err != nil {
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
