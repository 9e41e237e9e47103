package judging

import (
	"slices"

	"fayi/judging/voting"
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
	// how judges speak; nil: by marks
	Voting *voting.Rule `toml:"voting,omitempty" json:"voting,omitempty"`
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
	rule, before := r.Rounds[round-2], r.Voting
	if round > 2 {
		before = r.Rounds[round-3].Voting
	}
	rule.Take = rule.Take.Through(before.Threshold())
	return rule, true
}

// In returns the rules as they hold in a round: its number of scores, its rubrics, how judges and the audience speak.
func (r Rules) In(round Round) Rules {
	if int(round) <= len(r.Rounds) {
		r.Audience = nil
	}
	rule, ok := r.RoundOf(round)
	if !ok {
		return r.voted()
	}
	r.Voting = rule.Voting
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
	return r.voted()
}

// voted returns the rules as they hold where judges give no marks: a ballot has one criterion, the judge's word.
func (r Rules) voted() Rules {
	if r.Voting == nil {
		return r
	}
	v := *r.Voting
	r.TotalOnly, r.Confidence, r.Official, r.Panels, r.Ties, r.Dispute = false, false, ByRules, nil, nil, Dispute{}
	rubric := Rubric{Scale: v.Scale(), Step: v.Step(), Bands: v.Bands()}
	rubric.Criteria = []Criterion{{Name: v.Name(), Weight: v.Scale()}}
	r.Combine, r.Rubrics = v.Combine(), []NamedRubric{{v.Name(), rubric}}
	r.Categories = slices.Clone(r.Categories)
	for i := range r.Categories {
		r.Categories[i].Rubric = v.Name()
	}
	return r
}
