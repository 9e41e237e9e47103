package award

import (
	"slices"

	"fayi/judging"
)

// TieNumbers returns what a step of the tie chain compares in a work, in points, the number looked at first in
// front. The higher one wins, but for TieRange, where it is the smaller.
func TieNumbers(r judging.Rules, t Tally, step judging.TieStep) []float64 {
	if len(t.Totals) == 0 {
		return nil
	}
	switch step {
	case judging.TieAllScores:
		return []float64{roundHalfUp(t.Totals, 4)}
	case judging.TieRange:
		return []float64{(judging.Exact(slices.Max(t.Totals)) - judging.Exact(slices.Min(t.Totals))).Float()}
	case judging.TieTop:
		out := slices.Sorted(slices.Values(t.Totals))
		slices.Reverse(out)
		return out
	}
	var out []float64
	for _, values := range criterionMarks(r.RubricOf(t.Category), t.Marks) {
		out = append(out, roundHalfUp(values, 4))
	}
	return out
}
