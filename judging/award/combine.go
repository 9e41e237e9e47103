package award

import (
	"cmp"
	"math/big"
	"slices"

	"fayi/judging"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// OfficialOf combines totals by the rules: the mean of those that are kept, rounded half up to the decimals of c. The
// second result is how many were dropped. The result is 0 for no totals.
func OfficialOf(c judging.Combine, totals []float64) (float64, int) {
	kept := keptOf(c, totals)
	return roundHalfUp(kept, c.Decimals), len(totals) - len(kept)
}

// keptOf returns the totals that count: all, or all but some of the highest and lowest.
func keptOf(c judging.Combine, totals []float64) []float64 {
	low, high := c.Drops(len(totals))
	if low+high == 0 {
		return totals
	}
	kept := slices.Sorted(slices.Values(totals))
	return kept[low : len(kept)-high]
}

// DroppedBy reports of each total of t whether the rules leave it out, in its panel where there are panels.
func (t Tally) DroppedBy(rules judging.Rules) []bool {
	rubric := rules.RubricOf(t.Category)
	if len(rules.Panels) == 0 {
		return t.dropped(rules.Combine, rubric)
	}
	out := make([]bool, len(t.Totals))
	for i := range rules.Panels {
		own := t.ofPanel(i)
		of := own.dropped(rules.Combine, rubric)
		for k := range t.Totals {
			if t.panelOf(k) == i {
				out[k], of = of[0], of[1:]
			}
		}
	}
	return out
}

func (t *Tally) dropped(c judging.Combine, r judging.Rubric) []bool {
	exact := t.exactly(r)
	if exact == nil {
		return Dropped(c, t.Totals)
	}
	return droppedBy(c, len(exact), func(a, b int) int { return exact[a].Cmp(exact[b]) })
}

// Dropped reports of each of totals whether c leaves it out: of equals, the first as lowest and the last as highest.
func Dropped(c judging.Combine, totals []float64) []bool {
	return droppedBy(c, len(totals), func(a, b int) int {
		return cmp.Compare(judging.Exact(totals[a]), judging.Exact(totals[b]))
	})
}

func droppedBy(c judging.Combine, n int, compare func(a, b int) int) []bool {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, compare)
	low, high := c.Drops(n)
	out := make([]bool, n)
	for i, at := range order {
		out[at] = i < low || i >= len(order)-high
	}
	return out
}

// madeOf is the exact official score that the scores of a work make by the rules, and how many totals they leave out.
// Of panels, those that gave scores count, by their weights.
func madeOf(rules judging.Rules, t Tally) (exact *big.Rat, dropped int) {
	if len(rules.Panels) == 0 {
		return madeBy(rules.Combine, rules.RubricOf(t.Category), t)
	}
	exact, weights := new(big.Rat), new(big.Rat)
	for i, p := range rules.Panels {
		own := t.ofPanel(i)
		if len(own.Totals) == 0 {
			continue
		}
		part, out := madeBy(rules.Combine, rules.RubricOf(t.Category), own)
		weight := big.NewRat(int64(judging.Exact(p.Weight)), pointParts)
		exact.Add(exact, part.Mul(part, weight))
		weights.Add(weights, weight)
		dropped += out
	}
	if weights.Sign() > 0 {
		exact.Quo(exact, weights)
	}
	return exact, dropped
}

// ofPanel is the part of a tally that the judges of a panel gave.
func (t Tally) ofPanel(panel int) Tally {
	out := Tally{Work: t.Work, Category: t.Category, Group: t.Group}
	for k, total := range t.Totals {
		if t.panelOf(k) == panel {
			out.Totals = append(out.Totals, total)
			if k < len(t.Marks) {
				out.Marks = append(out.Marks, t.Marks[k])
			}
		}
	}
	return out
}

func (t Tally) panelOf(k int) int {
	if k < len(t.Panels) {
		return t.Panels[k]
	}
	return 0
}

// LacksPanel returns the first panel of the rules from which a work has no score; false where it lacks none.
func LacksPanel(rules judging.Rules, t Tally) (judging.Panel, bool) {
	for i, p := range rules.Panels {
		if len(t.ofPanel(i).Totals) == 0 {
			return p, true
		}
	}
	return judging.Panel{}, false
}

// madeBy is the exact official score that scores make by c, and how many totals it leaves out, or marks of each
// criterion; 0 for a sum of ranks that can't be. Where a score is a total without marks, the totals are combined though
// c wants each criterion.
func madeBy(c judging.Combine, rubric judging.Rubric, t Tally) (exact *big.Rat, dropped int) {
	switch c.Method {
	case judging.RankSum:
		if sum := t.Sum(); sum != nil {
			return sum, 0
		}
		return new(big.Rat), 0
	case terms.Sum:
		return big.NewRat(int64(sumOf(t.Totals)), pointParts), 0
	case terms.Places:
		return big.NewRat(int64(placePoints(c.Best, t.Totals)), 1), 0
	case terms.InFavour:
		return big.NewRat(int64(100*t.InFavour()), int64(max(1, len(t.Totals)))), 0
	}
	if !c.ByCriterion || LacksMarks(t) || len(t.Totals) == 0 {
		return t.keptMean(c, rubric)
	}
	low, high := c.Drops(len(t.Totals))
	return byCriteria(c, rubric, t.Marks), low + high
}

// placePoints adds up what places are worth of which so many are given.
func placePoints(given int, places []float64) (sum int) {
	for _, p := range places {
		if p > voting.Against {
			sum += given + 1 - int(p)
		}
	}
	return sum
}

// InFavour is how many judges gave their full mark, in a round that goes by them.
func (t Tally) InFavour() (n int) {
	for _, total := range t.Totals {
		if judging.Exact(total) == judging.Exact(voting.For) {
			n++
		}
	}
	return n
}

// LacksMarks reports whether a score of the work is a total without marks.
func LacksMarks(t Tally) bool {
	return len(t.Marks) < len(t.Totals) ||
		slices.ContainsFunc(t.Marks, func(m map[string]float64) bool { return len(m) == 0 })
}
