package judging

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"fayi/judging/audience"
	"fayi/judging/live"
	"fayi/judging/terms"
	"fayi/judging/text"
	"fayi/judging/voting"
)

// Rules say how a contest is run and counted: the sheet a leader signs. They are kept in versions; the file form is
// TOML.
type Rules struct {
	Version int `toml:"-" json:"version"` // counts accepted changes, from 1
	// of the words below; 0 for sheets of older programs, whose word hier meant what Hier1 is
	Edition int    `toml:"-" json:"edition,omitempty"`
	Title   string `toml:"title" json:"title"`
	PerWork int    `toml:"scores_per_work" json:"scores_per_work"`
	// a judge may give a total without a mark for each criterion
	TotalOnly bool `toml:"total_without_marks" json:"total_without_marks"`
	// judges say with each ballot how sure they are, 1-3
	Confidence bool         `toml:"ask_confidence,omitempty" json:"ask_confidence,omitempty"`
	Pledge     terms.Pledge `toml:"pledge,omitempty" json:"pledge,omitempty"` // asked before the first score
	// how the official score is computed; empty: totals are combined
	Official Official `toml:"official,omitempty" json:"official,omitempty"`
	Combine  Combine  `toml:"combine" json:"combine"`
	// how judges speak in the first round; nil: by marks
	Voting *voting.Rule `toml:"voting,omitempty" json:"voting,omitempty"`
	// what votes of an audience weigh, in the last round; nil: nothing
	Audience *audience.Rule `toml:"audience,omitempty" json:"audience,omitempty"`
	// groups of judges whose scores weigh apart; none: all judges weigh alike
	Panels   []Panel   `toml:"panels,omitempty" json:"panels,omitempty"`
	Ties     []TieStep `toml:"ties" json:"ties"`
	TieAtCut TieAtCut  `toml:"tie_at_cut" json:"tie_at_cut"`
	// with TieShare: the places shared beyond an award's own are taken from the awards after it
	TieTakesNext bool    `toml:"tie_takes_next,omitempty" json:"tie_takes_next,omitempty"`
	Awards       []Award `toml:"awards" json:"awards"`
	// how many works of a list get one of several awards together
	Totals []terms.AwardTotal `toml:"award_totals,omitempty" json:"award_totals,omitempty"`
	// works kept as next in line for each list; 0: two
	Alternates int                  `toml:"alternates,omitempty" json:"alternates,omitempty"`
	Caps       Caps                 `toml:"caps,omitempty" json:"caps"`
	UnitPrizes []UnitPrize          `toml:"unit_awards,omitempty" json:"unit_awards,omitempty"`
	Mentors    []MentorPrize        `toml:"mentor_awards,omitempty" json:"mentor_awards,omitempty"`
	Specials   []terms.SpecialPrize `toml:"special_awards,omitempty" json:"special_awards,omitempty"`
	// what becomes of works when judges do not hand in; empty: Wait
	Missing Missing `toml:"missing_judges,omitempty" json:"missing_judges,omitempty"`
	// with NeedScores: fewest scores for a place
	MinScores int         `toml:"min_scores,omitzero" json:"min_scores,omitempty"`
	Dispute   Dispute     `toml:"dispute,omitempty" json:"dispute"`
	Live      *live.Rule  `toml:"stage,omitempty" json:"stage,omitempty"`   // of performances; nil: as the zero rule
	Rounds    []RoundRule `toml:"rounds,omitempty" json:"rounds,omitempty"` // the rounds after the first
	// what entrants learn of how their works were judged
	Feedback terms.Feedback `toml:"feedback,omitempty" json:"feedback,omitempty"`
	// how children's names are shown in public
	Minors     terms.Minors  `toml:"minors,omitempty" json:"minors,omitempty"`
	Quotas     []Quota       `toml:"quotas,omitempty" json:"quotas,omitempty"`
	Groups     []GroupRule   `toml:"groups" json:"groups"`
	Categories []Category    `toml:"categories" json:"categories"`
	Rubrics    []NamedRubric `toml:"rubrics" json:"rubrics"`
}

// Official names a way to compute official scores that evens out strict and lax judges, from package stats. Additive
// and Confidence need, in each category, judges who share enough works to be compared; where they fall into pieces no
// awards can be decided.
type Official string

// The ways; ByRules combines totals as Combine says.
const (
	ByRules    Official = ""
	ZScore     Official = "zscore"     // standard scores about 50
	Additive   Official = "additive"   // each judge's severity taken off
	Confidence Official = "confidence" // the same, weighted by declared confidence
	Hier1      Official = "hier1"      // severity, spread and reliability of each judge
	Hier       Official = "hier"       // the same, with drift, far marks and coarse marks; over all categories at once
)

// TieAtCut says what becomes of works that are tied where an award's places end.
type TieAtCut string

// The exits from a tie at a cut line.
const (
	TieShare TieAtCut = "share" // all of them get the award
	TieHold  TieAtCut = "hold"  // none of them gets it, nor the next one: they are judged again or ruled on
	TieEmpty TieAtCut = "empty" // the places stay empty; the works go on to the next award
)

// Award is one grade of award, best first in Rules.Awards. Its quota counts within each category and group.
type Award struct {
	Name string `toml:"name" json:"name"`
	Share
}

// Quota replaces an award's share for one category and group; an empty Group means all groups of the category.
type Quota struct {
	Award    string `toml:"award" json:"award"`
	Category string `toml:"category" json:"category"`
	Group    string `toml:"group,omitempty" json:"group,omitempty"`
	Share
}

// GroupRule is one group of authors, 小学组.
type GroupRule struct {
	Name  string   `toml:"name" json:"name"`
	Alias []string `toml:"alias,omitempty" json:"alias,omitempty"`
	// of children: their names appear in public as Rules.Minors says
	Minor bool `toml:"minor,omitempty" json:"minor,omitempty"`
}

// Minor reports whether the authors of a group are children.
func (r Rules) Minor(group string) bool {
	for _, g := range r.Groups {
		if g.Name == group {
			return g.Minor
		}
	}
	return false
}

// Category is one kind of work, 书法.
type Category struct {
	Name    string   `toml:"name" json:"name"`
	Prefix  string   `toml:"prefix" json:"prefix"` // of blind codes: "SF"
	Alias   []string `toml:"alias,omitempty" json:"alias,omitempty"`
	Rubric  string   `toml:"rubric" json:"rubric"`                                       // name of a rubric
	PerWork int      `toml:"scores_per_work,omitempty" json:"scores_per_work,omitempty"` // 0: as the contest
	// groups ranked apart; empty: ranked together
	Groups []string `toml:"groups,omitempty" json:"groups,omitempty"`

	Requires *Requires `toml:"requires,omitempty" json:"requires,omitempty"` // what files must be; nil asks nothing
}

// NamedRubric is a rubric under the name by which categories use it.
type NamedRubric struct {
	Name string `toml:"name" json:"name"`
	Rubric
}

// Category returns the category called name, ok false where there is none.
func (r Rules) Category(name string) (Category, bool) {
	for _, c := range r.Categories {
		if c.Name == name {
			return c, true
		}
	}
	return Category{}, false
}

// RubricOf returns the rubric of a category; the zero Rubric where there is none.
func (r Rules) RubricOf(category string) Rubric {
	c, _ := r.Category(category)
	for _, n := range r.Rubrics {
		if n.Name == c.Rubric {
			return n.Rubric
		}
	}
	return Rubric{}
}

// PerWorkOf returns how many scores a work of the category must have.
func (r Rules) PerWorkOf(category string) int {
	if c, ok := r.Category(category); ok && c.PerWork > 0 {
		return c.PerWork
	}
	return r.PerWork
}

// MatchCategory finds the category that is meant: its name or an alias, alone or within the text ("书法类",
// "（一）软笔书法"). The longest word found wins; ok is false where none is found or two of equal length are.
func (r Rules) MatchCategory(said string) (string, bool) {
	words := map[string][]string{}
	for _, c := range r.Categories {
		words[c.Name] = append([]string{c.Name}, c.Alias...)
	}
	return text.Named(said, words)
}

// MatchGroup finds the group that is meant, as MatchCategory does.
func (r Rules) MatchGroup(said string) (string, bool) {
	words := map[string][]string{}
	for _, g := range r.Groups {
		words[g.Name] = append([]string{g.Name}, g.Alias...)
	}
	return text.Named(said, words)
}

// RankedApart reports whether group is one of the groups that category ranks by itself; works of other groups share
// one list.
func (r Rules) RankedApart(category, group string) bool {
	c, _ := r.Category(category)
	for _, g := range c.Groups {
		if g == group {
			return true
		}
	}
	return false
}

// ListName names, where votes are given, the works that are placed together with one of a category and group.
func (r Rules) ListName(category, group string) string {
	switch {
	case r.Voting == nil:
		return ""
	case r.RankedApart(category, group):
		return category + " " + group
	}
	return category
}

// ShareOf returns the share of award in a category and group: the most exact quota, else the award's own. Awards are
// given by the last round, so that works pass by its share.
func (r Rules) ShareOf(award Award, category, group string) Share {
	share, own := r.OwnShare(award.Name, category, group)
	if !own {
		share = award.Share
	}
	last := r.Voting
	if n := len(r.Rounds); n > 0 {
		last = r.Rounds[n-1].Voting
	}
	return share.Through(last.Threshold())
}

// OwnShare returns the most exact quota that a category and group has for an award; ok is false where it has none.
func (r Rules) OwnShare(award, category, group string) (share Share, ok bool) {
	exact := -1
	for _, q := range r.Quotas {
		if q.Award != award || q.Category != category || q.Group != "" && q.Group != group {
			continue
		}
		if n := len(q.Group); n > exact {
			share, exact, ok = q.Share, n, true
		}
	}
	return share, ok
}

// Hash names the rules by their content, 16 hex digits: printed on the rule sheet and on results, it shows which
// rules they were made by. The version does not enter.
func (r Rules) Hash() string {
	r.Version = 0
	data, err := json.Marshal(r)
	if err != nil { // a number that JSON can't hold; Check refuses such rules
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
