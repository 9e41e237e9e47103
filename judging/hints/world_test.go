package hints_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"fayi/judging/hints"
	"fayi/judging/stats"
)

// world is a kind of round whose truth is known. Judges have a severity, a spread and a noise of their own; units have
// better and worse works, and works of a unit come to the judges together where whole lists do.
type world struct {
	name             string
	works, judges, k int
	units            int
	lists            int     // of which each judge has a severity of its own, by listSD
	listSD           float64 // points
	unitSD           float64 // how far units differ in quality, points
	together         bool    // panels take runs of works, as they came in
	tails            float64 // degrees of freedom of the noise; 0 normal
	step             float64 // of the marks; 0: 1
	ceiling          float64 // points by which marks are too high for the scale
	drift            float64 // sd of a judge's change of severity from first to last
	revised          float64 // share of marks that a judge gives again, honestly, soon one after another
	broken           int     // judges whose marks mean nothing

	favour   float64 // points of judge 0 for works of unit 0
	favoured int     // how many of these judge 0 scores
	copied   int     // works on which judge 1 hands in what judge 0 gave, or a point off
	talked   int     // marks that judge 1 changes to those of judge 0, or a point off
}

var worlds = []world{
	{name: "600 works, 30 judges", works: 600, judges: 30, k: 3, units: 60},
	{name: "five scores", works: 300, judges: 25, k: 5, units: 30},
	{name: "two scores", works: 300, judges: 12, k: 2, units: 30},
	{name: "county, 20 lists", works: 640, judges: 24, k: 3, units: 40, lists: 20, listSD: 2},
	{name: "units differ", works: 600, judges: 30, k: 3, units: 30, unitSD: 6},
	{name: "units come together", works: 600, judges: 30, k: 3, units: 60, unitSD: 4, together: true},
	{name: "heavy tails", works: 600, judges: 30, k: 3, units: 60, tails: 3},
	{name: "steps of 5", works: 600, judges: 30, k: 3, units: 60, step: 5},
	{name: "ceiling", works: 600, judges: 30, k: 3, units: 60, ceiling: 13},
	{name: "drift", works: 600, judges: 30, k: 3, units: 60, drift: 8},
	{name: "3 broken judges", works: 600, judges: 30, k: 3, units: 60, broken: 3},
	{name: "one panel", works: 60, judges: 5, k: 5, units: 10},
}

type drawn struct {
	hints.Round
	changes []hints.Change
}

// draw makes a round of the world, the same for the same seed.
func (w world) draw(tb testing.TB, seed uint64) drawn {
	tb.Helper()
	r := rand.New(rand.NewPCG(seed, 77))
	d := drawn{Round: hints.Round{
		Table: stats.Table{Works: w.works, Judges: w.judges},
		Unit:  make([]int, w.works), Own: make([]int, w.judges), List: make([]int, w.works),
	}}
	type judge struct{ b, a, sigma, drift float64 }
	judges := make([]judge, w.judges)
	byList := make([][]float64, w.judges)
	for j := range judges {
		judges[j] = judge{
			4 * r.NormFloat64(), math.Exp(.25 * r.NormFloat64()), 5.5 * math.Exp(.35*r.NormFloat64()),
			w.drift * r.NormFloat64(),
		}
		byList[j] = make([]float64, max(1, w.lists))
		for l := range byList[j] {
			byList[j][l] = w.listSD * r.NormFloat64()
		}
		d.Own[j] = -1
	}
	better := make([]float64, w.units)
	for u := range better {
		better[u] = w.unitSD * r.NormFloat64()
	}
	q := make([]float64, w.works)
	for i := range q {
		d.Unit[i] = i * w.units / w.works
		if !w.together {
			d.Unit[i] = r.IntN(w.units)
		}
		d.List[i] = i * max(1, w.lists) / w.works
		q[i] = 8*r.NormFloat64() + better[d.Unit[i]]
	}
	panels := w.panels(r, &d)
	mark := func(i, j int, at float64) float64 {
		g, e := judges[j], r.NormFloat64()
		if w.tails > 0 {
			sum := 0.0
			for range int(w.tails) {
				z := r.NormFloat64()
				sum += z * z
			}
			e /= math.Sqrt(sum / w.tails)
		}
		y := 75 + w.ceiling + g.b + byList[j][d.List[i]] + g.a*q[i] + g.sigma*e + g.drift*(at-.5)
		if w.favour != 0 && j == 0 && d.Unit[i] == 0 {
			y += w.favour
		}
		if j >= w.judges-w.broken {
			y = 75 + 10*r.NormFloat64()
		}
		step := max(1, w.step)
		return math.Max(0, math.Min(100, step*math.Round(y/step)))
	}
	seen, load := make([]int, w.judges), w.works*w.k/w.judges
	for _, i := range r.Perm(w.works) {
		for _, j := range panels[i] {
			seen[j]++
			y := mark(i, j, float64(seen[j])/float64(load))
			d.Table.Scores = append(d.Table.Scores, stats.Score{Work: i, Judge: j, Value: y, Order: seen[j]})
		}
	}
	w.cheat(r, &d)
	w.revise(r, &d, mark)
	fit, err := stats.Rank(context.Background(), d.Table, stats.Hier, stats.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	d.Fit = &fit
	return d
}

// panels draws k judges for each work with even loads. Where judge 0 favours, a unit 0 of its own is made of as many of
// their works as is asked for; where judge 1 copies or talks, they sit with judge 0 on as many.
func (w world) panels(r *rand.Rand, d *drawn) [][]int {
	out, load := make([][]int, w.works), make([]int, w.judges)
	order := r.Perm(w.works)
	var panel []int
	for n, i := range order {
		if w.together {
			i = n
		}
		if w.together && n%20 != 0 {
			out[i] = panel
			continue
		}
		panel = nil
		for len(panel) < w.k {
			best, least := -1, math.Inf(1)
			for _, j := range r.Perm(w.judges) {
				taken := false
				for _, other := range panel {
					taken = taken || other == j
				}
				if !taken && float64(load[j]) < least {
					best, least = j, float64(load[j])
				}
			}
			load[best]++
			panel = append(panel, best)
		}
		out[i] = panel
	}
	left, pairs := w.favoured, max(w.copied, w.talked)
	for i := range out {
		has := out[i][0] == 0
		for _, j := range out[i][1:] {
			has = has || j == 0
		}
		if w.favour != 0 {
			switch {
			case has && left > 0:
				d.Unit[i] = 0
				left--
			case d.Unit[i] == 0:
				d.Unit[i] = 1
			}
		}
		if pairs > 0 {
			pairs--
			out[i] = append([]int{0, 1}, r.Perm(w.judges - 2)[:w.k-2]...)
			for x := range out[i][2:] {
				out[i][2+x] += 2
			}
		}
	}
	return out
}

// cheat has judge 1 hand in what judge 0 gave.
func (w world) cheat(r *rand.Rand, d *drawn) {
	of := map[int]float64{}
	for _, s := range d.Table.Scores {
		if s.Judge == 0 && s.Work < w.copied {
			of[s.Work] = s.Value
		}
	}
	for k := range d.Table.Scores {
		s := &d.Table.Scores[k]
		if y, known := of[s.Work]; known && s.Judge == 1 {
			s.Value = math.Max(0, math.Min(100, y+float64(r.IntN(3)-1)))
		}
	}
}

// revise has judges give some marks again: honestly, or to those of judge 0.
func (w world) revise(r *rand.Rand, d *drawn, mark func(i, j int, at float64) float64) {
	start := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
	stood := map[[2]int]float64{}
	others := make([][]int, d.Table.Works)
	for _, s := range d.Table.Scores {
		stood[[2]int{s.Work, s.Judge}] = s.Value
		others[s.Work] = append(others[s.Work], s.Judge)
	}
	for k := range d.Table.Scores {
		s := &d.Table.Scores[k]
		after := s.Value
		switch {
		case s.Judge == 1 && s.Work < w.talked:
			after = math.Max(0, math.Min(100, stood[[2]int{s.Work, 0}]+float64(r.IntN(3)-1)))
		case r.Float64() < w.revised:
			after = mark(s.Work, s.Judge, .5)
		}
		if after == s.Value {
			continue
		}
		c := hints.Change{
			Work: s.Work, Judge: s.Judge, Before: s.Value, After: after, Others: map[int]float64{},
			At: start.Add(time.Duration(s.Order) * 5 * time.Minute),
		}
		for _, j := range others[s.Work] {
			if j != s.Judge {
				c.Others[j] = stood[[2]int{s.Work, j}]
			}
		}
		d.changes = append(d.changes, c)
		s.Value, stood[[2]int{s.Work, s.Judge}] = after, after
	}
}
