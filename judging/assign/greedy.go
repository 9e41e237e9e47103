package assign

import (
	"context"
	"slices"
)

// sampleSize is how many eligible judges are compared for a seat in a pool larger than scanLimit; in smaller pools
// all are.
const (
	sampleSize = 40
	scanLimit  = 200
)

// outsideCost is what a judge outside their categories costs under Prefer: more than any gain in Σλ² that one
// exchange can bring.
const outsideCost = 1 << 20

// assignGreedily assigns judges greedily, the works with the fewest possible judges first, seniors before others. A
// seat that nobody can take without an augmenting path stays empty.
func (d *draft) assignGreedily(ctx context.Context) error {
	order := make([]int32, 0, d.problem.Works)
	for _, w := range d.rng.Perm(d.problem.Works) {
		order = append(order, int32(w))
	}
	choice := func(w int32) int { return len(d.pool[d.category[w]]) - len(d.conflicts[w]) }
	slices.SortStableFunc(order, func(a, b int32) int { return choice(a) - choice(b) })
	if d.problem.NeedSenior {
		for _, w := range order {
			if d.missing(w) > 0 && !slices.ContainsFunc(d.panels[w], d.senior) {
				d.assignBest(w, d.senior)
			}
		}
	}
	anyone := func(int32) bool { return true }
	for i, w := range order {
		for d.missing(w) > 0 && d.assignBest(w, anyone) {
		}
		if i%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			d.progress(atGreedy + i*(atRefine-atGreedy)/len(order))
		}
	}
	return nil
}

// assignBest assigns to w the judge of least cost among those wanted, and reports whether there is one.
func (d *draft) assignBest(w int32, wanted func(int32) bool) bool {
	j := d.cheapestJudge(w, wanted)
	if j >= 0 {
		d.add(w, j)
	}
	return j >= 0
}

// cheapestJudge returns the judge of least cost for w among those wanted, or -1. Ties are broken at random.
func (d *draft) cheapestJudge(w int32, wanted func(int32) bool) int32 {
	pool := d.pool[d.category[w]]
	best, least, ties := int32(-1), 0, 0
	try := func(j int32) {
		if !wanted(j) || d.loads[j] >= d.maxLoad[j] || !d.canJoin(w, -1, j) {
			return
		}
		cost := d.greedyCost(w, j)
		switch {
		case best < 0 || cost < least:
			best, least, ties = j, cost, 1
		case cost == least:
			if ties++; d.rng.IntN(ties) == 0 {
				best = j
			}
		}
	}
	if len(pool) > scanLimit {
		for range sampleSize {
			try(pool[d.rng.IntN(len(pool))])
		}
	}
	if best < 0 {
		for _, j := range pool {
			try(j)
		}
	}
	return best
}

// greedyCost weighs load against shared works: k·load + (J/k)·Σλ − preference, all times k so that it stays whole.
func (d *draft) greedyCost(w, j int32) int {
	met := 0
	for _, m := range d.panels[w] {
		met += int(*d.lambdaOf(m, j)) // the same rows for one judge after the other
	}
	k := int(d.need[w])
	return k*k*int(d.loads[j]) + len(d.pool[d.category[w]])*met - k*d.preference(w, j)
}
