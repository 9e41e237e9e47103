package stats_test

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"fayi/judging/shapes"
	"fayi/judging/stats"
)

// score is how well one ranking finds the true order.
type truthScore struct{ tau, f5, f15, f35, covered, width float64 }

func (a *truthScore) add(b truthScore, n float64) {
	a.tau, a.f5, a.f15, a.f35 = a.tau+b.tau/n, a.f5+b.f5/n, a.f15+b.f15/n, a.f35+b.f35/n
	a.covered, a.width = a.covered+b.covered/n, a.width+b.width/n
}

// against compares a result with the true qualities.
func against(r stats.Result, truth []float64) truthScore {
	best := func(value func(i int) float64) []int {
		order := make([]int, len(truth))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(value(b), value(a)) })
		return order
	}
	order, ours := best(func(i int) float64 { return truth[i] }), best(func(i int) float64 { return r.Works[i].Value })
	f1 := func(share float64) float64 {
		n, hits := int(math.Round(share*float64(len(truth)))), 0
		for _, i := range ours[:n] {
			if slices.Contains(order[:n], i) {
				hits++
			}
		}
		return float64(hits) / float64(n)
	}
	s := truthScore{tau: tau(r, order), f5: f1(.05), f15: f1(.15), f35: f1(.35)}
	for place, i := range order {
		w := r.Works[i]
		if w.RankLo <= place+1 && place+1 <= w.RankHi {
			s.covered += 1 / float64(len(order))
		}
		s.width += float64(w.RankHi-w.RankLo) / float64(len(order))
	}
	return s
}

// tau is Kendall's tau-b of the values with the true order, which has no ties.
func tau(r stats.Result, order []int) float64 {
	sum, pairs, ties := 0.0, float64(len(order)*(len(order)-1)/2), 0.0
	for a, i := range order {
		for _, j := range order[a+1:] {
			switch x, y := r.Works[i].Value, r.Works[j].Value; {
			case math.Abs(x-y) < 1e-9:
				ties++
			case x > y:
				sum++
			default:
				sum--
			}
		}
	}
	return sum / math.Sqrt(pairs*(pairs-ties))
}

// simulation runs a method over the ten seeds of a scenario.
func simulation(tb testing.TB, scenario int, m stats.Method, confidence bool) (mean truthScore) {
	for seed := 1; seed <= 10; seed++ {
		name := fmt.Sprintf("S%d_seed%02d", scenario, seed)
		truth := must(tb, "sim/"+name+".truth.csv.gz").column("quality")
		mean.add(against(rank(tb, simulated(tb, name, confidence), m, stats.Options{}), truth), 10)
	}
	return mean
}

// reference returns the published ten-seed means (sim_summary_seeds01_10.csv).
func reference(tb testing.TB, method string, scenario int) truthScore {
	f := must(tb, "sim_summary_seeds01_10.csv")
	for r := range f.rows {
		if f.text(r, "method") == method && f.text(r, "scenario") == fmt.Sprintf("S%d", scenario) {
			return truthScore{
				f.number(r, "tau"),
				f.number(r, "f5"),
				f.number(r, "f15"),
				f.number(r, "f35"),
				f.number(r, "cov_rank"),
				f.number(r, "rank_width"),
			}
		}
	}
	tb.Fatalf("no reference for %s in S%d", method, scenario)
	return truthScore{}
}

func TestSimulatedContestsAreRankedAsWellAsTheReference(t *testing.T) {
	for _, c := range []struct {
		name       string
		method     stats.Method
		confidence bool
	}{
		{"mean", stats.Mean, false},
		{"zscore", stats.ZScore, false},
		{"additive_ls", stats.Additive, false},
		{"confidence_ls", stats.Confidence, true},
		{"hier_ecm", stats.Hier1, false},
		{"hier_ecm_conf", stats.Hier1, true},
	} {
		for scenario := 1; scenario <= 6; scenario++ {
			got, want := simulation(t, scenario, c.method, c.confidence), reference(t, c.name, scenario)
			// Values may tie, or nearly, and be taken in either order: at a cut, three works in ten contests.
			if got.tau < want.tau-1e-5 || got.f5 < want.f5-.01 || got.f15 < want.f15-.0034 || got.f35 < want.f35-.0015 {
				t.Errorf("S%d %s: %+v, reference %+v", scenario, c.name, got, want)
			}
		}
	}
}

// S1 to S4 are connected designs without and with broken judges (fairness.md, section 5.2).
func TestRankIntervalsCoverWhatTheyClaim(t *testing.T) {
	for _, c := range []struct {
		method     stats.Method
		confidence bool
	}{
		{stats.Additive, false}, {stats.Confidence, true}, {stats.BLUP, false}, {stats.BLUP, true}, {stats.Hier, false},
		{stats.Hier, true}, {stats.Hier1, false}, {stats.Hier1, true},
	} {
		for scenario := 1; scenario <= 4; scenario++ {
			if testing.Short() && (scenario > 2 || c.confidence) {
				continue
			}
			if got := simulation(t, scenario, c.method, c.confidence).covered; got < .94 || got > .96 {
				t.Errorf("S%d %s: %.4f of true places lie in the 95 %% intervals", scenario, c.method, got)
			}
		}
	}
}

// The chance of a place in the top 15 % must be what it says: of the works given about p, about p are there.
func TestAwardChancesAreCalibrated(t *testing.T) {
	var claimed, real, count [10]float64
	for seed := 1; seed <= 10; seed++ {
		name := fmt.Sprintf("S1_seed%02d", seed)
		place := must(t, "sim/"+name+".truth.csv.gz").column("rank")
		for i, w := range rank(t, simulated(t, name, false), stats.Hier, stats.Options{Cuts: []int{90}}).Works {
			bin := min(9, int(10*w.Award[0]))
			claimed[bin] += w.Award[0]
			count[bin]++
			if place[i] <= 90 {
				real[bin]++
			}
		}
	}
	for bin, n := range count {
		p := claimed[bin] / n
		if error := 3*math.Sqrt(p*(1-p)/n) + .02; math.Abs(real[bin]/n-p) > error {
			t.Errorf("of %g works with chance %.3f, %.3f are in the top 90", n, p, real[bin]/n)
		}
	}
}

// Broken judges (kind random or flat) must be among the two least reliable.
func TestBrokenJudgesAreFound(t *testing.T) {
	for scenario, least := range map[int]float64{4: .875, 6: .9} {
		found, all := 0.0, 0.0
		for seed := 1; seed <= 10; seed++ {
			name := fmt.Sprintf("S%d_seed%02d", scenario, seed)
			judges := must(t, "sim/"+name+".judges.csv.gz")
			r := rank(t, simulated(t, name, false), stats.Hier, stats.Options{})
			order := make([]int, len(r.Judges))
			for j := range order {
				order[j] = j
			}
			slices.SortFunc(
				order,
				func(a, b int) int { return cmp.Compare(r.Judges[a].Reliability, r.Judges[b].Reliability) },
			)
			for j := range order {
				if kind := judges.text(j, "kind"); kind == "random" || kind == "flat" {
					all++
					if slices.Contains(order[:2], j) {
						found++
					}
				}
			}
		}
		t.Logf("S%d: %g of %g found", scenario, found, all)
		if found/all < least-.05 {
			t.Errorf("S%d: %g of %g broken judges found", scenario, found, all)
		}
	}
}

// A fifth of the scores, one of each work, is held out (fairness.md, section 2). The published figures average several
// splits, of which one is known, and single splits differ by .01.
func TestHeldOutScoresArePredictedAsWellAsTheReference(t *testing.T) {
	splits := 40
	if testing.Short() {
		splits = 8
	}
	f, split := read(t, "contest2023C/data1.stage1.csv"), read(t, "contest2023C/data1.holdout_split1_rows.csv")
	if f == nil || split == nil {
		t.Log("the contest's table is not beside the repository")
		return
	}
	all, _, _ := f.table("work", "judge", "raw")
	first := make([]bool, len(all.Scores))
	for _, r := range split.column("row") {
		first[int(r)-1] = true
	}
	held, err := shapes.Held(
		context.Background(), all, first, splits, stats.Mean, stats.ZScore, stats.Hier1, stats.Hier,
	)
	if err != nil {
		t.Fatal(err)
	}
	share := map[stats.Method]float64{}
	for m, list := range held {
		for _, x := range list {
			share[m] += x / float64(len(list))
		}
		t.Logf("%s %.5f", m, share[m])
	}
	for m, want := range map[stats.Method]float64{stats.Mean: .7937, stats.Hier1: .8119, stats.Hier: .8119} {
		if share[m] < want && !testing.Short() {
			t.Errorf("%s: %.5f of held-out pairs ordered rightly, reference %.4f", m, share[m], want)
		}
	}
	if gain := share[stats.Hier] - share[stats.ZScore]; gain < .001 {
		t.Errorf("hier orders %.5f more of the pairs rightly than zscore", gain)
	}
}

// The estimates published next to the contest's table have 5 decimals.
func TestContestEstimatesMatchTheReference(t *testing.T) {
	f := read(t, "contest2023C/data1.stage1.csv")
	want := read(t, "contest2023C/data1.estimates.csv")
	judges := read(t, "contest2023C/data1.judges_ecm.csv")
	if f == nil || want == nil || judges == nil {
		t.Log("the contest's table is not beside the repository")
		return
	}
	table, _, labels := f.table("work", "judge", "raw")
	for m, column := range map[stats.Method]string{
		stats.Mean:     "raw_mean",
		stats.Trimmed:  "trimmed",
		stats.ZScore:   "zscore",
		stats.Additive: "additive_ls",
		stats.BLUP:     "lme4_blup",
		stats.Hier1:    "hier_ecm",
	} {
		r := rank(t, table, m, stats.Options{})
		if worst := furthest(values(r), want.column(column)); worst > 2e-5 {
			t.Errorf("%s: off by %g", m, worst)
		}
		for row := range judges.rows {
			if j := slices.Index(labels, judges.text(row, "judge")); m == stats.Hier1 {
				near(t, "severity", r.Judges[j].Severity, judges.number(row, "bias"), 1e-6)
				near(t, "scale", r.Judges[j].Scale, judges.number(row, "scale"), 1e-6)
				near(t, "noise", r.Judges[j].Noise, judges.number(row, "sigma"), 1e-6)
			}
		}
	}
	near(t, "A-efficiency", agree(t, table).Design.AEfficiency, .622, 5e-4)
}
