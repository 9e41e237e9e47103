package stats_test

import (
	"math"
	"math/rand/v2"

	"fayi/judging/stats"
)

// shape is a kind of contest whose truth is known. Works are spread over judges at random with even loads; a judge
// has a severity, a spread and a noise of their own, each as in contests: 4 points, a quarter, a third.
type shape struct {
	name             string
	works, judges, k int
	groups           int // lists of equal size; ranking is judged within them. 0: one
	categories       int // judges score in two of them; groups lie within categories
	broken           int // judges whose marks mean nothing
	alike            bool
	tails            float64 // degrees of freedom of the noise; 0 normal
	gross            float64 // share of marks that are anything at all
	drift            float64 // sd of a judge's change of severity from the first mark to the last, points
	quality          func(*rand.Rand) float64
	mark             func(float64) float64
	own              float64 // points for works of one's own school
	pieces           int     // panels that share no work
	curved           bool    // judges press their upper or lower half together
}

// contest is a drawn shape.
type contest struct {
	table stats.Table
	truth []float64
	list  []int // of each work
	own   []stats.Score
}

func normalQuality(r *rand.Rand) float64 { return 8 * r.NormFloat64() }

// shapes are the kinds of contests that a method must be good at.
func shapes() []shape {
	five := func(y float64) float64 { return 60 + 10*math.Max(0, math.Min(4, math.Round((y-60)/10))) }
	return []shape{
		{name: "normal", works: 600, judges: 30, k: 3},
		{name: "five scores", works: 600, judges: 30, k: 5},
		{name: "county", works: 640, judges: 24, k: 3, groups: 20, categories: 5},
		{name: "county, 3 broken", works: 640, judges: 24, k: 3, groups: 20, categories: 5, broken: 3},
		{name: "3 broken", works: 600, judges: 30, k: 3, broken: 3},
		{name: "alike", works: 600, judges: 30, k: 3, alike: true},
		{name: "heavy tails", works: 600, judges: 30, k: 3, tails: 3},
		{name: "gross errors", works: 600, judges: 30, k: 5, gross: .05},
		{name: "drift", works: 600, judges: 30, k: 3, drift: 8},
		{name: "five values", works: 600, judges: 30, k: 3, mark: five},
		{name: "ceiling", works: 600, judges: 30, k: 3, mark: func(y float64) float64 { return math.Min(100, y+13) }},
		{name: "bimodal", works: 600, judges: 30, k: 3, quality: func(r *rand.Rand) float64 {
			return math.Copysign(7, r.Float64()-.5) + 3*r.NormFloat64()
		}},
		{name: "skewed down", works: 600, judges: 30, k: 3, quality: func(r *rand.Rand) float64 {
			return 8 - 8*r.ExpFloat64()
		}},
		{name: "skewed up", works: 600, judges: 30, k: 3, quality: func(r *rand.Rand) float64 {
			return 8*r.ExpFloat64() - 8
		}},
		{name: "six a judge", works: 60, judges: 30, k: 3},
		{name: "one panel", works: 60, judges: 5, k: 5, broken: 1},
		{name: "pieces", works: 600, judges: 30, k: 3, pieces: 5},
		{name: "own school", works: 600, judges: 30, k: 3, own: 8},
		{name: "curved", works: 600, judges: 30, k: 3, curved: true},
	}
}

// draw makes a contest of the shape, the same for the same seed.
func (s shape) draw(seed uint64) contest {
	r := rand.New(rand.NewPCG(seed, 21))
	c := contest{
		table: stats.Table{Works: s.works, Judges: s.judges},
		truth: make([]float64, s.works),
		list:  make([]int, s.works),
	}
	quality := s.quality
	if quality == nil {
		quality = normalQuality
	}
	for i := range c.truth {
		c.truth[i] = quality(r)
		c.list[i] = i * max(1, s.groups) / s.works
	}
	type judge struct{ b, a, sigma, drift, low, high float64 }
	judges := make([]judge, s.judges)
	for j := range judges {
		judges[j] = judge{
			b:     4 * r.NormFloat64(),
			a:     math.Exp(.25 * r.NormFloat64()),
			sigma: 5.5 * math.Exp(.35*r.NormFloat64()),
			drift: s.drift * r.NormFloat64(),
			low:   1,
			high:  1,
		}
		if s.alike {
			judges[j] = judge{0, 1, 5.5, 0, 1, 1}
		}
		if s.curved {
			judges[j].low, judges[j].high = .5+r.Float64(), .5+r.Float64()
		}
	}
	at := make([]int, s.judges)
	panels := s.panels(r)
	load := make([]int, s.judges)
	for _, panel := range panels {
		for _, j := range panel {
			load[j]++
		}
	}
	for _, i := range r.Perm(s.works) {
		for _, j := range panels[i] {
			at[j]++
			g, q := judges[j], c.truth[i]
			e := r.NormFloat64()
			if s.tails > 0 {
				e = student(r, s.tails)
			}
			if q > 0 {
				q *= g.high
			} else {
				q *= g.low
			}
			y := 75 + g.b + g.a*q + g.sigma*e + g.drift*(float64(at[j])/float64(load[j])-.5)
			if s.own > 0 && r.Float64() < .03 {
				y += s.own
				c.own = append(c.own, stats.Score{Work: i, Judge: j})
			}
			if j < s.broken {
				y = 75 + 10*r.NormFloat64()
			}
			if s.gross > 0 && r.Float64() < s.gross {
				y = 40 + 60*r.Float64()
			}
			if s.mark != nil {
				y = s.mark(y)
			}
			y = math.Max(0, math.Min(100, math.Round(y)))
			c.table.Scores = append(c.table.Scores, stats.Score{Work: i, Judge: j, Value: y, Order: at[j]})
		}
	}
	return c
}

// student draws from Student's t.
func student(r *rand.Rand, freedom float64) float64 {
	sum := 0.0
	for range int(freedom) {
		z := r.NormFloat64()
		sum += z * z
	}
	return r.NormFloat64() / math.Sqrt(sum/freedom)
}

// panels draws k judges for each work with even loads, within the judges' categories or pieces.
func (s shape) panels(r *rand.Rand) [][]int {
	may := func(i, j int) bool { return true }
	if s.categories > 0 {
		may = func(i, j int) bool {
			c := i * s.categories / s.works
			return j%s.categories == c || (j%s.categories+1+j/s.categories%(s.categories-1))%s.categories == c
		}
	}
	if s.pieces > 0 {
		may = func(i, j int) bool { return i*s.pieces/s.works == j*s.pieces/s.judges }
	}
	load := make([]int, s.judges)
	out := make([][]int, s.works)
	for _, i := range r.Perm(s.works) {
		for len(out[i]) < s.k {
			best, least := -1, math.Inf(1)
			for _, j := range r.Perm(s.judges) {
				taken := false
				for _, other := range out[i] {
					taken = taken || other == j
				}
				if !taken && may(i, j) && float64(load[j]) < least {
					best, least = j, float64(load[j])
				}
			}
			load[best]++
			out[i] = append(out[i], best)
		}
	}
	return out
}
