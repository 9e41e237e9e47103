package assign

import (
	"context"

	"fayi/judging/assign/flat"
)

// Limits of mixCategories, in exchanges tried: for each work since the last gain and in all, and the most for any
// plan.
const (
	mixTriesPerWork, mixStallPerWork = 400, 100
	maxMixTries                      = 4_000_000
)

// mixCategories gives each judge a similar share of every category, so that no category depends on the severity of
// a few. Works exchange whole panels, which leaves loads and Σλ² as they are.
func (d *draft) mixCategories(ctx context.Context) error {
	var works []int32
	for w, n := range d.fixed {
		if n == 0 && d.need[w] > 0 {
			works = append(works, int32(w))
		}
	}
	if len(works) < 2 || len(d.pool) < 2 || !d.indifferent {
		return nil
	}
	n := d.problem.Judges
	together := make([]int32, len(d.pool)*n)
	share := make([][]int32, len(d.pool)) // by category and judge: works
	for k := range share {
		share[k] = together[k*n : k*n+n]
	}
	for w, panel := range d.panels {
		for _, j := range panel {
			share[d.category[w]][j]++
		}
	}
	limits := flat.Limits{Tries: min(mixTriesPerWork*len(works), maxMixTries), Stall: mixStallPerWork * len(works)}
	if f := d.flatten(); f != nil {
		defer d.restore(f)
		return f.Mix(ctx, limits, together)
	}
	return d.mixAsItLies(ctx, works, share, limits)
}

// mixAsItLies is mixCategories of any draft.
func (d *draft) mixAsItLies(ctx context.Context, works []int32, share [][]int32, l flat.Limits) error {
	for t, last := 0, 0; t < l.Tries && t-last < l.Stall; t++ {
		if t%8192 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		w, v := works[d.rng.IntN(len(works))], works[d.rng.IntN(len(works))]
		from, to := share[d.category[w]], share[d.category[v]]
		if d.category[w] == d.category[v] || d.need[w] != d.need[v] {
			continue
		}
		change := d.mixChange(w, v, from, to) + d.mixChange(v, w, to, from)
		if change > 0 || !d.allowsAll(w, d.panels[v]) || !d.allowsAll(v, d.panels[w]) {
			continue
		}
		for i, j := range d.panels[w] {
			from[j], to[j] = from[j]-1, to[j]+1
			m := d.panels[v][i]
			from[m], to[m] = from[m]+1, to[m]-1
		}
		d.panels[w], d.panels[v] = d.panels[v], d.panels[w]
		if change < 0 {
			last = t
		}
	}
	return nil
}

// mixChange returns half the change of Σ share² when the judges of w, except those of v, move one work from one
// category to the other.
func (d *draft) mixChange(w, v int32, from, to []int32) (change int32) {
	for _, j := range d.panels[w] {
		if !contains(d.panels[v], j) {
			change += to[j] - from[j] + 1
		}
	}
	return change
}

// allowsAll reports whether all of panel may score w.
func (d *draft) allowsAll(w int32, panel []int32) bool {
	for _, j := range panel {
		if !d.allows(w, j) {
			return false
		}
	}
	return true
}
