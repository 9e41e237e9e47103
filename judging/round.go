package judging

import "slices"

// RoundRule is a round after the first: 复评, 终评. Which works go on, how many scores each gets, and how the rounds count together.
type RoundRule struct {
	Name    string            `toml:"name" json:"name"`
	Take    Share             `toml:"take" json:"take"`                                           // of each list; works tied at the cut go on too
	PerWork int               `toml:"scores_per_work,omitempty" json:"scores_per_work,omitempty"` // 0: as the contest
	Rubrics map[string]string `toml:"rubrics,omitempty" json:"rubrics,omitempty"`                 // category -> rubric; else the category's own
	Carry   Carry             `toml:"carry" json:"carry"`
	Weight  float64           `toml:"weight,omitempty" json:"weight,omitempty"` // with Weighted: this round's part, 0-1
}

// Carry says what the earlier rounds' official score is worth. Works that went on rank above all others in every case.
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

// Entrants picks the works that go on from placings, which must be in the order of Rank: so many of each list, and all that are tied with the last of them.
func Entrants(rule RoundRule, placings []Placing) (out []WorkID) {
	for from := 0; from < len(placings); {
		to, ranked := from+1, 0
		for to < len(placings) && placings[to].Category == placings[from].Category && placings[to].Group == placings[from].Group {
			to++
		}
		for _, p := range placings[from:to] {
			if p.Place > 0 {
				ranked++
			}
		}
		end := from + rule.Take.PlacesOf(ranked)
		for end > from && Exact(placings[end-1].Official) < Exact(rule.Take.MinScore) {
			end--
		}
		for end > from && end < from+ranked && placings[end].Place == placings[end-1].Place {
			end++
		}
		out = append(out, workIDs(placings[from:end])...)
		from = to
	}
	return out
}

// Joined returns the official score of a work that went on, from its score before and in this round, rounded to decimals.
func Joined(rule RoundRule, before, now float64, scoresBefore, scoresNow, decimals int) float64 {
	switch rule.Carry {
	case Weighted:
		return roundHalfUp([]float64{before*(1-rule.Weight) + now*rule.Weight}, decimals)
	case Pooled:
		n := float64(scoresBefore + scoresNow)
		return roundHalfUp([]float64{(before*float64(scoresBefore) + now*float64(scoresNow)) / n}, decimals)
	}
	return now
}

// Above puts the works that went on, as placed in this round, above the others of their list as placed before. Both must be in the order of Rank.
func Above(now, before []Placing) (out []Placing) {
	on := map[WorkID]bool{}
	for _, p := range now {
		on[p.Work] = true
	}
	at := 0
	for from := 0; from < len(before); {
		to := from + 1
		for to < len(before) && before[to].Category == before[from].Category && before[to].Group == before[from].Group {
			to++
		}
		first := len(out)
		for at < len(now) && now[at].Category == before[from].Category && now[at].Group == before[from].Group {
			out = append(out, now[at])
			at++
		}
		shift, passed := 0, 0
		for _, p := range out[first:] {
			if p.Place > 0 {
				shift++
			}
		}
		for _, p := range before[from:to] {
			if on[p.Work] {
				passed++
				continue
			}
			if p.Place > 0 {
				p.Place += shift - passed
			}
			out = append(out, p)
		}
		from = to
	}
	return out
}

// Dispute says when judges differ too much on a work and what is then done by rule.
type Dispute struct {
	Range float64     `toml:"range,omitempty" json:"range,omitempty"` // 极差 limit in points of the total: a work at or above it is disputed; 0: none is
	Exit  DisputeExit `toml:"exit,omitempty" json:"exit,omitempty"`   // what the rule sheet asks for first
}

// DisputeExit is a way to settle a disputed work.
type DisputeExit string

// The ways; empty means Third.
const (
	Third     DisputeExit = "third"     // one more judge scores it
	Rescore   DisputeExit = "rescore"   // its judges look again, each by himself; old marks stay in the history
	Consensus DisputeExit = "consensus" // its judges talk, then correct their marks
	Accept    DisputeExit = "accept"    // the scores stand, with a reason
)

// Disputed reports whether the judges' totals of a work are too far apart.
func (d Dispute) Disputed(p Placing) bool {
	return d.Range > 0 && p.Scores > 1 && Exact(p.Range) >= Exact(d.Range)
}
