package stats

import (
	"context"
	"math"
	"slices"

	"fayi/judging/stats/squarem"
)

// Constants of hier, in points of a scale of 100: priors, starting values and limits.
const (
	hierRounds   = 300
	hierClose    = 1e-5 // stop where lines are estimated to be this near their limit
	hierClose1   = 1e-7 // as hier1 does
	hierNearly   = 1e-3 // where only places are asked for
	hierSettled  = .01  // the same after the last round, to count as converged
	noiseWeight  = 8    // ν: scores' worth of prior on a judge's noise
	startNoise   = 30
	startQuality = 50
	startBias    = 16
	startScale   = .06
	leastBias    = .01
	leastBias1   = .25 // as hier1 has it
	leastScale   = .0005
	leastScale1  = .005
	mostScale    = .25
	leastNoise   = 1e-6
	steadiest    = 1.0 / 16 // of the mean noise: steps do not keep the noise of some judges from vanishing together
	fullMarks    = 100
)

// hier is the state of the EM for score = mean + b + a × value + e, e ~ N(0, noise/weight). The layout's scores and
// weights are those that count now; what they were given as is with the readings.
type hier struct {
	*layout
	*readings             // nil for hier1, which takes every score as given
	mean                  float64
	judges                []line
	active                []int32 // judges with a score
	quality, bias, scale  float64 // τ², ω², κ²
	noise, leastNoise     float64 // s₀², and what no judge's noise is below
	leastBias, leastScale float64 // below which ω² and κ² are not taken
	m, v                  []float64
	unit                  float64 // median scale before it was made 1, in the last round
	centre                float64 // judges' sums take scores less this
	near                  float64 // stop where lines are estimated to be this near their limit
	lens                  []lens
	seen                  [][]seen // by part of the works, then by judge
}

// line is a judge's line, with the sums of their weights and scores.
type line struct {
	b, a, noise             float64
	varB, varA              float64
	n, w, y1, y2            float64
	within                  float64 // squares that scores given in coarse steps have within their step
	lastB, lastA, lastNoise float64 // a round ago; noise as standard deviation
}

// lens is what the E-step needs of a judge: precision per weight, that precision per point, and their typical
// score.
type lens struct{ info, gain, shift float64 }

// seen sums a judge's works as the E-step sees them: m, m² + v, and m × score.
type seen struct{ m, mm, my float64 }

func newHier(c *layout) *hier {
	h := &hier{
		layout:  c,
		quality: startQuality,
		bias:    startBias,
		scale:   startScale,
		noise:   startNoise,

		leastNoise: leastNoise,
		near:       hierClose,
		judges:     make([]line, c.cols),
		lens:       make([]lens, c.cols),
		m:          make([]float64, c.rows),
		v:          make([]float64, c.rows),
	}
	for range partsOf(c.rows) {
		h.seen = append(h.seen, make([]seen, c.cols))
	}
	for _, y := range c.y {
		h.centre += y / float64(len(c.y))
	}
	h.mean = h.centre
	for _, j := range c.col {
		h.judges[j].n++
	}
	h.sum()
	for j := range h.judges {
		h.judges[j].a, h.judges[j].noise = 1, startNoise
		if h.judges[j].n > 0 {
			h.active = append(h.active, int32(j))
		}
	}
	return h
}

// sum takes each judge's sums over their scores as they count now.
func (h *hier) sum() {
	for j := range h.judges {
		l := &h.judges[j]
		l.w, l.y1, l.y2 = 0, 0, 0
	}
	for k, j := range h.col {
		l, w, y := &h.judges[j], h.w[k], h.y[k]-h.centre
		l.w, l.y1, l.y2 = l.w+w, l.y1+w*y, l.y2+w*y*y
	}
}

// look sets what the E-step needs of each judge.
func (h *hier) look() {
	for j, l := range h.judges {
		h.lens[j] = lens{l.a * l.a / l.noise, l.a / l.noise, h.mean + l.b}
	}
}

// expect is the E-step: the posterior of each work, and each judge's sums over it.
func (h *hier) expect() {
	h.look()
	split(h.rows, func(part, from, to int) {
		clear(h.seen[part])
		h.expectRows(from, to, h.seen[part])
	})
	for _, other := range h.seen[1:] {
		for j := range other {
			s := &h.seen[0][j]
			s.m, s.mm, s.my = s.m+other[j].m, s.mm+other[j].mm, s.my+other[j].my
		}
	}
}

func (h *hier) expectRows(first, end int, sums []seen) {
	for i := first; i < end; i++ {
		from, to := h.start[i], h.start[i+1]
		if from == to {
			continue
		}
		precision, sum := 1/h.quality, 0.0
		for k := from; k < to; k++ {
			l := &h.lens[h.col[k]]
			precision += h.w[k] * l.info
			sum += h.w[k] * l.gain * (h.y[k] - l.shift)
		}
		m, v := sum/precision, 1/precision
		h.m[i], h.v[i] = m, v
		for k := from; k < to; k++ {
			s, w := &sums[h.col[k]], h.w[k]
			s.m += w * m
			s.mm += w * (m*m + v)
			s.my += w * m * (h.y[k] - h.centre)
		}
	}
}

// maximise is the M-step: each judge's line by ridge regression, then the variances. It returns the largest move of
// a line, in points.
func (h *hier) maximise() (moved float64) {
	count, inverse, noises, mean, bias := float64(len(h.active)), 0.0, 0.0, 0.0, 0.0
	for _, j := range h.active {
		l := &h.judges[j]
		h.regress(l, h.seen[0][j])
		inverse, noises = inverse+1/l.noise, noises+l.noise
		mean += l.b / count
		bias += l.b*l.b + l.varB
	}
	if h.noise = count / inverse; h.readings != nil && h.steps {
		h.leastNoise = max(leastNoise, steadiest*noises/count)
	}
	h.bias = max(h.leastBias, bias/count)
	h.mean += mean
	unit := h.typicalScale()
	scale := 0.0
	for _, j := range h.active {
		l := &h.judges[j]
		l.b -= mean
		l.a /= unit
		scale += (l.a-1)*(l.a-1) + l.varA
		noise := math.Sqrt(l.noise)
		moved = max(
			moved,
			math.Abs(l.b-l.lastB),
			math.Abs(l.a-l.lastA)*math.Sqrt(h.quality),
			math.Abs(noise-l.lastNoise),
		)
		l.lastB, l.lastA, l.lastNoise = l.b, l.a, noise
	}
	h.scale = min(mostScale, max(h.leastScale, scale/count))
	h.unit = unit
	return max(moved, h.rescale())
}

// regress fits a judge's line to their works, with priors b ~ N(0, ω²) and a ~ N(1, κ²), and their noise with ν
// prior scores of s₀².
func (h *hier) regress(l *line, s seen) {
	shift := h.mean - h.centre
	y1, y2, my := l.y1-shift*l.w, l.y2-2*shift*l.y1+shift*shift*l.w, s.my-shift*s.m
	bb, ab, aa := l.w/l.noise+1/h.bias, s.m/l.noise, s.mm/l.noise+1/h.scale
	b, a := y1/l.noise, my/l.noise+1/h.scale
	det := bb*aa - ab*ab
	l.b, l.a = (b*aa-a*ab)/det, (a*bb-b*ab)/det
	l.varB, l.varA = aa/det, bb/det
	rest := l.within + y2 - 2*l.b*y1 - 2*l.a*my + l.b*l.b*l.w + 2*l.a*l.b*s.m + l.a*l.a*s.mm
	l.noise = max(h.leastNoise, (noiseWeight*h.noise+rest)/(noiseWeight+l.n))
}

// typicalScale returns the median of a, which broken judges cannot move far.
func (h *hier) typicalScale() float64 {
	scales := make([]float64, len(h.active))
	for i, j := range h.active {
		scales[i] = h.judges[j].a
	}
	slices.Sort(scales)
	n := len(scales)
	if median := (scales[(n-1)/2] + scales[n/2]) / 2; median > .05 {
		return median
	}
	return 1
}

// rescale brings the works to the new unit of scale and sets the variance of quality. It returns the move of its
// standard deviation.
func (h *hier) rescale() (moved float64) {
	total, count := 0.0, 0.0
	for i := range h.m {
		h.m[i] *= h.unit
		h.v[i] *= h.unit * h.unit
		if h.start[i] < h.start[i+1] {
			total += h.m[i]*h.m[i] + h.v[i]
			count++
		}
	}
	last := h.quality
	h.quality = max(leastNoise, total/count)
	return math.Abs(math.Sqrt(h.quality) - math.Sqrt(last))
}

// run does rounds until the lines stand still and returns how far they may still be from their limit: the EM closes
// in geometrically, so two moves in a row tell. Where the EM creeps, as it does when scores tell little of quality,
// the pace leaps; hier1 has none, so that its values stay what they were.
func (h *hier) run(
	ctx context.Context, near float64, pace *squarem.Pace, progress func(done, total int),
) (rounds int, rest float64, err error) {
	last := math.Inf(1)
	for rest = math.Inf(1); rounds < hierRounds && rest > near; rounds++ {
		if rounds%10 == 0 {
			if err := ctx.Err(); err != nil {
				return rounds, rest, err
			}
			if progress != nil {
				progress(rounds, hierRounds)
			}
		}
		h.expect()
		moved := h.maximise()
		if rest = moved; !math.IsInf(last, 1) && moved > 0 {
			rest = moved * moved / max(last-moved, 1e-3*moved)
		}
		last = moved
		if pace == nil || rest <= near {
			continue
		}
		if next, leap := pace.Next(h.state()); leap {
			h.setState(next)
			last = math.Inf(1)
		}
	}
	return rounds, rest, nil
}

// pointsOfA is about how many points a scale of 1 more, or e times a variance, is.
const pointsOfA = 10.0

// state writes all that the EM estimates as numbers without limits, each about in points.
func (h *hier) state() []float64 {
	to := append(make([]float64, 0, 5+3*len(h.active)), h.mean)
	for _, v := range []float64{h.quality, h.bias, h.scale, h.noise} {
		to = append(to, pointsOfA*math.Log(v))
	}
	for _, j := range h.active {
		l := &h.judges[j]
		to = append(to, l.b, pointsOfA*l.a, pointsOfA*math.Log(l.noise))
	}
	return to
}

func (h *hier) setState(from []float64) {
	h.mean = from[0]
	for i, v := range []*float64{&h.quality, &h.bias, &h.scale, &h.noise} {
		*v = math.Exp(from[1+i] / pointsOfA)
	}
	h.quality, h.noise = max(leastNoise, h.quality), max(leastNoise, h.noise)
	h.bias, h.scale = max(h.leastBias, h.bias), min(mostScale, max(h.leastScale, h.scale))
	for i, j := range h.active {
		l := &h.judges[j]
		l.b, l.a, l.noise = from[5+3*i], from[6+3*i]/pointsOfA, max(leastNoise, math.Exp(from[7+3*i]/pointsOfA))
	}
}

// runs fits, reads every score again in the light of the fit and fits again, until no score counts for anything else.
func (h *hier) runs(ctx context.Context, progress func(done, total int)) (rounds int, rest float64, err error) {
	for looks := 0; ; looks++ {
		if h.readings == nil {
			return h.run(ctx, hierClose1, nil, progress)
		}
		n, left, err := h.run(ctx, h.near, squarem.New(h.state()), progress)
		if rounds += n; err != nil {
			return rounds, left, err
		}
		if looks == mostLooks || !h.reread() {
			h.expect() // with the last lines and what scores count for last
			h.unit = 1
			return rounds, left, nil
		}
	}
}

// newHierOf begins a fit of d, in points of a scale of 100, and tells how many of d's points make one of them.
func (d *data) newHierOf(o Options, plain bool) (h *hier, unit float64) {
	c := newLayout(d.Table, false, true)
	if unit = 1; o.FullMarks > 0 {
		unit = o.FullMarks / fullMarks
	}
	for k := range c.y {
		c.y[k] /= unit
	}
	h = newHier(c)
	if h.leastBias, h.leastScale = leastBias1, leastScale1; !plain {
		h.leastBias, h.leastScale = leastBias, leastScale
		h.readings = newReadings(c, d.Table)
	}
	return h, unit
}

// hier fits score = mean + severity + scale × value + e with shrunken judges. plain is hier1: scores count as given.
func (d *data) hier(ctx context.Context, o Options, plain bool) (*estimate, error) {
	h, unit := d.newHierOf(o, plain)
	e := d.newEstimate()
	rounds, rest, err := h.runs(ctx, o.Progress)
	if err != nil {
		return nil, err
	}
	e.fit.Rounds, e.fit.Converged = rounds, rest < hierSettled
	e.unit = h.unit
	e.weighted, e.mean, e.tau2 = true, h.mean*unit, h.quality*unit*unit
	for i, m := range h.m {
		e.value[i] = m * unit
	}
	for j, l := range h.judges {
		e.severity[j], e.scale[j], e.noise2[j] = l.b*unit, l.a, l.noise*unit*unit
	}
	e.fit.Mean, e.fit.WorkVar, e.fit.JudgeVar, e.fit.Residual = e.mean, e.tau2, h.bias*unit*unit, h.noise*unit*unit
	e.seen2 = e.noise2
	if e.scaleVar = h.scale; !plain {
		h.tell(e, unit)
	}
	e.hierErrors(d, h.scale)
	return e, nil
}
