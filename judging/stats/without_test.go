package stats_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging/stats"
)

// plainInfluence fits again from nothing, as Influence promises.
func plainInfluence(t *testing.T, table stats.Table, m stats.Method, work int, among []int) (out []stats.Shift) {
	t.Helper()
	for _, s := range table.Scores {
		if s.Work != work {
			continue
		}
		rest := table
		rest.Scores = slices.DeleteFunc(slices.Clone(rest.Scores), func(x stats.Score) bool {
			return x.Judge == s.Judge
		})
		shift := stats.Shift{Judge: s.Judge}
		if r, err := stats.Rank(context.Background(), rest, m, stats.Options{}); err == nil {
			list := r.Among(among, nil)
			shift.Value, shift.Rank = r.Works[work].Value, list[slices.Index(among, work)].Rank
		}
		out = append(out, shift)
	}
	return out
}

// drawnTable has judges of several severities, and noise with heavy tails, drift or marks in steps now and then.
func drawnTable(random *rand.Rand, kind int) stats.Table {
	works, judges := 40+random.IntN(120), 8+random.IntN(10)
	t := stats.Table{Works: works, Judges: judges}
	severity, order := make([]float64, judges), make([]int, judges)
	for j := range severity {
		severity[j] = 4 * random.NormFloat64()
	}
	for w := range works {
		quality := 75 + 7*random.NormFloat64()
		for _, j := range random.Perm(judges)[:3+random.IntN(3)] {
			noise := 4 * random.NormFloat64()
			if kind == 1 && random.IntN(12) == 0 {
				noise *= 5
			}
			order[j]++
			y := quality + severity[j] + noise
			if kind == 2 {
				y -= float64(order[j]) / 6 * float64(j%3)
			}
			if kind == 3 {
				y = 10 * math.Round(y/10)
			}
			s := stats.Score{Work: w, Judge: j, Value: math.Round(max(0, min(100, y)))}
			if kind == 2 {
				s.Order = order[j]
			}
			t.Scores = append(t.Scores, s)
		}
	}
	return t
}

// TestInfluenceIsARankingWithoutTheJudge: a fit that is sought from the one of all scores ends where one from nothing
// does, for every method. Of hier the last digits may differ, and with them which of two works comes first between
// which the scores see no difference.
func TestInfluenceIsARankingWithoutTheJudge(t *testing.T) {
	random, tables, moved, seen, far := rand.New(rand.NewPCG(3, 8)), 24, 0, 0, 0.0
	if testing.Short() {
		tables = 8
	}
	for i := range tables {
		table := drawnTable(random, i%4)
		all := make([]int, table.Works)
		for w := range all {
			all[w] = w
		}
		among := all[:table.Works/2]
		for _, m := range stats.Methods() {
			r := rank(t, table, m, stats.Options{})
			work := random.IntN(len(among))
			got, err := r.Influence(context.Background(), work, among)
			if err != nil {
				t.Fatal(err)
			}
			for k, want := range plainInfluence(t, table, m, work, among) {
				switch {
				case m != stats.Hier && got[k] != want:
					t.Errorf("%s: %+v, from nothing %+v", m, got[k], want)
				case m == stats.Hier:
					seen++
					far = max(far, math.Abs(got[k].Value-want.Value))
					if got[k].Rank != want.Rank {
						moved++
					}
				}
			}
		}
	}
	if t.Logf("%d of %d places differ, values by up to %.2f", moved, seen, far); moved*20 > seen || far > .8 {
		t.Error("that is too many, or too much")
	}
}
