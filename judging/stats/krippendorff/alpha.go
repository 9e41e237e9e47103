// Package krippendorff measures how far several readings of the same things agree.
package krippendorff

import (
	"slices"
	"sort"
)

// Alpha is Krippendorff's α for four readings of a score: 1 full agreement, 0 as by chance, below 0 worse than
// chance. All are 0 where no work has two scores or nothing varies, since agreement on a constant shows nothing.
type Alpha struct {
	Nominal  float64 // equal or not
	Ordinal  float64 // only the order counts
	Interval float64 // differences count
	Ratio    float64 // proportions count; scores must not be negative
}

// Of returns Krippendorff's α (2011) of units, each with the scores of one work, in any order; a unit of fewer than two
// says nothing.
func Of(units [][]float64) Alpha {
	units = slices.DeleteFunc(slices.Clone(units), func(unit []float64) bool { return len(unit) < 2 })
	pool := slices.Concat(units...)
	slices.Sort(pool)
	rank := func(x float64) float64 { // the middle of x's run in the pool
		lo := sort.SearchFloat64s(pool, x)
		hi := lo + sort.Search(len(pool)-lo, func(k int) bool { return pool[lo+k] > x })
		return float64(lo+hi) / 2
	}
	return Alpha{
		Nominal:  disagreement(units, pool, func(a, b float64) float64 { return 1 }),
		Ordinal:  disagreement(ranked(units, rank), ranked([][]float64{pool}, rank)[0], squaredGap),
		Interval: disagreement(units, pool, squaredGap),
		Ratio: disagreement(units, pool, func(a, b float64) float64 {
			if a+b == 0 {
				return 0
			}
			return (a - b) * (a - b) / ((a + b) * (a + b))
		}),
	}
}

func squaredGap(a, b float64) float64 { return (a - b) * (a - b) }

// ranked maps every number through rank.
func ranked(lists [][]float64, rank func(float64) float64) [][]float64 {
	out := make([][]float64, len(lists))
	for i, list := range lists {
		out[i] = make([]float64, len(list))
		for k, x := range list {
			out[i][k] = rank(x)
		}
	}
	return out
}

// disagreement returns α = 1 - observed/expected for a squared distance of unequal values; pool holds all values in
// order.
func disagreement(units [][]float64, pool []float64, distance func(a, b float64) float64) float64 {
	observed, expected, n := 0.0, 0.0, float64(len(pool))
	for _, unit := range units {
		unit = slices.Clone(unit)
		slices.Sort(unit)
		observed += pairs(unit, distance) / float64(len(unit)-1)
	}
	if expected = pairs(pool, distance) / (n - 1); !(expected > 0) {
		return 0
	}
	return 1 - observed/expected
}

// pairs sums the distance over all pairs of a sorted list, value by value so that many equal values cost nothing.
func pairs(sorted []float64, distance func(a, b float64) float64) (sum float64) {
	var value, count []float64
	for i, x := range sorted {
		if i == 0 || x != sorted[i-1] {
			value, count = append(value, x), append(count, 0)
		}
		count[len(count)-1]++
	}
	for i := range value {
		for k := range i {
			sum += count[i] * count[k] * distance(value[i], value[k])
		}
	}
	return sum
}
