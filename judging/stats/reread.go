package stats

import (
	"cmp"
	"math"
	"slices"

	"fayi/judging/stats/steps"
	"fayi/judging/stats/tails"
)

// Constants of how hier reads scores again.
const (
	mostLooks  = 8       // times that the scores are read again
	tailPrior  = 8.0     // heavy tails are believed once the log likelihood gains this much over 1/ν
	tailSample = 1 << 15 // about how many scores tell of tails
	leastRun   = 8       // scores of known order from which a judge's drift is estimated
	sameWeight = 1e-4    // moves of a score that end it
	sameValue  = 1e-3
)

// readings is how hier reads scores, by score in the order of the layout, or by judge. A score counts for less the
// farther it lies from what all others say, as far as the noise has heavy tails (Lange, Little, Taylor 1989); a
// judge's drift over their sequence is taken out of it; and where marks are few values, or crowd at the end of the
// scale, a mark is no point but the step from halfway to the next mark on either side, open at the ends.
type readings struct {
	given   []float64 // the scores
	weight  []float64 // their weights
	trust   []float64 // share of weight kept
	turn    []float64 // how far the judge had come: about -½ with the first score of known order, ½ with the last
	ordered []bool
	slide   []float64 // by judge: points from the first score to the last
	freedom float64   // of the noise
	steps   bool
	steps.Scale
	rest, vary []float64 // score less what the others expect, without drift taken out, and the variance of that
}

func newReadings(c *layout, t Table) *readings {
	r := &readings{
		given:   slices.Clone(c.y),
		weight:  slices.Clone(c.w),
		trust:   slices.Repeat([]float64{1}, len(c.y)),
		turn:    make([]float64, len(c.y)),
		ordered: make([]bool, len(c.y)),
		slide:   make([]float64, c.cols),
		freedom: math.Inf(1),
		rest:    make([]float64, len(c.y)),
		vary:    make([]float64, len(c.y)),
	}
	r.takeTurns(c, t)
	r.Scale, r.steps = steps.Of(r.given)
	return r
}

func (r *readings) takeTurns(c *layout, t Table) {
	of := make([][]int32, c.cols)
	for k, at := range c.item {
		if t.Scores[at].Order > 0 {
			of[c.col[k]] = append(of[c.col[k]], int32(k))
		}
	}
	order := func(k int32) int { return t.Scores[c.item[k]].Order }
	for _, list := range of {
		slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(order(a), order(b)) })
		for at, k := range list {
			r.turn[k], r.ordered[k] = (float64(at)+.5)/float64(len(list))-.5, true
		}
	}
}

// reread looks at each score from what all others say and sets what it counts for in the next fit. It reports
// whether that changed for any.
func (h *hier) reread() (moved bool) {
	h.look()
	split(h.rows, func(_, from, to int) { h.compare(from, to) })
	h.takeSlides()
	h.takeFreedom()
	for j := range h.judges {
		h.judges[j].within = 0
	}
	for i := range h.rows {
		for k := h.start[i]; k < h.start[i+1]; k++ {
			y, w := h.counts(k, h.m[i], h.v[i])
			moved = moved || math.Abs(w-h.w[k]) > sameWeight*h.weight[k] || math.Abs(y-h.y[k]) > sameValue
			h.y[k], h.w[k] = y, w
		}
	}
	h.sum()
	return moved
}

// compare takes each score of some works out of what is known of its work, and compares it with the rest.
func (h *hier) compare(first, end int) {
	for i := first; i < end; i++ {
		from, to := h.start[i], h.start[i+1]
		precision, sum := 1/h.quality, 0.0
		for k := from; k < to; k++ {
			l := &h.lens[h.col[k]]
			precision += h.w[k] * l.info
			sum += h.w[k] * l.gain * (h.y[k] - l.shift)
		}
		for k := from; k < to; k++ {
			l, a := &h.lens[h.col[k]], h.judges[h.col[k]].a
			p := precision - h.w[k]*l.info
			m := (sum - h.w[k]*l.gain*(h.y[k]-l.shift)) / p
			h.rest[k], h.vary[k] = h.given[k]-l.shift-a*m, h.judges[h.col[k]].noise/h.weight[k]+a*a/p
		}
	}
}

// takeSlides estimates each judge's drift, shrunk by how much judges drift at all: their slopes' mean square, less
// what errors make of it and one standard error of that.
func (h *hier) takeSlides() {
	n, tt, ty := make([]float64, h.cols), make([]float64, h.cols), make([]float64, h.cols)
	for k, j := range h.col {
		if t := h.turn[k]; h.ordered[k] {
			w := h.trust[k] / h.vary[k]
			n[j], tt[j], ty[j] = n[j]+1, tt[j]+w*t*t, ty[j]+w*t*h.rest[k]
		}
	}
	beyond, errors, count := 0.0, 0.0, 0.0
	for j := range n {
		if n[j] >= leastRun {
			slope, v := ty[j]/tt[j], 1/tt[j]
			beyond, errors, count = beyond+slope*slope-v, errors+v*v, count+1
		}
	}
	spread := 0.0
	if count > 1 {
		spread = max(0, beyond-math.Sqrt(2*errors)) / count
	}
	for j := range n {
		if h.slide[j] = 0; n[j] >= leastRun && spread > 0 {
			h.slide[j] = ty[j] / tt[j] * spread / (spread + 1/tt[j])
		}
	}
}

// takeFreedom finds the degrees of freedom under which the scores are likeliest. Where a step is open, scores that all
// others expect to be in or near it are left out: how far they lie from what was expected can't be seen.
func (h *hier) takeFreedom() {
	squares := make([]float64, 0, min(len(h.y), 2*tailSample))
	for k := 0; k < len(h.y); k += 1 + len(h.y)/tailSample {
		expected, near := h.given[k]-h.rest[k], math.Sqrt(h.vary[k])
		if h.steps && (expected-near < h.First || expected+near > h.Top) {
			continue
		}
		rest := h.rest[k] - h.slide[h.col[k]]*h.turn[k]
		squares = append(squares, rest*rest/h.vary[k])
	}
	h.freedom = tails.Freedom(squares, tailPrior)
}

// counts returns what score k counts for, its work having the value m with the variance v.
func (h *hier) counts(k int32, m, v float64) (y, w float64) {
	j := h.col[k]
	slid := h.slide[j] * h.turn[k]
	h.trust[k] = 1
	rest := h.rest[k] - slid
	if h.steps && (rest < 0 && math.IsInf(h.High[k], 1) || rest > 0 && math.IsInf(h.Low[k], -1)) {
		rest = 0 // what was expected lies within the step
	}
	if !math.IsInf(h.freedom, 1) {
		h.trust[k] = (h.freedom + 1) / (h.freedom + rest*rest/h.vary[k])
	}
	y, w = h.given[k]-slid, h.weight[k]*h.trust[k]
	if !h.steps {
		return y, w
	}
	// The likelihood of the step, taken as that of a point: where its slope and bend would be the same, both being
	// means over where the work's value may be.
	l := &h.judges[j]
	sd, at, spread := math.Sqrt(l.noise/w), h.lens[j].shift+l.a*m, l.a*math.Sqrt(v)
	slope, bend, square := steps.Mean((h.Low[k]-slid-at)/sd, (h.High[k]-slid-at)/sd, spread/sd)
	l.within += l.noise*(square-slope*slope/bend) - w*bend*spread*spread // the rest of its square the point has
	return at + sd*slope/bend, w * bend
}

// tell puts into an estimate what the scores came to count for, in points of which unit make one of ours.
func (h *hier) tell(e *estimate, unit float64) {
	e.marks, e.slide = make([]mark, len(h.y)), make([]float64, h.cols)
	for k, at := range h.item {
		slid := h.slide[h.col[k]] * h.turn[k]
		e.marks[at] = mark{h.y[k] * unit, h.w[k], slid * unit, min(1, h.trust[k])}
	}
	e.within = make([]float64, h.cols)
	for j := range e.slide {
		e.slide[j], e.within[j] = h.slide[j]*unit, h.judges[j].within
	}
	if !math.IsInf(h.freedom, 1) {
		e.fit.Freedom = h.freedom
		e.telling = (h.freedom + 1) / (h.freedom + 3) // Fisher's information of t over that of a normal of its scale
	}
}
