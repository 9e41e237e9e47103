package shapes

import (
	"math"
	"math/rand/v2"
	"slices"

	"fayi/judging/stats"
)

// Contest is a drawn shape. Lists are the works that are ranked together; Own are the scores that a judge gave works
// of their own school, without the value.
type Contest struct {
	Table stats.Table
	Truth []float64
	Lists [][]int
	Own   []stats.Score
}

// judge is what a drawn judge is like.
type judge struct{ b, a, sigma, drift, low, high, taste float64 }

// Draw makes a contest of the shape, the same for the same seed.
func (s Shape) Draw(seed uint64) Contest {
	r := rand.New(rand.NewPCG(seed, 21))
	works, judges := s.Works+s.stray, s.Judges+s.stray*s.K
	c := Contest{
		Table: stats.Table{Works: works, Judges: judges},
		Truth: make([]float64, works),
		Lists: make([][]int, max(1, s.lists)),
	}
	other := make([]float64, works) // the second quality
	offsets := make([]float64, max(1, s.categories))
	for i := range offsets {
		offsets[i] = s.apart * r.NormFloat64()
	}
	for i := range c.Truth {
		c.Truth[i] = s.draw(r) + offsets[min(i, s.Works-1)*len(offsets)/s.Works]
		list := min(i, s.Works-1) * len(c.Lists) / s.Works
		c.Lists[list] = append(c.Lists[list], i)
		if s.tastes > 0 {
			other[i] = s.tastes * r.NormFloat64()
		}
	}
	people := make([]judge, judges)
	for j := range people {
		people[j] = s.judge(r, j)
	}
	panels := s.panels(r)
	load, at := make([]int, judges), make([]int, judges)
	for _, panel := range panels {
		for _, j := range panel {
			load[j]++
		}
	}
	for _, i := range r.Perm(works) {
		for _, j := range panels[i] {
			at[j]++
			g := people[j]
			y := 75 + g.b + g.sees(c.Truth[i]) + g.taste*other[i] + g.drift*(float64(at[j])/float64(load[j])-.5)
			score := stats.Score{Work: i, Judge: j}
			if s.own > 0 && r.Float64() < .03 {
				y += s.own
				c.Own = append(c.Own, score)
			}
			if score.Value = s.put(r, y, g.sigma, j < s.broken); !s.noOrder {
				score.Order = at[j]
			}
			c.Table.Scores = append(c.Table.Scores, score)
		}
	}
	return c
}

func (s Shape) draw(r *rand.Rand) float64 {
	if s.quality != nil {
		return s.quality(r)
	}
	return 8 * r.NormFloat64()
}

func (s Shape) judge(r *rand.Rand, j int) judge {
	g := judge{
		b:     4 * r.NormFloat64(),
		a:     math.Exp(.25 * r.NormFloat64()),
		sigma: 5.5 * math.Exp(.35*r.NormFloat64()),
		drift: s.drift * r.NormFloat64(),
		low:   1,
		high:  1,
		taste: 1 - 2*float64(j%2),
	}
	if s.alike {
		g.b, g.a, g.sigma = 0, 1, 5.5
	}
	if s.curved {
		g.low, g.high = .5+r.Float64(), .5+r.Float64()
	}
	return g
}

// sees returns what a work of quality q adds to the judge's mark.
func (g judge) sees(q float64) float64 {
	if q > 0 {
		return g.a * g.high * q
	}
	return g.a * g.low * q
}

// put makes a mark of what the judge means to give.
func (s Shape) put(r *rand.Rand, y, sigma float64, broken bool) float64 {
	e := r.NormFloat64()
	if s.tails > 0 {
		e = student(r, s.tails)
	}
	y += sigma * e
	if broken {
		y = 75 + 10*r.NormFloat64()
	}
	if s.gross > 0 && r.Float64() < s.gross {
		y = 40 + 60*r.Float64()
	}
	if s.mark != nil {
		y = s.mark(y)
	}
	return math.Max(0, math.Min(100, math.Round(y)))
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

// panels draws K judges for each work, loads as even as the shape has it, within the judges' categories or pieces. A
// stray work has judges of its own.
func (s Shape) panels(r *rand.Rand) [][]int {
	load, share := make([]float64, s.Judges), make([]float64, s.Judges)
	for j := range share {
		share[j] = math.Exp(s.uneven * r.NormFloat64())
	}
	out := make([][]int, s.Works, s.Works+s.stray)
	for _, i := range r.Perm(s.Works) {
		for len(out[i]) < s.K {
			best := -1
			for _, j := range r.Perm(s.Judges) {
				if !s.may(i, j) || slices.Contains(out[i], j) {
					continue
				}
				if best < 0 || load[j]/share[j] < load[best]/share[best] {
					best = j
				}
			}
			load[best]++
			out[i] = append(out[i], best)
		}
	}
	for i := range s.stray {
		panel := make([]int, s.K)
		for k := range panel {
			panel[k] = s.Judges + i*s.K + k
		}
		out = append(out, panel)
	}
	return out
}

// may reports whether judge j may score work i.
func (s Shape) may(i, j int) bool {
	if s.categories > 0 {
		c := i * s.categories / s.Works
		return j%s.categories == c || (j%s.categories+1+j/s.categories%(s.categories-1))%s.categories == c
	}
	return s.pieces == 0 || i*s.pieces/s.Works == j*s.pieces/s.Judges
}
