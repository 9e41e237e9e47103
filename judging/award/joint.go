package award

import (
	"math"
	"math/big"

	"fayi/judging"
)

// Joint is what one or several rounds make of a work, exactly and not rounded.
type Joint struct {
	Official *big.Rat // points
	// all scores that it rests on, nothing dropped: what pooling goes on with
	Sum     *big.Rat
	Count   int
	Dropped int // totals of the last round that Official leaves out as highest and lowest
}

// Computed takes the official score of a method, in points, as exact as such numbers mean anything: to a billionth, so
// that a half that a binary fraction falls short of is a half. What is no number is nil.
func Computed(v float64) *big.Rat {
	if math.IsNaN(v) || math.Abs(v) > 1e9 {
		return nil
	}
	return big.NewRat(int64(math.Round(v*1e9)), 1e9)
}

// Alone returns what a round by itself makes of each work that has a score in it. rules must be those of the round.
func Alone(rules judging.Rules, tallies []Tally) map[judging.WorkID]Joint {
	tallies = amongOthers(rules, tallies)
	out, means := map[judging.WorkID]Joint{}, listsByMean(rules, tallies)
	for _, t := range tallies {
		n := len(t.Totals)
		if n == 0 {
			continue
		}
		if t.Official != nil {
			exact := t.offset(t.heard(rules, t.Official))
			sum := new(big.Rat).Mul(exact, big.NewRat(int64(n), 1))
			out[t.Work] = Joint{Official: exact, Sum: sum, Count: n, Dropped: t.Dropped}
			continue
		}
		by := rules
		if means[listOf(&rules, &t)] {
			by.Combine.Method = judging.Mean
		}
		exact, dropped := madeOf(by, t)
		if by.Combine.Method == judging.RankSum { // rounds of ranks replace each other
			out[t.Work] = Joint{Official: exact, Sum: exact, Count: n}
			continue
		}
		mean := t.meanExactly(rules.RubricOf(t.Category))
		sum := new(big.Rat).Mul(t.offset(t.heard(rules, mean)), big.NewRat(int64(n), 1))
		out[t.Work] = Joint{Official: t.offset(t.heard(rules, exact)), Sum: sum, Count: n, Dropped: dropped}
	}
	return out
}

// Rounded returns the official score to so many decimals, 0-4, half up.
func (j Joint) Rounded(decimals int) float64 { return rounded(j.Official, decimals) }

// Scaled brings a joint from one full mark to another in proportion. A full mark that is not above 0 changes nothing.
func (j Joint) Scaled(from, to float64) Joint {
	f, t := judging.Exact(from), judging.Exact(to)
	if f <= 0 || t <= 0 || f == t {
		return j
	}
	by := big.NewRat(int64(t), int64(f))
	j.Official, j.Sum = new(big.Rat).Mul(j.Official, by), new(big.Rat).Mul(j.Sum, by)
	return j
}

// Join returns what a round makes of a work that went on, from what the rounds before and this one alone make of it,
// both on one scale. Pooled is the mean over all scores of both, nothing dropped. Without scores before, this round
// is all there is.
func Join(rule judging.RoundRule, before, now Joint) Joint {
	if before.Count == 0 || rule.Carry != judging.Weighted && rule.Carry != judging.Pooled {
		return now
	}
	out := Joint{Count: before.Count + now.Count}
	if rule.Carry == judging.Pooled {
		out.Sum = new(big.Rat).Add(before.Sum, now.Sum)
		out.Official = new(big.Rat).Quo(out.Sum, big.NewRat(int64(out.Count), 1))
		return out
	}
	weight := big.NewRat(int64(judging.Exact(rule.Weight)), pointParts)
	rest := new(big.Rat).Sub(big.NewRat(1, 1), weight)
	out.Official = new(big.Rat).Add(rest.Mul(rest, before.Official), weight.Mul(weight, now.Official))
	out.Sum = new(big.Rat).Mul(out.Official, big.NewRat(int64(out.Count), 1))
	out.Dropped = now.Dropped
	return out
}
