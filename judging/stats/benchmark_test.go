package stats_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"fayi/judging/stats"
)

// halfMillion draws a contest of 100,000 works by 1,000 judges, five scores each, by the simulation of fairness.md,
// section 3.
func halfMillion() (table stats.Table, quality []float64) {
	random := rand.New(rand.NewPCG(7, 7))
	table = stats.Table{Works: 100_000, Judges: 1000, Scores: make([]stats.Score, 0, 500_000)}
	bias, scale, noise := make([]float64, table.Judges), make([]float64, table.Judges), make([]float64, table.Judges)
	for j := range bias {
		bias[j] = 4 * random.NormFloat64()
		scale[j] = math.Exp(.25 * random.NormFloat64())
		noise[j] = 5.5 * math.Exp(.35*random.NormFloat64())
	}
	for w := range table.Works {
		quality = append(quality, 8*random.NormFloat64())
		first := random.IntN(table.Judges)
		for k := range 5 {
			j := (first + k*(1+w%199)) % table.Judges
			y := math.Round(70 + bias[j] + scale[j]*quality[w] + noise[j]*random.NormFloat64())
			table.Scores = append(table.Scores, stats.Score{Work: w, Judge: j, Value: max(0, min(100, y))})
		}
	}
	return table, quality
}

// Target: hier on 500,000 scores below 1.5 s and 200 MB; here with errors, intervals and surprises.
func BenchmarkHalfMillionScores(b *testing.B) {
	table, _ := halfMillion()
	for _, m := range []stats.Method{stats.ZScore, stats.Additive, stats.BLUP, stats.Hier} {
		b.Run(string(m), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := rank(b, table, m, stats.Options{})
				b.ReportMetric(float64(r.Fit.Rounds), "rounds")
			}
		})
	}
}

// Target: below 0.5 s and 60 MB (lme4: 2.2 s, 299 MB).
func BenchmarkInstEvalREML(b *testing.B) {
	table, _, _ := must(b, "InstEval.csv.gz").table("d", "s", "y")
	want := must(b, "InstEval.expected.csv")
	b.ReportAllocs()
	for b.Loop() {
		r := rank(b, table, stats.BLUP, stats.Options{})
		b.ReportMetric(float64(r.Fit.Rounds), "rounds")
		b.ReportMetric(math.Abs(r.Fit.WorkVar/want.number(0, "var_d")-1), "relative-error")
	}
}

func BenchmarkAgreementOfInstEval(b *testing.B) {
	table, _, _ := must(b, "InstEval.csv.gz").table("d", "s", "y")
	for b.Loop() {
		agree(b, table)
	}
}

// Quality on simulated contests: Kendall's tau, F1 of the top 5, 15 and 35 %, cover of the 95 % rank intervals, and
// the reference's.
func BenchmarkSimulatedContests(b *testing.B) {
	for _, c := range []struct {
		name       string
		method     stats.Method
		confidence bool
	}{
		{"mean", stats.Mean, false}, {"trimmed", stats.Trimmed, false}, {"zscore", stats.ZScore, false},
		{"additive_ls", stats.Additive, false},
		{"confidence_ls", stats.Confidence, true}, {"lme4_blup", stats.BLUP, false}, {"hier_ecm", stats.Hier1, false},
		{"hier_ecm_conf", stats.Hier1, true},
	} {
		for scenario := 1; scenario <= 6; scenario++ {
			b.Run(fmt.Sprintf("%s/S%d", c.name, scenario), func(b *testing.B) {
				want := reference(b, c.name, scenario)
				for b.Loop() {
					got := simulation(b, scenario, c.method, c.confidence)
					b.ReportMetric(got.tau, "tau")
					b.ReportMetric(want.tau, "tau-ref")
					b.ReportMetric(got.f5, "F1-5%")
					b.ReportMetric(want.f5, "F1-5%-ref")
					b.ReportMetric(got.f15, "F1-15%")
					b.ReportMetric(got.f35, "F1-35%")
					b.ReportMetric(got.covered, "cover")
					b.ReportMetric(got.width, "width")
				}
			})
		}
	}
}

// How long a judge's page of "what if they had not taken part" takes on an ordinary contest.
func BenchmarkInfluence(b *testing.B) {
	r := rank(b, simulated(b, "S2_seed01", false), stats.Hier, stats.Options{})
	for b.Loop() {
		if _, err := r.Influence(context.Background(), 0, everyWork(r)); err != nil {
			b.Fatal(err)
		}
	}
}
