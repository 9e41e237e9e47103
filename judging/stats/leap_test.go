package stats

import (
	"math"
	"math/rand/v2"
	"testing"

	"fayi/judging/stats/squarem"
)

// The leaps end where the EM ends that takes every step: lines and variances, over contests in which it creeps and in
// which it does not.
func TestLeapsEndWhereTheEMEnds(t *testing.T) {
	slow, fast := 0, 0
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 1))
		spread, noise := []float64{3, 5, 8}[seed%3], 5.5
		table := Table{Works: 120, Judges: 12}
		severity := make([]float64, table.Judges)
		for j := range severity {
			severity[j] = 4 * random.NormFloat64()
		}
		for i := range table.Works {
			quality := spread * random.NormFloat64()
			for _, j := range random.Perm(table.Judges)[:3+int(seed%2)] {
				y := 70 + severity[j] + quality + noise*random.NormFloat64()
				table.Scores = append(table.Scores, Score{Work: i, Judge: j, Value: math.Round(y)})
			}
		}
		fit := func(leaping bool) (*hier, int) {
			h, rounds, rest := newHier(newLayout(table, false, true)), 0, math.Inf(1)
			h.leastBias, h.leastScale = leastBias, leastScale
			for again := 0; again < 400 && rest > 1e-9; again++ {
				var p *squarem.Pace
				if leaping {
					p = squarem.New(h.state())
				}
				n, left, err := h.run(t.Context(), 1e-9, p, nil)
				if err != nil {
					t.Fatal(err)
				}
				rounds, rest = rounds+n, left
			}
			return h, rounds
		}
		steps, n := fit(false)
		leaps, m := fit(true)
		slow, fast = slow+n, fast+m
		for j := range steps.judges {
			a, b := steps.judges[j], leaps.judges[j]
			if math.Abs(a.b-b.b) > 1e-4 || math.Abs(a.a-b.a) > 1e-4 || math.Abs(a.noise-b.noise) > 1e-3 {
				t.Errorf("seed %d, judge %d: %.6f %.6f %.6f by steps, %.6f %.6f %.6f by leaps",
					seed, j, a.b, a.a, a.noise, b.b, b.a, b.noise)
			}
		}
		if math.Abs(steps.quality-leaps.quality) > 1e-3 || math.Abs(steps.mean-leaps.mean) > 1e-4 {
			t.Errorf("seed %d: quality %v, mean %v by steps; %v, %v by leaps",
				seed, steps.quality, steps.mean, leaps.quality, leaps.mean)
		}
	}
	if fast > slow/2 {
		t.Errorf("%d rounds with leaps, %d without", fast, slow)
	}
}
