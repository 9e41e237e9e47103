package judging

import (
	"slices"

	"fayi/judging/terms"
)

// Combine is how totals become an official score; see package terms, as for all names below.
type Combine = terms.Combine

// CombineMethod names a way to combine totals.
type CombineMethod = terms.CombineMethod

// TieStep is one way to part works of equal official score.
type TieStep = terms.TieStep

// The ways to combine, and the steps of a tie chain.
const (
	Mean    = terms.Mean
	Trimmed = terms.Trimmed
	Median  = terms.Median
	Best    = terms.Best
	RankSum = terms.RankSum

	TieAllScores = terms.TieAllScores
	TieCriteria  = terms.TieCriteria
	TieTop       = terms.TieTop
	TieRange     = terms.TieRange
	TieTrimmed   = terms.TieTrimmed
	TieMedian    = terms.TieMedian
	TieRankSum   = terms.TieRankSum
	TieSenior    = terms.TieSenior
	TieFirsts    = terms.TieFirsts
)

// combine lists what makes the way to combine unusable.
func (c *rulesCheck) combine() {
	r := c.rules.Combine
	last := c.rules.In(Round(len(c.rules.Rounds) + 1))
	other := r.Method == RankSum || last.Official != ByRules || last.Voting != nil
	for _, f := range slices.Concat(c.rules.Pledge.Faults(), r.Faults(), c.rules.Audience.Faults(other)) {
		c.bad(f.Text, f.Args)
	}
	if r.ByCriterion && (c.rules.TotalOnly || c.rules.Official != ByRules) {
		c.bad("rules.by_criterion", Args{"Where": "official"})
	}
	if r.ByCriterion && r.Uniform && c.rules.Optional() { // works of one list have other numbers of marks
		c.bad("rules.uniform_optional", Args{"Where": "combine.method"})
	}
	if r.Method == RankSum {
		c.rankSum()
	}
}

// rankSum refuses what sums of ranks can't go with: they are no points, and the smaller one is the better.
func (c *rulesCheck) rankSum() {
	r := c.rules
	points := r.Official != ByRules || len(r.Panels) > 0 || r.Feedback == terms.FeedbackTotal
	for _, a := range r.Awards {
		points = points || a.MinScore > 0
	}
	for _, q := range r.Quotas {
		points = points || q.MinScore > 0
	}
	for _, round := range r.Rounds {
		points = points || round.Take.MinScore > 0 || round.Carry != Replace
	}
	if points {
		c.bad("rules.rank_sum_points", Args{"Where": "combine.method"})
	}
}
