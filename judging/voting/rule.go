package voting

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

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
	// 排名: each judge gives so many places in each list; with three, the first is worth three points
	Ranking Kind = "ranking"
	// 分点: each judge spreads so many points over the works of a list
	Points Kind = "points"
)

// Kinds are all kinds, as they are offered.
var Kinds = []Kind{Approval, Votes, Ranking, Points}

// Rule 投票办法 is how judges speak in a round without marks.
type Rule struct {
	Kind Kind `toml:"kind" json:"kind"`
	// with Approval: the share in favour with which a work passes, "2/3" or "60%"; empty: none is named
	Pass string `toml:"pass,omitempty" json:"pass,omitempty"`
	// with Votes: how many a judge has in each list
	Votes int `toml:"votes,omitempty" json:"votes,omitempty"`
	// with Ranking: how many a judge gives in each list; all works where there are no more
	Places int `toml:"places,omitempty" json:"places,omitempty"`
	// with Points: how many a judge spreads over each list
	Points int `toml:"points,omitempty" json:"points,omitempty"`
	// with all but Approval: all of them must be given, else as many as the judge likes
	Exactly bool `toml:"exactly,omitempty" json:"exactly,omitempty"`
}

// What a ballot's only mark says. Under Votes it is For or Against; under Ranking a place from 1 on, and under Points a
// number of points, Against being none of either.
const (
	For     = 1.0
	Unsure  = 0.5 // counts among those who spoke, and not in favour
	Against = 0.0
)

// mostVotes bounds Rule.Votes and Rule.Places, mostPoints Rule.Points, and mostParts the parts of a share: with at most
// 50 judges, no two different shares round to the same two decimals of a per cent.
const (
	mostVotes  = 100
	mostPoints = 1000
	mostParts  = 100
)

// Decimals is how many a result in per cent or votes is rounded to.
const Decimals = 2

// Usual is a rule of a kind with numbers that are often used.
func Usual(k Kind) Rule {
	switch k {
	case Approval:
		return Rule{Kind: k, Pass: "2/3"}
	case Votes:
		return Rule{Kind: k, Votes: 3}
	case Ranking:
		return Rule{Kind: k, Places: 3, Exactly: true}
	}
	return Rule{Kind: k, Points: 100, Exactly: true}
}

// Number is the number that the kind goes by, and the most that it may be; nil where it has none.
func (r *Rule) Number() (n *int, most int) {
	switch r.Kind {
	case Votes:
		return &r.Votes, mostVotes
	case Ranking:
		return &r.Places, mostVotes
	case Points:
		return &r.Points, mostPoints
	}
	return nil, 0
}

// N is the number that the kind goes by, 0 where it has none.
func (r Rule) N() int {
	if n, _ := r.Number(); n != nil {
		return *n
	}
	return 0
}

// Typed reports whether judges type a number, instead of saying one of a few words.
func (r Rule) Typed() bool { return r.Kind == Ranking || r.Kind == Points }

// Name is what the only criterion of the round is called.
func (r Rule) Name() string {
	switch r.Kind {
	case Votes:
		return "投票"
	case Ranking:
		return "名次"
	case Points:
		return "点数"
	}
	return "赞成"
}

// Step is the smallest difference of a mark.
func (r Rule) Step() float64 {
	if r.Kind == Approval {
		return Unsure
	}
	return For
}

// Scale is the highest mark.
func (r Rule) Scale() float64 {
	if r.Typed() {
		return float64(r.N())
	}
	return For
}

// Reach is the highest result that a work can have from so many judges: per cent, votes or points.
func (r Rule) Reach(judges int) int {
	if r.Kind == Approval {
		return 100
	}
	return judges * int(r.Scale())
}

// Bands are the words for the marks, best first; none where a number is typed.
func (r Rule) Bands() []terms.Band {
	switch r.Kind {
	case Votes:
		return []terms.Band{{Label: "投", From: For, To: For}, {Label: "不投", From: Against, To: Against}}
	case Ranking, Points:
		return nil
	}
	return []terms.Band{
		{Label: "赞成", From: For, To: For}, {Label: "不确定", From: Unsure, To: Unsure},
		{Label: "反对", From: Against, To: Against},
	}
}

// Combine is how the marks of a work become its result.
func (r Rule) Combine() terms.Combine {
	switch r.Kind {
	case Votes, Points:
		return terms.Combine{Method: terms.Sum, Decimals: Decimals}
	case Ranking:
		return terms.Combine{Method: terms.Places, Best: r.Places, Decimals: Decimals}
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
	bad := func(text string, args map[string]any) {
		args["Where"], args["Kind"] = where, string(r.Kind)
		out = append(out, terms.Fault{Text: text, Args: args})
	}
	if !slices.Contains(Kinds, r.Kind) {
		return []terms.Fault{{Text: "rules.unknown_word", Args: map[string]any{
			"Where": "voting", "Value": string(r.Kind), "Known": "approval, votes, ranking, points",
		}}}
	}
	if r.Pass != "" && r.Kind == Approval && r.share() == nil {
		bad("rules.voting_pass", map[string]any{"Value": r.Pass})
	}
	if n, most := r.Number(); n != nil && (*n < 1 || *n > most) {
		bad("rules.voting_votes", map[string]any{"Value": *n, "Most": most})
	}
	if names := r.others(); names != "" {
		bad("rules.voting_other", map[string]any{"Name": names})
	}
	return out
}

// others names what the rule says that its kind has no use for.
func (r Rule) others() string {
	var names []string
	for _, other := range []struct {
		name string
		set  bool
	}{
		{"pass", r.Pass != "" && r.Kind != Approval},
		{"votes", r.Votes != 0 && r.Kind != Votes},
		{"places", r.Places != 0 && r.Kind != Ranking},
		{"points", r.Points != 0 && r.Kind != Points},
		{"exactly", r.Exactly && r.Kind == Approval},
	} {
		if other.set {
			names = append(names, other.name)
		}
	}
	return strings.Join(names, ", ")
}

// Said names what a mark says, for the texts voting.said_…: "approval_for".
func (r Rule) Said(mark float64) string {
	switch {
	case r.Kind == Approval && mark == Unsure:
		return string(r.Kind) + "_unsure"
	case mark > Against:
		return string(r.Kind) + "_for"
	}
	return string(r.Kind) + "_against"
}
