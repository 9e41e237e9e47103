package tally

import (
	"cmp"
	"math"
	"slices"

	"fayi/judging"
	"fayi/judging/terms"
)

// Nothing in this file draws, reads a clock or knows other judges: it looks at one judge's own totals.

// Ranked returns the scored works of a category, the highest total first, then in the list's order.
func Ranked(works []judging.Duty, category string) []judging.Duty {
	var out []judging.Duty
	for _, w := range works {
		if w.State == judging.Scored && w.Category == category {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(
		out,
		func(a, b judging.Duty) int { return cmp.Compare(judging.Exact(b.Total), judging.Exact(a.Total)) },
	)
	return out
}

// Neighbours returns the works of mine's category that were scored nearest to a total: up to n not above it and up
// to n above it, the lowest first.
func Neighbours(works []judging.Duty, mine judging.Duty, total float64, n int) []judging.Duty {
	all := slices.DeleteFunc(Ranked(works, mine.Category), func(w judging.Duty) bool { return w.Code == mine.Code })
	slices.Reverse(all)
	at, _ := slices.BinarySearchFunc(all, judging.Exact(total)+1, func(w judging.Duty, p judging.Points) int {
		return cmp.Compare(judging.Exact(w.Total), p)
	})
	return all[max(at-n, 0):min(at+n, len(all))]
}

// Between returns a total for a work put between two others: in the middle, on the rubric's step, never outside
// them. A missing neighbour counts as one step beyond the other. With no room between two neighbours it is the
// lower one's.
func Between(r judging.Rubric, above, below *judging.Duty) float64 {
	step := judging.Exact(r.Step)
	high, low := judging.Exact(r.Scale), judging.Points(0)
	switch {
	case above == nil && below == nil:
		return 0
	case above == nil:
		return min(judging.Exact(below.Total)+step, high).Float()
	case below == nil:
		return max(judging.Exact(above.Total)-step, 0).Float()
	}
	high, low = judging.Exact(above.Total), judging.Exact(below.Total)
	return (low + (high-low)/2/step*step).Float()
}

// Retotal returns marks that make a total, or what comes nearest below it: the difference goes to the criteria that
// apply step by step, in proportion to their weights, as far as each has room.
func Retotal(r judging.Rubric, marks map[string]float64, total float64) map[string]float64 {
	now := make([]judging.Points, len(r.Criteria))
	sum := r.Sum(marks)
	diff := judging.Exact(total*sum.Of.Float()/sum.Full.Float()) - sum.Given
	for i, c := range r.Criteria {
		now[i] = judging.Exact(marks[c.Name])
	}
	step := judging.Exact(r.Step)
	if diff < 0 {
		step = -step
	}
	given := make([]float64, len(now))
	for ; step != 0 && diff/step > 0; diff -= step {
		best := -1
		for i, c := range r.Criteria {
			next := now[i] + step
			if terms.Applies(marks[c.Name]) && next >= 0 && next <= judging.Exact(c.Weight) &&
				(best < 0 || c.Weight/(given[i]+1) > r.Criteria[best].Weight/(given[best]+1)) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		now[best] += step
		given[best]++
	}
	out := make(map[string]float64, len(now))
	for i, c := range r.Criteria {
		out[c.Name] = now[i].Float()
	}
	return out
}

// Bands counts works per band of the rubric, best first.
func Bands(r judging.Rubric, scored []judging.Duty) []int {
	out := make([]int, len(r.Bands))
	for _, w := range scored {
		for i, b := range r.Bands {
			if w.Total >= b.From-1e-9 && w.Total <= b.To+1e-9 {
				out[i]++
				break
			}
		}
	}
	return out
}

// Warning is something in a judge's totals worth a second look. It accuses nobody.
type Warning string

const (
	allEqual  Warning = "all_equal"  // one total for all
	noneHigh  Warning = "none_high"  // nothing above 80 in a hundred
	goingUp   Warning = "going_up"   // later works have higher totals
	goingDown Warning = "going_down" // later works have lower totals
)

// How many works a warning needs before it says anything, and how sure a drift must be: one in a hundred by chance.
const (
	enoughEqual = 5
	enoughHigh  = 10
	enoughDrift = 12
	surely      = 2.576
)

// Warnings looks at the totals in the order of the list. Categories are compared with themselves only.
func Warnings(d judging.Duties) []Warning {
	var totals []float64 // of the full total, 0-1
	var scored []judging.Duty
	for _, w := range d.Works {
		if scale := d.Rubrics[w.Category].Scale; w.State == judging.Scored && scale > 0 {
			totals, scored = append(totals, w.Total/scale), append(scored, w)
		}
	}
	var out []Warning
	if n := len(totals); n >= enoughEqual && slices.Max(totals) == slices.Min(totals) {
		out = append(out, allEqual)
	} else if n >= enoughHigh && slices.Max(totals) <= 0.8 {
		out = append(out, noneHigh)
	}
	if len(scored) >= enoughDrift {
		switch z := drift(scored); {
		case z > surely:
			out = append(out, goingUp)
		case z < -surely:
			out = append(out, goingDown)
		}
	}
	return out
}

// drift is Kendall's rank correlation of place in the list and total, within categories, in standard deviations of
// what chance does. Equal totals count for neither side.
func drift(scored []judging.Duty) float64 {
	sum, spread := 0.0, 0.0
	size := map[string]int{}
	for i, a := range scored {
		size[a.Category]++
		for _, b := range scored[i+1:] {
			if a.Category == b.Category {
				sum += float64(cmp.Compare(judging.Exact(b.Total), judging.Exact(a.Total)))
			}
		}
	}
	for _, k := range size {
		n := float64(k)
		spread += n * (n - 1) * (2*n + 5) / 18
	}
	if spread == 0 {
		return 0
	}
	return sum / math.Sqrt(spread)
}
