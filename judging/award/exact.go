package award

import (
	"cmp"
	"math/big"
	"slices"

	"fayi/judging"
	"fayi/judging/terms"
)

// exactly returns the totals of a work as fractions, in points, where a judge said that a criterion does not apply:
// the rest brought to the full mark need not be a whole number of ten-thousandths. nil where all totals are just what
// Totals has.
func (t *Tally) exactly(r judging.Rubric) []*big.Rat {
	if !r.Optional() || !slices.ContainsFunc(t.Marks, partial) {
		return nil
	}
	out := make([]*big.Rat, len(t.Totals))
	for k, total := range t.Totals {
		out[k] = pointsOf(total)
		if partial(t.Marks[k]) {
			out[k] = r.Sum(t.Marks[k]).Exact()
		}
	}
	return out
}

// partial reports whether some criterion does not apply by these marks.
func partial(marks map[string]float64) bool {
	for _, mark := range marks {
		if !terms.Applies(mark) {
			return true
		}
	}
	return false
}

// allExactly is exactly for any tally.
func (t *Tally) allExactly(r judging.Rubric) []*big.Rat {
	if out := t.exactly(r); out != nil {
		return out
	}
	out := make([]*big.Rat, len(t.Totals))
	for k, total := range t.Totals {
		out[k] = pointsOf(total)
	}
	return out
}

func pointsOf(v float64) *big.Rat { return big.NewRat(int64(judging.Exact(v)), pointParts) }

// meanExactly is the mean of all totals, 0 for none.
func (t *Tally) meanExactly(r judging.Rubric) *big.Rat {
	if exact := t.exactly(r); exact != nil {
		return meanRat(exact)
	}
	return meanOf(t.Totals)
}

// keptMean is the mean of the totals that count, and how many are left out.
func (t *Tally) keptMean(c judging.Combine, r judging.Rubric) (mean *big.Rat, dropped int) {
	low, high := c.Drops(len(t.Totals))
	exact := t.exactly(r)
	if exact == nil {
		return meanOf(keptOf(c, t.Totals)), low + high
	}
	return keptRat(c, exact), low + high
}

// keptRat is the mean of the values that c keeps, as keptOf does.
func keptRat(c judging.Combine, values []*big.Rat) *big.Rat {
	low, high := c.Drops(len(values))
	kept := slices.SortedFunc(slices.Values(values), (*big.Rat).Cmp)
	return meanRat(kept[low : len(kept)-high])
}

func meanRat(values []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, v := range values {
		sum.Add(sum, v)
	}
	return sum.Quo(sum, big.NewRat(int64(max(1, len(values))), 1))
}

// byCriteria combines the marks of each criterion and adds up. Criteria that no judge found to apply weigh nothing:
// what the others make is brought to the full mark.
func byCriteria(c judging.Combine, r judging.Rubric, marks []map[string]float64) *big.Rat {
	sum, of, full := new(big.Rat), int64(0), int64(0)
	for i, values := range criterionMarks(r, marks) {
		weight := int64(judging.Exact(r.Criteria[i].Weight))
		full += weight
		if len(values) > 0 {
			of += weight
			sum.Add(sum, meanOf(keptOf(c, values)))
		}
	}
	if of == 0 {
		return sum
	}
	return sum.Mul(sum, big.NewRat(full, of))
}

// highestFirst sorts values; nil stays nil.
func highestFirst(values []*big.Rat) []*big.Rat {
	slices.SortFunc(values, func(a, b *big.Rat) int { return b.Cmp(a) })
	return values
}

// sortedExactly are the totals of a work, highest first.
func (c *contender) sortedExactly() []*big.Rat {
	if c.exact != nil {
		return c.exact
	}
	out := make([]*big.Rat, len(c.sorted))
	for i, v := range c.sorted {
		out[i] = pointsOf(v)
	}
	return out
}

// compareTops orders works by their highest totals, then the second highest.
func compareTops(a, b *contender) int {
	if a.exact == nil && b.exact == nil {
		return -slices.Compare(a.sorted, b.sorted)
	}
	return -slices.CompareFunc(a.sortedExactly(), b.sortedExactly(), (*big.Rat).Cmp)
}

// compareMeans orders works by the means of all totals.
func compareMeans(a, b *contender) int {
	if a.exact == nil && b.exact == nil {
		return b.all.compare(a.all)
	}
	return meanRat(b.sortedExactly()).Cmp(meanRat(a.sortedExactly()))
}

// compareRanges orders works by the differences between their highest and lowest totals.
func compareRanges(a, b *contender) int {
	if a.exact == nil && b.exact == nil {
		return cmp.Compare(judging.Exact(a.Range), judging.Exact(b.Range))
	}
	return rangeOf(a.sortedExactly()).Cmp(rangeOf(b.sortedExactly()))
}

// rangeOf is the difference between the first and the last of values; 0 for none.
func rangeOf(values []*big.Rat) *big.Rat {
	if len(values) == 0 {
		return new(big.Rat)
	}
	return new(big.Rat).Sub(values[0], values[len(values)-1])
}
