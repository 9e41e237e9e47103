package terms

import "slices"

// TieStep is one way to part works of equal official score.
type TieStep string

// The steps of a tie chain; a tie that outlives them all is shared and marked. A step that can't look at each work of
// a list alike is passed over in that list.
const (
	TieAllScores TieStep = "all_scores" // mean of all totals, nothing dropped
	// mean mark of each criterion, in the rubric's order; passed over in lists with totals without marks
	TieCriteria TieStep = "criteria"
	TieTop      TieStep = "top_scores" // highest total, then the second highest, …
	TieRange    TieStep = "range"      // the smaller difference between highest and lowest total
	// as TieCriteria, of each criterion's marks those that are kept: without as many lowest and highest as Combine
	// drops of totals, one of each where it drops none of them; where there are too few marks, all
	TieTrimmed TieStep = "trimmed_criteria"
	TieMedian  TieStep = "median" // of all totals
	// the smaller sum of ranks, as RankSum; passed over in lists where not every judge scored every work
	TieRankSum TieStep = "rank_sum"
	// mean total of the senior judges; passed over in lists where a work has none of them
	TieSenior TieStep = "senior"
	TieFirsts TieStep = "firsts" // how many judges gave it the highest total that they gave in the list
)

// TieSteps lists all steps, in the order in which they are offered.
var TieSteps = []TieStep{
	TieAllScores, TieCriteria, TieTop, TieRange, TieTrimmed, TieMedian, TieRankSum, TieSenior, TieFirsts,
}

// LooksAtList reports whether the step compares a work with the others of its list.
func (s TieStep) LooksAtList() bool { return s == TieRankSum || s == TieFirsts }

// Plain reports whether programs before this kind of terms knew the step.
func (s TieStep) Plain() bool { return slices.Index(TieSteps, s) < slices.Index(TieSteps, TieTrimmed) }

// TieTrim returns the way to leave marks of a criterion out under TieTrimmed.
func (c Combine) TieTrim() Combine {
	if c.Method == Trimmed {
		return c
	}
	return Combine{Method: Trimmed, TrimFrom: 3}
}
