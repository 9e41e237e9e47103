package stats

import "math"

// Constants of how hier's EM is hastened.
const (
	mostLeap  = 256.0 // steps of the EM that one leap may stand for
	firstLeap = 4.0
	growLeap  = 4.0
	pointsOfA = 10.0 // about how many points a scale of 1 more, or e times the variance, is
)

// pace hastens the EM: after two rounds the next point is sought along the curve through the last three (SQUAREM with
// its third step length: Varadhan & Roland 2008, doi:10.1111/j.1467-9469.2007.00585.x). The limit is the EM's own. A
// leap after which the EM moves farther than before it is taken back, and the next is shorter.
type pace struct {
	at, one, two []float64 // the state before two rounds, after one, after both
	back         []float64 // what to return to should a leap have been wrong; nil after none
	came, last   float64   // the move of the first round of this pair, and of the pair before the leap
	most         float64
	half         bool
}

func newPace(h *hier) *pace {
	p := &pace{most: firstLeap}
	p.at = h.state(nil)
	return p
}

// leap is called after each round. It reports whether the state is another than the round left.
func (p *pace) leap(h *hier) bool {
	if !p.half {
		p.one, p.half = h.state(p.one), true
		return false
	}
	p.two, p.half = h.state(p.two), false
	along, bend := 0.0, 0.0
	for i, at := range p.at {
		r := p.one[i] - at
		v := p.two[i] - p.one[i] - r
		along, bend = along+r*r, bend+v*v
	}
	p.came = math.Sqrt(along)
	if p.back != nil && !(p.came <= p.last) {
		p.most = max(1, p.most/growLeap)
		h.setState(p.back)
		p.at, p.back = append(p.at[:0], p.back...), nil
		return true
	}
	step := 1.0
	if bend > 0 {
		step = max(1, min(p.most, math.Sqrt(along/bend)))
	}
	if step == p.most {
		p.most = min(mostLeap, p.most*growLeap)
	}
	p.back = nil
	if step > 1 {
		p.back, p.last = append([]float64(nil), p.two...), p.came
		for i, at := range p.at {
			r := p.one[i] - at
			v := p.two[i] - p.one[i] - r
			p.two[i] = at + 2*step*r + step*step*v
		}
		h.setState(p.two)
	}
	p.at = append(p.at[:0], p.two...)
	return step > 1
}

// state writes all that the EM estimates as numbers without limits, each about in points.
func (h *hier) state(to []float64) []float64 {
	to = append(to[:0], h.mean)
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
