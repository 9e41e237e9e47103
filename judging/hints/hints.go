// Package hints finds in the scores of a round what a person should look at: judges who gave the works of one unit
// more than all others let expect ([Round.Favours]), two judges whose marks agree more than two who work apart
// ([Round.Copies]), and marks that were changed, one after another, to those of another judge ([Round.Changes]).
//
// It is pure and draws no random number. Each finding carries the chance with which something at least so unusual
// turns up anywhere in a round where nobody favours or copies; it is said where that is at most [Rare]. A chance is no
// proof: a judge may like how a school teaches, and two judges may have learned from the same teacher. Findings are
// for the organiser to ask about, and for no paper that leaves the house.
//
// # How
//
// All starts at the fit of [stats.Hier]: μ, each judge's severity b, scale a, noise σ, and the drift of each score d.
// A score y then says c = y - μ - b - d of its work, with noise σ² and in the judge's own points.
//
// Favours. r = c - a m, where m is what the other scores of the work say, not pulled to the mean: pulled, all works
// of a good unit would seem favoured by everybody. The mean of r/√V over the unit's works, V its variance, is held
// against all ways to draw as many of the same judge's scores, within each list of works alike: an exact permutation
// test (Pitman 1937), by convolution on a grid of sixteenths. It needs no form of the noise. What is unusual in the
// round is judged by how much likelier a usual favour makes it, of 1.5 times the noise of a mark, so that pairs among
// whose few works none could be seen take little from those where it can (inround.go); all judges' own units, where
// they are known, make one half of the chances, however many other pairs there are.
//
// Copies. D = c - c' - (a - a') m for two judges of a work, without the quality of the work in it. |D| is divided by
// what the two are apart as third judges show it, less its error, and its rank u is taken among all
// pairs of judges on works of about the same level, since marks agree more near a ceiling. Of independent judges these
// ranks are uniform: how many are at most .1, or at most .25, is binomial, and -2 Σ log(1-u) (Pearson 1933) is χ² with
// 2n degrees of freedom. The first two show copies of some works, the last of all. The same is done with the marks as
// they are, half a step of theirs added. The chance is six times that of the rarest, times the pairs looked at.
//
// Changes. The same of marks after a change, for changes of one judge that follow each other within [Apart], as if
// the judge had come to the truth itself: that alone brings D down by √2.
package hints

import (
	"math"

	"fayi/judging/stats"
)

// Rare is the chance, in a whole round, up to which a finding is said: for each of the three kinds by itself.
const Rare = .01

// said reports whether a finding with the chance is said.
func said(chance float64) bool { return chance <= Rare }

// Round is what hints are found in.
type Round struct {
	Table stats.Table
	Fit   *stats.Result // of Table by stats.Hier
	Unit  []int         // of each work, below 0 for none
	Own   []int         // each judge's own unit, below 0 where unknown; nil where all are
	List  []int         // of each work: severities may differ from one list to another; nil for one list
}

// Favour is a judge whose scores of one unit's works lie above what all other scores let expect.
type Favour struct {
	Judge, Unit int
	Own         bool    // the unit is the judge's own
	Works       []int   // that were compared, in the order of the table
	Points      float64 // by which they lie above the judge's other scores, given what others gave
	Alone       float64 // chance of that with this judge and this unit
	Chance      float64 // of anything as unusual in the whole round
}

// Copy is two judges whose marks lie nearer to each other than those of two who work apart.
type Copy struct {
	Judge, Other int     // Judge < Other
	Works        []int   // that both scored, in the order of the table
	Equal        int     // works with the very same mark
	Run          int     // most works with the same mark one after the other, as the judge came to them
	Points       float64 // by which their marks of a work differ on average
	Usual        float64 // by how many points they would, severities taken out, if they worked apart
	Alone        float64 // chance of that with these two judges
	Chance       float64 // of anything as unusual in the whole round
}

// view is a round seen through its fit.
type view struct {
	Round
	c      []float64 // by score: what it says of its work, in its judge's points
	weight []float64 // by score: share of its weight that it keeps
	of     [][]int32 // scores of each work
	by     [][]int32 // scores of each judge
}

func (r Round) view() view {
	v := view{
		Round:  r,
		c:      make([]float64, len(r.Table.Scores)),
		weight: make([]float64, len(r.Table.Scores)),
		of:     make([][]int32, r.Table.Works),
		by:     make([][]int32, r.Table.Judges),
	}
	for k, s := range r.Table.Scores {
		v.of[s.Work] = append(v.of[s.Work], int32(k))
		v.by[s.Judge] = append(v.by[s.Judge], int32(k))
	}
	for i, scores := range v.of {
		if len(scores) == 0 {
			continue
		}
		shares := map[int]stats.Share{}
		for _, s := range r.Fit.Explain(i) {
			shares[s.Judge] = s
		}
		for _, k := range scores {
			s := shares[r.Table.Scores[k].Judge]
			v.c[k] = v.said(s.Judge, s.Raw-s.Slide)
			v.weight[k] = s.Trust
		}
	}
	return v
}

// said is what a mark of a judge says of the work, without the judge's severity.
func (v view) said(judge int, mark float64) float64 {
	return mark - v.Fit.Fit.Mean - v.Fit.Judges[judge].Severity
}

func (v view) judge(k int32) int { return v.Table.Scores[k].Judge }

func (v view) noise2(judge int) float64 {
	n := v.Fit.Judges[judge].Noise
	return max(n*n, 1e-6)
}

// others returns what the scores of a work by all but two judges say of its quality, and the variance of that;
// infinite where they say nothing.
func (v view) others(work, one, two int) (m, variance float64) {
	precision, sum := 0.0, 0.0
	for _, k := range v.of[work] {
		j := v.judge(k)
		if j == one || j == two {
			continue
		}
		a := v.Fit.Judges[j].Scale
		w := v.weight[k] / v.noise2(j)
		precision += w * a * a
		sum += w * a * v.c[k]
	}
	if precision < leastKnown {
		return 0, math.Inf(1)
	}
	return sum / precision, 1 / precision
}

// leastKnown is the precision, 1/points², below which others say nothing of a work: a judge who scores at random.
const leastKnown = 1e-4

func at(list []int, i, unknown int) int {
	if list == nil {
		return unknown
	}
	return list[i]
}
