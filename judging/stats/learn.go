package stats

import (
	"math"
	"slices"

	"fayi/judging/stats/prior"
)

// learn returns the works with values and errors as they are once the distribution of quality is learned from all of
// them, for intervals and chances of places only: what is many works crowded below a ceiling, or two crowds, is not
// normal, and how far a work may be from its value depends on it. Noisy values are pulled to where works are; the
// order of the works by value is not touched by it.
func learn(works []Standing, e *estimate) []Standing {
	out := slices.Clone(works)
	var list []prior.Glimpse
	var of []int
	known, mean, variance := 0.0, 0.0, e.fit.WorkVar // known is the precision that the method has put into each value
	if !math.IsInf(e.tau2, 1) {
		known, variance = 1/e.tau2, e.tau2
	}
	for i, s := range works {
		if s.N == 0 {
			continue
		}
		p := 1/(s.SE*s.SE) - known
		if !(p > 1e-9) || math.IsInf(p, 0) { // nothing, or all, is known of it
			return shrunk(out, e)
		}
		list, of = append(list, prior.Glimpse{Value: s.Value / (s.SE * s.SE) / p, Precision: p}), append(of, i)
	}
	if known == 0 {
		for _, s := range list {
			mean += s.Value / float64(len(list))
		}
	}
	q, ok := prior.Learn(list, mean, variance)
	if !ok {
		return shrunk(out, e)
	}
	for k, i := range of {
		out[i].Value, out[i].SE = q.Moments(list[k])
	}
	return out
}

// shrunk pulls values that are not shrunk to their mean: noisy values are spread wider than the truth. Quality has the
// variance that the method found.
func shrunk(works []Standing, e *estimate) []Standing {
	if !math.IsInf(e.tau2, 1) {
		return works
	}
	mean, n := 0.0, 0.0
	for _, s := range works {
		if s.N > 0 {
			mean, n = mean+s.Value, n+1
		}
	}
	mean /= n
	for i := range works {
		s := &works[i]
		if keep := e.fit.WorkVar / (e.fit.WorkVar + s.SE*s.SE); s.N > 0 && keep > 0 {
			s.Value, s.SE = mean+keep*(s.Value-mean), s.SE*math.Sqrt(keep)
		}
	}
	return works
}
