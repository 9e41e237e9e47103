package award

import (
	"cmp"
	"math/big"
	"slices"

	"fayi/judging"
)

// tieSteps compare two works; negative when a ranks before b.
var tieSteps = map[judging.TieStep]func(r *judging.Rules, a, b *contender) int{
	judging.TieAllScores: func(_ *judging.Rules, a, b *contender) int { return compareMeans(a, b) },
	judging.TieCriteria: func(_ *judging.Rules, a, b *contender) int {
		return slices.CompareFunc(b.criteria, a.criteria, fraction.compare)
	},
	judging.TieTop:   func(_ *judging.Rules, a, b *contender) int { return compareTops(a, b) },
	judging.TieRange: func(_ *judging.Rules, a, b *contender) int { return compareRanges(a, b) },
	judging.TieTrimmed: func(r *judging.Rules, a, b *contender) int {
		return slices.CompareFunc(trimmedMarks(r, b.tally), trimmedMarks(r, a.tally), (*big.Rat).Cmp)
	},
	judging.TieMedian: func(r *judging.Rules, a, b *contender) int {
		return medianOf(r, b.tally).Cmp(medianOf(r, a.tally))
	},
	judging.TieRankSum: func(_ *judging.Rules, a, b *contender) int { return a.tally.Sum().Cmp(b.tally.Sum()) },
	judging.TieSenior: func(r *judging.Rules, a, b *contender) int {
		return b.tally.seniorMean(r).Cmp(a.tally.seniorMean(r))
	},
	judging.TieFirsts: func(_ *judging.Rules, a, b *contender) int {
		return cmp.Compare(b.tally.Firsts, a.tally.Firsts)
	},
}

// trimmedMarks are the exact means of what is kept of each criterion's marks.
func trimmedMarks(r *judging.Rules, t *Tally) (out []*big.Rat) {
	for _, values := range criterionMarks(r.RubricOf(t.Category), t.Marks) {
		out = append(out, meanOf(keptOf(r.Combine.TieTrim(), values)))
	}
	return out
}

func medianOf(r *judging.Rules, t *Tally) *big.Rat {
	mean, _ := t.keptMean(judging.Combine{Method: judging.Median}, r.RubricOf(t.Category))
	return mean
}

// seniorMean is the mean of the totals that senior judges gave.
func (t *Tally) seniorMean(r *judging.Rules) *big.Rat {
	own := t.bySeniors()
	return own.meanExactly(r.RubricOf(t.Category))
}

// bySeniors is the part of a tally that senior judges gave.
func (t *Tally) bySeniors() (out Tally) {
	for k, senior := range t.Seniors {
		if senior {
			out.Totals = append(out.Totals, t.Totals[k])
			if k < len(t.Marks) {
				out.Marks = append(out.Marks, t.Marks[k])
			}
		}
	}
	return out
}

// TieNumbers returns what a step of the tie chain compares in a work, in points, the number looked at first in
// front. The higher one wins, but for TieRange and TieRankSum, where it is the smaller. For steps that look at the list
// t must come from WithRanks.
func TieNumbers(r judging.Rules, t Tally, step judging.TieStep) []float64 {
	if len(t.Totals) == 0 {
		return nil
	}
	rubric := r.RubricOf(t.Category)
	switch step {
	case judging.TieAllScores:
		return []float64{rounded(t.meanExactly(rubric), 4)}
	case judging.TieRange:
		return []float64{rounded(rangeOf(highestFirst(t.allExactly(rubric))), 4)}
	case judging.TieTop:
		out := slices.Sorted(slices.Values(t.Totals))
		slices.Reverse(out)
		return out
	case judging.TieTrimmed:
		var out []float64
		for _, v := range trimmedMarks(&r, &t) {
			out = append(out, rounded(v, 4))
		}
		return out
	case judging.TieMedian:
		return []float64{rounded(medianOf(&r, &t), 4)}
	case judging.TieRankSum:
		if sum := t.Sum(); sum != nil {
			return []float64{rounded(sum, 4)}
		}
		return nil
	case judging.TieSenior:
		return []float64{rounded(t.seniorMean(&r), 4)}
	case judging.TieFirsts:
		return []float64{float64(t.Firsts)}
	}
	var out []float64
	for _, values := range criterionMarks(rubric, t.Marks) {
		out = append(out, roundHalfUp(values, 4))
	}
	return out
}
