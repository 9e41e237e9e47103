package voting

import (
	"math/big"
	"regexp"
	"strconv"

	"fayi/judging/terms"
)

// Kind is how judges speak.
type Kind string

// The kinds. A round without a Rule has judges give marks by its rubrics.
const (
	// 表决: each judge is for a work, against it, or unsure; a work passes with a share of those who spoke
	Approval Kind = "approval"
	// 投票: each judge has so many votes for the works of a list, one for a work at most
	Votes Kind = "votes"
)

// Rule 投票办法 is how judges speak in a round without marks.
type Rule struct {
	Kind Kind `toml:"kind" json:"kind"`
	// with Approval: the share in favour with which a work passes, "2/3" or "60%"; empty: none is named
	Pass string `toml:"pass,omitempty" json:"pass,omitempty"`
	// with Votes: how many a judge has in each list
	Votes int `toml:"votes,omitempty" json:"votes,omitempty"`
	// with Votes: all of them must be given, else as many as the judge likes
	Exactly bool `toml:"exactly,omitempty" json:"exactly,omitempty"`
}

// What a ballot's only mark says. Under Votes it is For or Against.
const (
	For     = 1.0
	Unsure  = 0.5 // counts among those who spoke, and not in favour
	Against = 0.0
)

// mostVotes bounds Rule.Votes, and mostParts the parts of a share: with at most 50 judges, no two different shares
// round to the same two decimals of a per cent.
const (
	mostVotes = 100
	mostParts = 100
)

// Decimals is how many a result in per cent or votes is rounded to.
const Decimals = 2

// Name is what the only criterion of the round is called.
func (r Rule) Name() string {
	if r.Kind == Votes {
		return "投票"
	}
	return "赞成"
}

// Step is the smallest difference of a mark.
func (r Rule) Step() float64 {
	if r.Kind == Votes {
		return For
	}
	return Unsure
}

// Bands are the words for the marks, best first.
func (r Rule) Bands() []terms.Band {
	if r.Kind == Votes {
		return []terms.Band{{Label: "投", From: For, To: For}, {Label: "不投", From: Against, To: Against}}
	}
	return []terms.Band{
		{Label: "赞成", From: For, To: For}, {Label: "不确定", From: Unsure, To: Unsure},
		{Label: "反对", From: Against, To: Against},
	}
}

// Combine is how the marks of a work become its result.
func (r Rule) Combine() terms.Combine {
	if r.Kind == Votes {
		return terms.Combine{Method: terms.Sum, Decimals: Decimals}
	}
	return terms.Combine{Method: terms.InFavour, Decimals: Decimals}
}

var shareForm = regexp.MustCompile(`^(?:([1-9][0-9]?)/([1-9][0-9]{0,2})|([1-9][0-9]{0,2})%)$`)

// share is the share that passes; nil where none is named or it can't be meant.
func (r Rule) share() *big.Rat {
	m := shareForm.FindStringSubmatch(r.Pass)
	if m == nil {
		return nil
	}
	a, b := m[1], m[2]
	if m[3] != "" {
		a, b = m[3], "100"
	}
	of, _ := strconv.ParseInt(a, 10, 64) // digits by the pattern
	parts, _ := strconv.ParseInt(b, 10, 64)
	if of > parts || parts > mostParts {
		return nil
	}
	return big.NewRat(of, parts)
}

// Threshold is the least result with which a work passes, in per cent rounded as results are; 0 where none is named.
func (r *Rule) Threshold() float64 {
	if r == nil {
		return 0
	}
	s := r.share()
	if s == nil {
		return 0
	}
	out, _ := s.Mul(s, big.NewRat(100, 1)).Float64()
	return terms.Points((int64(terms.Exact(out)) + 50) / 100 * 100).Float()
}

// Faults lists what makes the rule unusable by itself; where names it in each.
func (r Rule) Faults(where string) (out []terms.Fault) {
	bad := func(text string, args map[string]any) { out = append(out, terms.Fault{Text: text, Args: args}) }
	switch r.Kind {
	case Approval:
		if r.Pass != "" && r.share() == nil {
			bad("rules.voting_pass", map[string]any{"Where": where, "Value": r.Pass})
		}
		if r.Votes != 0 || r.Exactly {
			bad("rules.voting_other", map[string]any{"Where": where, "Kind": string(r.Kind), "Name": "votes, exactly"})
		}
	case Votes:
		if r.Votes < 1 || r.Votes > mostVotes {
			bad("rules.voting_votes", map[string]any{"Where": where, "Value": r.Votes, "Most": mostVotes})
		}
		if r.Pass != "" {
			bad("rules.voting_other", map[string]any{"Where": where, "Kind": string(r.Kind), "Name": "pass"})
		}
	default:
		bad("rules.unknown_word", map[string]any{
			"Where": "voting", "Value": string(r.Kind), "Known": "approval, votes",
		})
	}
	return out
}

// Said names what a mark says, for the texts voting.said_…: "approval_for".
func (r Rule) Said(mark float64) string {
	switch mark {
	case For:
		return string(r.Kind) + "_for"
	case Unsure:
		return string(r.Kind) + "_unsure"
	}
	return string(r.Kind) + "_against"
}
