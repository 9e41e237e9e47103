package audience

import (
	"math/big"
	"slices"

	"fayi/judging/terms"
)

// By names a way in which counts become marks.
type By string

// The ways. Counts are compared within a list, as places are.
const (
	Share  By = "share"  // 占最高票的比例: the highest count of the list is worth 100, half of it 50
	Places By = "places" // 按票数名次: what Steps say of the place that the count has in its list
	Bands  By = "bands"  // 按票数分档: what Steps say of the count itself
)

// Ways are all ways, as they are offered.
var Ways = []By{Share, Places, Bands}

// Rule 观众投票 says what the votes of an audience are worth next to the marks of the judges.
type Rule struct {
	Weight float64 `toml:"weight" json:"weight"` // percent of the official score, more than 0 and less than 100
	By     By      `toml:"by" json:"by"`
	// with Places and Bands, 1-50 of them: best first; what none of them takes in is worth 0
	Steps []Step `toml:"steps,omitempty" json:"steps,omitempty"`
	// a work with fewer votes gets a mark of 0; 0: none is too few
	Least int `toml:"least,omitzero" json:"least,omitempty"`
	// votes beyond so many do not count; 0: all do
	Most int `toml:"most,omitzero" json:"most,omitempty"`
}

// Step is what places or counts are worth.
type Step struct {
	At   int     `toml:"at" json:"at"`     // by Places: up to this place; by Bands: from so many votes on
	Mark float64 `toml:"mark" json:"mark"` // 0-100
}

// Full is the mark that can't be passed.
const Full = 100

// What bounds a rule, and a count.
const (
	mostSteps = 50
	MostVotes = 1_000_000_000
)

// Counted is how many of a work's votes hold: those beyond Most don't, and none where there are fewer than Least. A nil
// rule takes all.
func (r *Rule) Counted(votes int) int {
	switch {
	case r == nil:
		return votes
	case votes < r.Least:
		return 0
	case r.Most > 0:
		return min(votes, r.Most)
	}
	return votes
}

// Marks returns what each of the counts of one list is worth, exactly, of 100.
func (r Rule) Marks(votes []int) []*big.Rat {
	held := make([]int, len(votes))
	for i, v := range votes {
		held[i] = r.Counted(v)
	}
	down := slices.Clone(held)
	slices.Sort(down)
	slices.Reverse(down)
	out := make([]*big.Rat, len(votes))
	for i, v := range held {
		place, _ := slices.BinarySearchFunc(down, v, func(a, v int) int { return v - a })
		switch {
		case votes[i] < r.Least || r.By == Share && v == 0:
			out[i] = new(big.Rat)
		case r.By == Share:
			out[i] = big.NewRat(Full*int64(v), int64(down[0]))
		default:
			out[i] = exact(r.stepOf(v, place+1))
		}
	}
	return out
}

// stepOf is the mark of the first step that takes a count or its place in.
func (r Rule) stepOf(votes, place int) float64 {
	for _, s := range r.Steps {
		if r.By == Places && place <= s.At || r.By == Bands && votes >= s.At {
			return s.Mark
		}
	}
	return 0
}

// Mix is the official score of marks by judges and by the audience, which is out of 100 and is brought to scale.
func (r Rule) Mix(judges, mark *big.Rat, scale float64) *big.Rat {
	weight := new(big.Rat).Quo(exact(r.Weight), big.NewRat(100, 1))
	own := new(big.Rat).Mul(mark, new(big.Rat).Quo(exact(scale), big.NewRat(Full, 1)))
	rest := new(big.Rat).Sub(big.NewRat(1, 1), weight)
	return rest.Add(rest.Mul(rest, judges), own.Mul(own, weight))
}

func exact(v float64) *big.Rat { return big.NewRat(int64(terms.Exact(v)), int64(terms.Exact(1))) }

// Faults lists what makes the rule unusable by itself, or where other is set: then official scores are no points, or
// computed by a method that compares judges. A nil rule has none.
func (r *Rule) Faults(other bool) (out []terms.Fault) {
	if r == nil {
		return nil
	}
	bad := func(text string, args map[string]any) {
		args["Where"] = "audience"
		out = append(out, terms.Fault{Text: text, Args: args})
	}
	if other {
		bad("rules.audience_other", map[string]any{})
	}
	if !(r.Weight > 0 && r.Weight < 100) || terms.Exact(r.Weight).Float() != r.Weight {
		bad("rules.audience_weight", map[string]any{"Value": terms.Decimal(r.Weight, 6)})
	}
	if !slices.Contains(Ways, r.By) {
		bad("rules.unknown_word", map[string]any{"Value": string(r.By), "Known": "share, places, bands"})
	}
	if r.Least < 0 || r.Most < 0 || r.Least > MostVotes || r.Most > MostVotes || r.Most > 0 && r.Most < r.Least {
		bad("rules.audience_limits", map[string]any{"Least": r.Least, "Most": r.Most})
	}
	switch {
	case r.By == Share && len(r.Steps) > 0:
		bad("rules.audience_no_steps", map[string]any{})
	case r.By != Share && (len(r.Steps) == 0 || len(r.Steps) > mostSteps):
		bad("rules.audience_steps", map[string]any{"N": len(r.Steps), "Most": mostSteps})
	}
	for i, s := range r.Steps {
		if f := r.stepFault(i, s); f != "" {
			bad(f, map[string]any{"At": s.At, "Mark": terms.Decimal(s.Mark, 4), "Row": i + 1})
		}
	}
	return out
}

// stepFault tells what is wrong with a step among the ones before it.
func (r *Rule) stepFault(i int, s Step) string {
	switch {
	case !(s.Mark >= 0 && s.Mark <= Full):
		return "rules.audience_mark"
	case s.At < 0 || s.At > MostVotes || r.By == Places && s.At == 0:
		return "rules.audience_at"
	case i == 0:
		return ""
	}
	before := r.Steps[i-1]
	if s.Mark >= before.Mark || r.By == Places && s.At <= before.At || r.By == Bands && s.At >= before.At {
		return "rules.audience_order"
	}
	return ""
}
