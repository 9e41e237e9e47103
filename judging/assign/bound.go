package assign

import (
	"math"
	"slices"
)

// Limits of the search for a sharp bound: rounds of price changes, and panels tried in all, at some 20 ns each.
const (
	quickRounds    = 20  // rounds while the plan is made
	proofRounds    = 400 // rounds for the proof
	maxPanelsTried = 10_000_000
)

// bound returns a lower bound of Σλ² over all plans with these loads and as few judges outside their categories.
func (d *draft) bound(rounds int) int64 {
	sum := float64(d.pairSquares())
	u := d.newDual()
	best, ok := u.value()
	for range rounds {
		if !ok || best > sum-.5 { // Σλ² is whole, so the bound rounds up to it
			break
		}
		v := 0.0
		u.step(sum - max(best, 0))
		if v, ok = u.value(); ok {
			best = max(best, v)
		}
	}
	if math.IsInf(best, 0) {
		best = 0
	}
	const rounding = 1e-6 // of the sums of prices
	return max(int64(math.Ceil(best-rounding)), d.evenBound())
}

// evenBound spreads all meetings evenly over the pairs of judges who share a category that has works.
func (d *draft) evenBound() int64 {
	var met, pairs int64
	for _, k := range d.need {
		met += int64(k) * int64(k-1) / 2
	}
	for j := range int32(d.problem.Judges) {
		for l := range j {
			both := func(may []bool) bool { return may != nil && may[j] && may[l] }
			if *d.lambdaOf(j, l) > 0 || slices.ContainsFunc(d.scorers, both) {
				pairs++
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	return evenSquares(met, pairs)
}

// evenSquares returns the least Σλ² of met meetings spread over pairs: (P−R)f² + R(f+1)² with f = ⌊T/P⌋ and R = T −
// fP.
func evenSquares(met, pairs int64) int64 {
	f := met / pairs
	return (2*f+1)*met - pairs*f*(f+1)
}
