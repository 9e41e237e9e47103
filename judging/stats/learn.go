package stats

import (
	"math"
	"slices"
)

// Constants of the distribution of quality that is learned for places.
const (
	priorSize   = 100 // values of quality it is known at
	priorRounds = 30  // most rounds of learning
	priorWorks  = 75  // works that one round takes: few works teach little but the normal they start from
	priorReach  = 5   // standard errors from a score's value beyond which a quality is out of the question
	priorSample = 8192
)

// learn returns the works with values and errors as they are once the distribution of quality is learned from all of
// them, for intervals and chances of places only: what is many works crowded below a ceiling, or two crowds, is not
// normal, and how far a work may be from its value depends on it. It is an EM for a distribution on a grid (Laird
// 1978), begun at the normal and stopped early, which keeps it smooth. Values that are noisy are pulled to where
// works are; the order of the works by value is not touched by it.
func learn(works []Standing, e *estimate) []Standing {
	out := slices.Clone(works)
	var list []glimpse
	var of []int
	prior := 0.0 // precision that the method has put into each value
	if !math.IsInf(e.tau2, 1) {
		prior = 1 / e.tau2
	}
	for i, s := range works {
		if s.N == 0 {
			continue
		}
		p := 1/(s.SE*s.SE) - prior
		if !(p > 1e-9) || math.IsInf(p, 0) { // nothing, or all, is known of it
			return shrunk(out, e)
		}
		list, of = append(list, glimpse{s.Value / (s.SE * s.SE) / p, p}), append(of, i)
	}
	q, ok := newQuality(list, e)
	if !ok {
		return shrunk(out, e)
	}
	for k, i := range of {
		out[i].Value, out[i].SE = q.moments(list[k])
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

// glimpse is what the scores alone say of a work: a value and its precision.
type glimpse struct{ value, precision float64 }

// quality is a distribution of quality on a grid.
type quality struct {
	low, step float64
	g         [priorSize]float64
	post      [priorSize]float64 // of one work, not yet made to add up to 1
}

// newQuality learns a distribution; false for works that say nothing of it.
func newQuality(list []glimpse, e *estimate) (*quality, bool) {
	rounds := min(priorRounds, len(list)/priorWorks)
	lo, hi, mean := math.Inf(1), math.Inf(-1), 0.0
	for _, s := range list {
		lo, hi = min(lo, s.value), max(hi, s.value)
		mean += s.value / float64(len(list))
	}
	variance := e.tau2
	if math.IsInf(variance, 1) {
		variance = e.fit.WorkVar
	} else {
		mean = 0
	}
	if rounds == 0 || !(hi > lo) || !(variance > 0) {
		return nil, false
	}
	q := &quality{low: lo, step: (hi - lo) / (priorSize - 1)}
	for k := range q.g {
		x := q.at(k) - mean
		q.g[k] = math.Exp(-x * x / (2 * variance))
	}
	every := 1 + len(list)/priorSample
	for range rounds {
		var next [priorSize]float64
		for i := 0; i < len(list); i += every {
			from, to, total := q.posterior(list[i])
			for k := from; k <= to && total > 0; k++ {
				next[k] += q.post[k] / total
			}
		}
		q.g = next
	}
	return q, true
}

func (q *quality) at(k int) float64 { return q.low + float64(k)*q.step }

// posterior fills post from one cell to another for a work and returns its sum.
func (q *quality) posterior(s glimpse) (from, to int, total float64) {
	reach := priorReach / math.Sqrt(s.precision)
	from = max(0, int((s.value-reach-q.low)/q.step))
	to = min(priorSize-1, int((s.value+reach-q.low)/q.step)+1)
	for k := from; k <= to; k++ {
		x := q.at(k) - s.value
		q.post[k] = q.g[k] * math.Exp(-x*x/2*s.precision)
		total += q.post[k]
	}
	return from, to, total
}

// moments returns mean and standard deviation of a work's quality.
func (q *quality) moments(s glimpse) (mean, sd float64) {
	from, to, total := q.posterior(s)
	if !(total > 0) {
		return s.value, 1 / math.Sqrt(s.precision)
	}
	square := 0.0
	for k := from; k <= to; k++ {
		p, x := q.post[k]/total, q.at(k)-s.value
		mean, square = mean+p*x, square+p*x*x
	}
	least := q.step * q.step / 12 // a cell is not a point
	return s.value + mean, math.Sqrt(max(least, square-mean*mean))
}
