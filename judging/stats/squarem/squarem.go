// Package squarem hastens the steps of an algorithm that closes in on its limit slowly, an EM for one.
//
// It promises the limit of the algorithm itself, for it only proposes where the next step starts from. It knows nothing
// of what the numbers mean.
package squarem

import "math"

const (
	mostLeap  = 256.0 // steps that one leap may stand for
	firstLeap = 4.0
	grow      = 4.0
)

// Pace goes along with an algorithm whose state is a list of numbers without limits, of about the same scale. After
// two steps it seeks the next state along the curve through the last three: SQUAREM with its third step length
// (Varadhan & Roland 2008, doi:10.1111/j.1467-9469.2007.00585.x). A leap after which the next step is longer than the
// one before is taken back, and the next leap is shorter. It is not for several goroutines at once.
type Pace struct {
	at, one, two []float64 // the state before two steps, after one, after both
	back         []float64 // what to return to should the last leap have been wrong
	leapt        bool
	came         float64 // length of the first step of this pair
	last         float64 // the same before the leap
	most         float64
	half         bool
}

// New returns the pace of an algorithm that starts from state.
func New(state []float64) *Pace {
	return &Pace{most: firstLeap, at: append([]float64(nil), state...)}
}

// Next is called after each step with the state that it left, and returns the state from which the next step is to
// start; leap reports whether that is another. The list returned is valid until the next call.
func (p *Pace) Next(state []float64) (next []float64, leap bool) {
	if !p.half {
		p.one, p.half = append(p.one[:0], state...), true
		return state, false
	}
	p.two, p.half = append(p.two[:0], state...), false
	along, bend := p.moves()
	if p.came = math.Sqrt(along); p.leapt && !(p.came <= p.last) {
		p.most, p.leapt = max(1, p.most/grow), false
		p.at = append(p.at[:0], p.back...)
		return p.at, true
	}
	step := 1.0
	if bend > 0 {
		step = max(1, min(p.most, math.Sqrt(along/bend)))
	}
	if step == p.most {
		p.most = min(mostLeap, p.most*grow)
	}
	if p.leapt = step > 1; p.leapt {
		p.back, p.last = append(p.back[:0], p.two...), p.came
		for i, at := range p.at {
			r := p.one[i] - at
			p.two[i] = at + 2*step*r + step*step*(p.two[i]-p.one[i]-r)
		}
	}
	p.at = append(p.at[:0], p.two...)
	return p.at, p.leapt
}

// moves returns the squares of the first step and of how the second differs from it.
func (p *Pace) moves() (along, bend float64) {
	for i, at := range p.at {
		r := p.one[i] - at
		v := p.two[i] - p.one[i] - r
		along, bend = along+r*r, bend+v*v
	}
	return along, bend
}
