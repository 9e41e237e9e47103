package stats_test

import (
	"encoding/json"
	"math"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"fayi/judging/stats"
)

// panel draws a connected table: every judge scores the first two works, and each other work has at least three
// judges.
func panel(t *rapid.T) stats.Table {
	table := stats.Table{Works: rapid.IntRange(6, 40).Draw(t, "works"), Judges: rapid.IntRange(4, 9).Draw(t, "judges")}
	bias := rapid.SliceOfN(rapid.IntRange(-8, 8), table.Judges, table.Judges).Draw(t, "bias")
	for w := range table.Works {
		quality := rapid.IntRange(50, 85).Draw(t, "quality")
		judges := rapid.Permutation(numbers(table.Judges)).Draw(t, "panel")
		if w > 1 {
			judges = judges[:3]
		}
		for _, j := range judges {
			table.Scores = append(table.Scores, stats.Score{
				Work:  w,
				Judge: j,
				Value: float64(quality + bias[j] + rapid.IntRange(-6, 6).Draw(t, "noise")),
			})
		}
	}
	return table
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func TestRelabellingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := panel(t)
		m := rapid.SampledFrom(stats.Methods()).Draw(t, "method")
		works, judges := rapid.Permutation(numbers(table.Works)).
			Draw(t, "new works"),
			rapid.Permutation(numbers(table.Judges)).
				Draw(t, "new judges")
		other := table
		other.Scores = rapid.Permutation(table.Scores).Draw(t, "scores")
		for i, s := range other.Scores {
			other.Scores[i].Work, other.Scores[i].Judge = works[s.Work], judges[s.Judge]
		}
		a, b := ranked(t, table, m), ranked(t, other, m)
		for w, s := range a.Works {
			o := b.Works[works[w]]
			if !close(s.Value, o.Value, 1e-6) || !close(s.SE, o.SE, 1e-6) || s.RankLo != o.RankLo ||
				s.RankHi != o.RankHi ||
				s.Rank != o.Rank {
				t.Fatalf("%s: work %d stands at %+v, relabelled %+v", m, w, s, o)
			}
		}
		for j, p := range a.Judges {
			if o := b.Judges[judges[j]]; !close(p.Severity, o.Severity, 1e-6) || !close(p.Outfit, o.Outfit, 1e-5) {
				t.Fatalf("%s: judge %d is %+v, relabelled %+v", m, j, p, o)
			}
		}
	})
}

func close(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*max(1, math.Abs(a)) }

func ranked(t *rapid.T, table stats.Table, m stats.Method) stats.Result {
	t.Helper()
	r, err := stats.Rank(t.Context(), table, m, stats.Options{Cuts: []int{3}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// shift adds by to every score of a judge.
func shift(table stats.Table, judge int, by float64) stats.Table {
	table.Scores = slices.Clone(table.Scores)
	for i := range table.Scores {
		if table.Scores[i].Judge == judge {
			table.Scores[i].Value += by
		}
	}
	return table
}

// A judge who is more severe by a constant harms nobody: severity is a free parameter in these methods.
func TestShiftingAJudgeMovesNoWork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := panel(t)
		judge, by := rapid.IntRange(0, table.Judges-1).
			Draw(t, "judge"),
			float64(
				rapid.IntRange(-20, 20).Draw(t, "shift"),
			)
		for _, m := range []stats.Method{stats.ZScore, stats.Additive, stats.Pairwise} {
			a, b := ranked(t, table, m), ranked(t, shift(table, judge, by), m)
			for w := range a.Works {
				if a.Works[w].Rank != b.Works[w].Rank {
					t.Fatalf(
						"%s: judge %d shifted by %g moves work %d from place %d to %d",
						m,
						judge,
						by,
						w,
						a.Works[w].Rank,
						b.Works[w].Rank,
					)
				}
			}
		}
	})
}

// Shrunken severities follow a shift but for 2 % of it.
func TestShiftingAJudgeHardlyMovesAWorkOfHier(t *testing.T) {
	table := simulated(t, "S2_seed01", false)
	for judge := range table.Judges {
		a := rank(t, table, stats.Hier, stats.Options{})
		b := rank(t, shift(table, judge, 6), stats.Hier, stats.Options{})
		if moved := furthest(values(a), values(b)); moved > .12 {
			t.Errorf("judge %d shifted by 6 moves a work by %g", judge, moved)
		}
	}
}

func TestSameTableSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := panel(t)
		for _, m := range stats.Methods() {
			a, errA := json.Marshal(ranked(t, table, m))
			b, errB := json.Marshal(ranked(t, table, m))
			if errA != nil || errB != nil || string(a) != string(b) {
				t.Fatalf("%s: %v %v\n%s\n%s", m, errA, errB, a, b)
			}
		}
	})
}

func TestSameBytesOnAnyNumberOfProcessors(t *testing.T) {
	table, _ := halfMillion()
	table.Scores, table.Works = table.Scores[:50_000], 10_000
	bytes := func(processors int) string {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		b, err := json.Marshal(rank(t, table, stats.Hier, stats.Options{Cuts: []int{500}}))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if bytes(1) != bytes(3) {
		t.Error("bytes depend on the number of processors")
	}
}

func TestScoresOnAnotherScaleRankAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := panel(t)
		tenth := table
		tenth.Scores = slices.Clone(table.Scores)
		for i := range tenth.Scores {
			tenth.Scores[i].Value /= 10
		}
		a := ranked(t, table, stats.Hier)
		b, err := stats.Rank(t.Context(), tenth, stats.Hier, stats.Options{FullMarks: 10})
		if err != nil {
			t.Fatal(err)
		}
		for w := range a.Works {
			if !close(a.Works[w].Value, 10*b.Works[w].Value, 1e-6) || !close(a.Works[w].SE, 10*b.Works[w].SE, 1e-6) {
				t.Fatalf("work %d: %+v of 100, %+v of 10", w, a.Works[w], b.Works[w])
			}
		}
	})
}

// The sparse solver against the textbook: least squares by a dense pseudo-inverse, severities adding up to 0.
func TestAdditiveMatchesDenseLeastSquares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := panel(t)
		if rapid.Bool().Draw(t, "more judges than works") {
			for i, s := range table.Scores {
				table.Scores[i].Work, table.Scores[i].Judge = s.Judge, s.Work
			}
			table.Works, table.Judges = table.Judges, table.Works
		}
		for i := range table.Scores {
			table.Scores[i].Weight = stats.ConfidenceWeight(rapid.IntRange(1, 3).Draw(t, "confidence"))
		}
		r := ranked(t, table, stats.Confidence)
		value, variance := dense(table)
		for i := range value {
			got, se := 0.0, 0.0
			if i < table.Works {
				got, se = r.Works[i].Value, r.Works[i].SE
			} else {
				got, se = r.Judges[i-table.Works].Severity, r.Judges[i-table.Works].SE
			}
			if !close(got, value[i], 1e-8) || !close(se, math.Sqrt(r.Fit.Residual*variance[i]), 1e-6) {
				t.Fatalf(
					"effect %d: %g ± %g, want %g ± %g",
					i,
					got,
					se,
					value[i],
					math.Sqrt(r.Fit.Residual*variance[i]),
				)
			}
		}
	})
}

// dense solves the normal equations bordered by Σ b = 0 and returns effects and their variances over the residual's.
func dense(table stats.Table) (value, variance []float64) {
	n := table.Works + table.Judges
	a, y := mat.NewDense(n+1, n+1, nil), mat.NewVecDense(n+1, nil)
	add := func(i, j int, v float64) { a.Set(i, j, a.At(i, j)+v) }
	for _, s := range table.Scores {
		i, j := s.Work, table.Works+s.Judge
		add(i, i, s.Weight)
		add(j, j, s.Weight)
		add(i, j, s.Weight)
		add(j, i, s.Weight)
		y.SetVec(i, y.AtVec(i)+s.Weight*s.Value)
		y.SetVec(j, y.AtVec(j)+s.Weight*s.Value)
	}
	for j := table.Works; j < n; j++ {
		add(j, n, 1)
		add(n, j, 1)
	}
	var inverse mat.Dense
	var x mat.VecDense
	if err := inverse.Inverse(a); err != nil {
		panic(err)
	}
	x.MulVec(&inverse, y)
	for i := range n {
		value, variance = append(value, x.AtVec(i)), append(variance, inverse.At(i, i))
	}
	return value, variance
}
