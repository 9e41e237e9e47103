package stats_test

import (
	"fmt"
	"math"
	"testing"

	"fayi/judging/stats"
)

// The estimates next to the simulated contests (fairness.md, sections 3 and 5.2).
func TestEstimatesMatchTheReference(t *testing.T) {
	columns := []struct {
		name      string
		method    stats.Method
		weighted  bool
		tolerance float64
	}{
		{"mean", stats.Mean, true, 1e-5},
		{"bradley.terry", stats.Pairwise, true, 1e-5},
		{"trimmed", stats.Trimmed, true, 1e-5},
		{"zscore", stats.ZScore, true, 1e-5},
		{"additive_ls", stats.Additive, true, 1e-5},
		{"confidence_ls", stats.Confidence, true, 1e-5},
		{"hier_ecm", stats.Hier1, false, 1e-6},
		{"hier_ecm_conf", stats.Hier1, true, 1e-6},
		{"lme4_blup", stats.BLUP, false, 5e-4},
		{"lme4_blup_conf", stats.BLUP, true, 5e-4}, // lme4 stops its search that far from the optimum
	}
	for scenario := 1; scenario <= 6; scenario++ {
		for seed := 1; seed <= 3; seed++ {
			name := fmt.Sprintf("S%d_seed%02d", scenario, seed)
			want := must(t, "sim/"+name+".estimates.csv.gz")
			for _, c := range columns {
				if c.method == stats.Pairwise && seed > 1 {
					continue // slow
				}
				got := values(rank(t, simulated(t, name, c.weighted), c.method, stats.Options{}))
				if worst := furthest(got, want.column(c.name)); !(worst <= c.tolerance) {
					t.Errorf("%s %s: off by %g", name, c.name, worst)
				}
			}
		}
	}
}

func furthest(a, b []float64) (worst float64) {
	for i := range a {
		if d := math.Abs(a[i] - b[i]); !(d <= worst) {
			worst = d
		}
	}
	return worst
}
