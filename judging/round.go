package judging

import (
	"slices"
)

// RoundRule is a round after the first: 复评, 终评. Which works go on, how many scores each gets, and how the rounds
// count together.
type RoundRule struct {
	Name string `toml:"name" json:"name"`
	// of each list; works tied at the cut go on too
	Take    Share `toml:"take" json:"take"`
	PerWork int   `toml:"scores_per_work,omitempty" json:"scores_per_work,omitempty"` // 0: as the contest
	// fewest scores for a place in this round; 0: as the contest
	MinScores int `toml:"min_scores,omitempty" json:"min_scores,omitempty"`
	// category -> rubric; else the category's own
	Rubrics map[string]string `toml:"rubrics,omitempty" json:"rubrics,omitempty"`
	Carry   Carry             `toml:"carry" json:"carry"`
	// with Weighted: this round's part, 0-1
	Weight float64 `toml:"weight,omitempty" json:"weight,omitempty"`
}

// Carry says what the earlier rounds' official score is worth. Works that went on rank above all others in every
// case.
type Carry string

// The ways.
const (
	Replace  Carry = "replace"  // only this round counts
	Weighted Carry = "weighted" // this round by Weight, the earlier by the rest
	Pooled   Carry = "pooled"   // the mean over all scores of both rounds
)

// RoundOf returns the rule of a round; ok is false for the first round and for one that the rules do not know.
func (r Rules) RoundOf(round Round) (RoundRule, bool) {
	if round < 2 || int(round)-2 >= len(r.Rounds) {
		return RoundRule{}, false
	}
	return r.Rounds[round-2], true
}

// In returns the rules as they hold in a round: its number of scores and its rubrics.
func (r Rules) In(round Round) Rules {
	rule, ok := r.RoundOf(round)
	if !ok {
		return r
	}
	if rule.MinScores > 0 {
		r.MinScores = rule.MinScores
		if r.Missing == "" || r.Missing == Wait {
			r.Missing = NeedScores
		}
	}
	r.Categories = slices.Clone(r.Categories)
	for i := range r.Categories {
		c := &r.Categories[i]
		if name := rule.Rubrics[c.Name]; name != "" {
			c.Rubric = name
		}
		if rule.PerWork > 0 {
			c.PerWork = rule.PerWork
		}
	}
	return r
}
