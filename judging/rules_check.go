package judging

import (
	"fmt"
	"slices"
	"strings"

	"fayi/judging/terms"
)

// Check lists everything that makes the rules unusable: weights that do not sum, overlapping bands, quotas that
// cannot be, unknown names. A nil list means that a contest can run by them.
func (r Rules) Check() []error {
	c := rulesCheck{rules: r}
	c.contest()
	c.groups()
	c.categories()
	c.rubrics()
	c.awards()
	c.panels()
	c.board()
	c.voting()
	return c.out
}

type rulesCheck struct {
	rules Rules
	out   []error
}

func (c *rulesCheck) bad(key string, args Args) { c.out = append(c.out, Fail(Invalid, key, args)) }

// word refuses a word that is not known.
func (c *rulesCheck) word(where, value, known string) {
	c.bad("rules.unknown_word", Args{"Where": where, "Value": value, "Known": known})
}

// oneOf refuses a word that is not among those known, which commas part; empty stands for one of them.
func (c *rulesCheck) oneOf(where, value, known string) {
	if value != "" && !slices.Contains(strings.Split(known, ", "), value) {
		c.word(where, value, known)
	}
}

func (c *rulesCheck) contest() {
	r := c.rules
	if r.PerWork < 1 || r.PerWork > 50 {
		c.bad("rules.per_work", Args{"Where": r.Title, "Value": r.PerWork})
	}
	c.combine()
	if !r.Feedback.Known() {
		c.word("feedback", string(r.Feedback), "comments, total")
	}
	if r.Live != nil && !r.Live.Check() {
		c.bad("rules.stage", nil)
	}
	c.oneOf("official", string(r.Official), "zscore, additive, confidence, hier, hier1")
	for _, t := range r.Ties {
		if !slices.Contains(terms.TieSteps, t) {
			c.word("ties", string(t),
				"all_scores, criteria, top_scores, range, trimmed_criteria, median, rank_sum, senior, firsts")
		}
	}
	if r.TieAtCut != TieShare && r.TieAtCut != TieHold && r.TieAtCut != TieEmpty {
		c.word("tie_at_cut", string(r.TieAtCut), "share, hold, empty")
	}
}

func (c *rulesCheck) groups() {
	words := map[string]string{}
	for _, g := range c.rules.Groups {
		c.words("groups", words, g.Name, g.Alias)
	}
}

// words refuses a name or alias that is blank or that an earlier name has; words holds to whom each belongs.
func (c *rulesCheck) words(where string, words map[string]string, name string, alias []string) {
	if _, twice := words[Fold(name)]; twice || Fold(name) == "" {
		c.bad("rules.name_twice", Args{"Where": where, "Name": name})
	}
	words[Fold(name)] = name
	for _, w := range alias {
		if other, ok := words[Fold(w)]; Fold(w) == "" || ok && other != name {
			c.bad("rules.name_twice", Args{"Where": where, "Name": w})
		}
		words[Fold(w)] = name
	}
}

func (c *rulesCheck) categories() {
	if len(c.rules.Categories) == 0 {
		c.bad("rules.no_category", Args{})
	}
	words, prefixes := map[string]string{}, map[string]bool{}
	for _, cat := range c.rules.Categories {
		if cat.Prefix == "" || prefixes[cat.Prefix] || !plainPrefix(cat.Prefix) {
			c.bad("rules.prefix", Args{"Where": cat.Name, "Value": cat.Prefix})
		}
		prefixes[cat.Prefix] = true
		c.words("categories", words, cat.Name, cat.Alias)
		if len(c.rules.RubricOf(cat.Name).Criteria) == 0 {
			c.bad("rules.no_rubric", Args{"Where": cat.Name, "Value": cat.Rubric})
		}
		if cat.PerWork < 0 || cat.PerWork > 50 {
			c.bad("rules.per_work", Args{"Where": cat.Name, "Value": cat.PerWork})
		}
		for _, g := range cat.Groups {
			if !c.knownGroup(g) {
				c.bad("rules.unknown_name", Args{"Where": cat.Name, "Value": g})
			}
		}
		if cat.Requires != nil {
			c.requires(cat)
		}
	}
}

// plainPrefix allows one to four capital letters: prefixes stand in file names and on score sheets.
func plainPrefix(s string) bool {
	for _, r := range s {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return len(s) <= 4
}

func (c *rulesCheck) knownGroup(name string) bool {
	for _, g := range c.rules.Groups {
		if g.Name == name {
			return true
		}
	}
	return false
}

func (c *rulesCheck) rubrics() {
	seen := map[string]bool{}
	for _, n := range c.rules.Rubrics {
		if n.Name == "" || seen[n.Name] {
			c.bad("rules.name_twice", Args{"Where": "rubrics", "Name": n.Name})
		}
		seen[n.Name] = true
		c.out = append(c.out, n.Check(n.Name)...)
	}
}

func (c *rulesCheck) awards() {
	names := map[string]bool{}
	var percent Points
	for _, a := range c.rules.Awards {
		if a.Name == "" || names[a.Name] {
			c.bad("rules.name_twice", Args{"Where": "awards", "Name": a.Name})
		}
		names[a.Name] = true
		c.share(a.Name, a.Share)
		percent += Exact(a.Percent)
	}
	if percent > Exact(100) {
		c.bad("rules.percent_sum", Args{"Sum": percent.String()})
	}
	for _, q := range c.rules.Quotas {
		where := fmt.Sprintf("%s · %s%s", q.Award, q.Category, q.Group)
		if _, ok := c.rules.Category(q.Category); !ok || !names[q.Award] ||
			q.Group != "" && !c.rules.RankedApart(q.Category, q.Group) {
			c.bad("rules.unknown_name", Args{"Where": "quotas", "Value": where})
		}
		c.share(where, q.Share)
	}
	c.whole()
}

// mostStandard is a standard score that hardly a work has, two deviations above the mean of 50: a least score above it
// was made for raw marks.
const mostStandard = 70

func (c *rulesCheck) share(where string, s Share) {
	args := Args{"Where": where, "Count": s.Count, "Percent": s.Percent}
	// So written, it refuses what is no number.
	if s.Count < 0 || !(0 <= s.Percent && s.Percent <= 100) || s.Count > 0 && s.Percent > 0 ||
		!(0 <= s.MinScore && Exact(s.MinScore) < most) {
		c.bad("rules.quota", args)
	}
	if s.Passed && s != (Share{Passed: true}) {
		c.bad("rules.voting_passed_alone", args)
	}
	if c.rules.Official == ZScore && s.MinScore > mostStandard {
		value := Exact(s.MinScore).String()
		c.bad("rules.min_standard_score", Args{"Where": where, "Value": value, "Most": mostStandard})
	}
	c.oneOf(where, string(s.Rounding), "down, nearest, up")
}
