package shapes

import (
	"math"
	"math/rand/v2"
)

// Shape is a kind of contest. Works are spread over judges at random with even loads; a judge has a severity of 4
// points, a spread of a quarter and a noise of 5.5 points, varying by a third, all as in contests; quality is normal
// with 8 points, and marks are whole numbers of a scale of 100. What else a shape says is its own.
type Shape struct {
	Name             string
	Works, Judges, K int
	lists            int // of equal size; ranking is judged within them. 0: one
	categories       int // a judge scores in two of them; lists lie within categories
	apart            float64
	broken           int // judges whose marks mean nothing
	alike            bool
	tails            float64 // degrees of freedom of the noise; 0 normal
	gross            float64 // share of marks that are anything at all
	drift            float64 // sd of a judge's change of severity from the first mark to the last, points
	noOrder          bool    // the order of marks is not known
	quality          func(*rand.Rand) float64
	mark             func(float64) float64
	own              float64 // points for works of one's own school, of which three in a hundred are
	pieces           int     // panels that share no work
	stray            int     // works, each with judges of its own
	curved           bool    // judges press their upper or lower half together
	tastes           float64 // points by which a second quality moves marks, up for half the judges, down for the rest
	uneven           float64 // sd of the logarithm of judges' loads
}

// steps rounds marks to last+1 values, from the first one on.
func steps(from, step, last float64) func(float64) float64 {
	return func(y float64) float64 { return from + step*math.Max(0, math.Min(last, math.Round((y-from)/step))) }
}

// All lists the shapes that one method must be good at.
func All() []Shape {
	large := Shape{Works: 600, Judges: 30, K: 3}
	county := Shape{Works: 640, Judges: 24, K: 3, lists: 20, categories: 5}
	of := func(s Shape, name string, change func(*Shape)) Shape {
		s.Name = name
		change(&s)
		return s
	}
	return []Shape{
		of(large, "normal", func(s *Shape) {}),
		of(large, "five scores a work", func(s *Shape) { s.K = 5 }),
		of(county, "county", func(s *Shape) {}),
		of(county, "county, 3 judges broken", func(s *Shape) { s.broken = 3 }),
		of(county, "county, categories apart", func(s *Shape) { s.apart = 6 }),
		of(large, "3 judges broken", func(s *Shape) { s.broken = 3 }),
		of(large, "judges alike", func(s *Shape) { s.alike = true }),
		of(large, "heavy tails", func(s *Shape) { s.tails = 3 }),
		of(large, "gross errors", func(s *Shape) { s.K, s.gross = 5, .05 }),
		of(large, "drift", func(s *Shape) { s.drift = 8 }),
		of(large, "drift, order unknown", func(s *Shape) { s.drift, s.noOrder = 8, true }),
		of(large, "five values", func(s *Shape) { s.mark = steps(60, 10, 4) }),
		of(large, "steps of five", func(s *Shape) { s.mark = steps(0, 5, 20) }),
		of(large, "narrow marks", func(s *Shape) { s.mark = func(y float64) float64 { return 85 + (y-75)/4 } }),
		of(large, "ceiling", func(s *Shape) { s.mark = func(y float64) float64 { return y + 13 } }),
		of(large, "bimodal", func(s *Shape) { s.quality = bimodal }),
		of(large, "skewed down", func(s *Shape) { s.quality = skewedDown }),
		of(large, "skewed up", func(s *Shape) { s.quality = skewedUp }),
		of(large, "six scores a judge", func(s *Shape) { s.Works = 60 }),
		of(large, "twelve scores a judge", func(s *Shape) { s.Works, s.Judges = 100, 25 }),
		of(large, "one panel", func(s *Shape) { s.Works, s.Judges, s.K = 60, 5, 5 }),
		of(large, "one panel, one at random", func(s *Shape) { s.Works, s.Judges, s.K, s.broken = 60, 5, 5, 1 }),
		of(large, "five pieces", func(s *Shape) { s.pieces = 5 }),
		of(large, "one stray work", func(s *Shape) { s.stray = 1 }),
		of(large, "own school", func(s *Shape) { s.own = 8 }),
		of(large, "curved judges", func(s *Shape) { s.curved = true }),
		of(large, "two tastes", func(s *Shape) { s.tastes = 4 }),
		of(large, "uneven loads", func(s *Shape) { s.uneven = .7 }),
	}
}

func skewedUp(r *rand.Rand) float64   { return 8*r.ExpFloat64() - 8 }
func skewedDown(r *rand.Rand) float64 { return 8 - 8*r.ExpFloat64() }

func bimodal(r *rand.Rand) float64 { return math.Copysign(7, r.Float64()-.5) + 3*r.NormFloat64() }
