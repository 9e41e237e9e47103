package stats

import (
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Kendall is the coefficient of concordance W of judges who each ranked the same works, corrected for ties: 0 none,
// 1 full. Works is 0 where it is undefined: a gap in the table, fewer than two works or judges, or only constant
// judges.
type Kendall struct {
	Works, Judges int
	W             float64
	Chi2          float64 // judges × (works - 1) × W
	DF            int
	P             float64 // of Chi2 if the judges ranked by chance
}

// Concord returns W of the judges of a complete table; the higher value is the better. Errors are those of Check.
func Concord(t Table) (Kendall, error) {
	if err := t.Check(); err != nil {
		return Kendall{}, err
	}
	return newData(t).kendall(), nil
}

// kendall returns W of a complete table.
func (d *data) kendall() Kendall {
	if !d.complete() || d.Works < 2 || d.Judges < 2 {
		return Kendall{}
	}
	n, m := float64(d.Works), float64(d.Judges)
	sums, ties := make([]float64, d.Works), 0.0
	for j := range d.Judges {
		ties += d.addRanks(j, sums)
	}
	s := 0.0
	for _, r := range sums {
		s += (r - m*(n+1)/2) * (r - m*(n+1)/2)
	}
	most := m*m*(n*n*n-n) - m*ties
	if most <= 0 {
		return Kendall{}
	}
	k := Kendall{Works: d.Works, Judges: d.Judges, W: 12 * s / most, DF: d.Works - 1}
	k.Chi2 = m * (n - 1) * k.W
	k.P = distuv.ChiSquared{K: float64(k.DF)}.Survival(k.Chi2)
	return k
}

// addRanks adds the mid-ranks of judge j's works to sums and returns Σ (t³ - t) over the runs of t equal scores.
func (d *data) addRanks(j int, sums []float64) (ties float64) {
	scores := slices.Clone(d.byJudge.of(j))
	value := func(k int) float64 { return d.Scores[scores[k]].Value }
	slices.SortFunc(scores, func(a, b int32) int {
		if d.Scores[a].Value < d.Scores[b].Value {
			return -1
		}
		return 1
	})
	for from := 0; from < len(scores); {
		to := from + 1
		for to < len(scores) && value(to) == value(from) {
			to++
		}
		t := float64(to - from)
		for _, k := range scores[from:to] {
			sums[d.Scores[k].Work] += float64(from+to+1) / 2
		}
		ties += t*t*t - t
		from = to
	}
	return ties
}
