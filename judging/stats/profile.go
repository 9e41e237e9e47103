package stats

import (
	"math"
	"slices"
)

// others is what all scores of a work but one say about its quality.
type others struct {
	value, variance float64 // +Inf variance where nothing is known
}

// withoutOne calls visit for each score with the view of the others on the same work: prior and lines stay as they
// are, the score's own term is taken out of the sums.
func (d *data) withoutOne(e *estimate, visit func(s int32, o others)) {
	for i := range d.Works {
		precision, sum := 1/e.tau2, 0.0
		for _, k := range d.byWork.of(i) {
			p, v := e.term(d, k)
			precision, sum = precision+p, sum+v
		}
		for _, k := range d.byWork.of(i) {
			p, v := e.term(d, k)
			if rest := precision - p; rest > 1e-12*precision {
				visit(k, others{(sum - v) / rest, 1 / rest})
			} else {
				visit(k, others{0, math.Inf(1)})
			}
		}
	}
}

// term returns a score's precision about the quality of its work and that precision times the quality it points to.
func (e *estimate) term(d *data, k int32) (precision, sum float64) {
	m, judge := e.mark(d, k), d.Scores[k].Judge
	a, w := e.scale[judge], m.weight/e.noise2[judge]
	return w * a * a, w * a * (m.value - e.expected(judge, 0))
}

// tally gathers what a judge's profile needs.
type tally struct {
	n, zz            float64
	m, y, mm, my, yy float64 // moments of the others' view and the judge's scores
	steps            float64 // scores with a known order
	o, r, oo, or, rr float64 // moments of order and residual
}

// profiles describes the judges by the lines of e, and returns the leave-one-out z of each score: 0 where nothing
// else is known about the work.
func (d *data) profiles(e *estimate) ([]Profile, []float64) {
	z, tallies := make([]float64, len(d.Scores)), make([]tally, d.Judges)
	d.withoutOne(e, func(k int32, o others) {
		if math.IsInf(o.variance, 1) {
			return
		}
		s, a := d.Scores[k], e.scale[d.Scores[k].Judge]
		r := s.Value - e.expected(s.Judge, o.value)
		if v := e.noise2[s.Judge]/e.weight(s) + a*a*o.variance; e.fit.Residual > 0 {
			z[k] = r / math.Sqrt(v)
		}
		tallies[s.Judge].add(z[k], o.value, s.Value, float64(s.Order), r)
	})
	list := make([]Profile, d.Judges)
	for j := range list {
		p, t := &list[j], tallies[j]
		p.N, p.Component = len(d.byJudge.of(j)), d.pieces.Judge[j]
		if p.N == 0 {
			continue
		}
		p.Severity, p.SE, p.Scale, p.Noise = e.severity[j], e.severitySE[j], e.scale[j], math.Sqrt(e.seen2[j])
		p.Reliability = e.reliability(j)
		p.Ties = d.ties(j)
		if e.slide != nil {
			p.Slide = e.slide[j]
		}
		if t.n > 0 {
			p.Outfit = t.zz / t.n
		}
		p.Agreement = correlation(t.n, t.m, t.y, t.mm, t.my, t.yy)
		p.Drift, p.DriftZ = slope(t.steps, t.o, t.r, t.oo, t.or, t.rr)
		p.Drift *= 10
	}
	return list, z
}

func (t *tally) add(z, m, y, order, r float64) {
	t.n++
	t.zz += z * z
	t.m, t.y, t.mm, t.my, t.yy = t.m+m, t.y+y, t.mm+m*m, t.my+m*y, t.yy+y*y
	if order > 0 {
		t.steps++
		t.o, t.r, t.oo, t.or, t.rr = t.o+order, t.r+r, t.oo+order*order, t.or+order*r, t.rr+r*r
	}
}

// reliability returns the share of quality in the variance of the judge's scores.
func (e *estimate) reliability(j int) float64 {
	signal := e.scale[j] * e.scale[j] * e.fit.WorkVar
	if signal <= 0 {
		return 0
	}
	return signal / (signal + e.seen2[j])
}

// ties returns the share of pairs of the judge's scores that are equal.
func (d *data) ties(j int) float64 {
	scores := d.byJudge.of(j)
	if len(scores) < 2 {
		return 0
	}
	values := make([]float64, len(scores))
	for i, k := range scores {
		values[i] = d.Scores[k].Value
	}
	slices.Sort(values)
	pairs, run := 0, 0
	for i := 1; i < len(values); i++ {
		if values[i] == values[i-1] {
			run++
		} else {
			run = 0
		}
		pairs += run
	}
	n := len(values)
	return float64(pairs) / float64(n*(n-1)/2)
}

// correlation returns Pearson's r from n pairs' sums, 0 where either side is constant.
func correlation(n, x, y, xx, xy, yy float64) float64 {
	xx, xy, yy = xx-x*x/n, xy-x*y/n, yy-y*y/n
	if n < 3 || xx <= 0 || yy <= 0 {
		return 0
	}
	return max(-1, min(1, xy/math.Sqrt(xx*yy)))
}

// slope returns the least squares slope of y on x from n pairs' sums, and the slope over its standard error; 0
// below 3 pairs.
func slope(n, x, y, xx, xy, yy float64) (b, z float64) {
	xx, xy, yy = xx-x*x/n, xy-x*y/n, yy-y*y/n
	if n < 3 || xx <= 0 {
		return 0, 0
	}
	b = xy / xx
	if rest := (yy - b*xy) / (n - 2); rest > 0 {
		z = b / math.Sqrt(rest/xx)
	}
	return b, z
}
