package judging

import (
	"slices"

	"fayi/judging/voting"
)

// voting refuses kinds of rounds that can't be meant where they stand.
func (c *rulesCheck) voting() {
	before := c.kind(c.rules.Title, c.rules.Voting, Share{})
	for i, r := range c.rules.Rounds {
		if r.Carry != Replace && (r.Voting != nil || before != nil) {
			c.bad("rules.voting_carry", Args{"Where": r.Name})
		}
		if r.Voting != nil && len(r.Rubrics) > 0 {
			c.bad("rules.voting_rubrics", Args{"Where": r.Name})
		}
		c.passed(r.Name, r.Take, before, r.Carry == Replace && r.Voting != nil)
		c.reach(r.Name, r.Take, Round(i+1), func(string) bool { return true })
		before = c.kind(r.Name, r.Voting, r.Take)
	}
	if c.rules.Votes() && c.rules.Combine.Method == RankSum {
		c.bad("rules.voting_ranks", Args{"Where": "combine.method"})
	}
	last := Round(len(c.rules.Rounds) + 1)
	for _, a := range c.rules.Awards {
		c.passed(a.Name, a.Share, before, false)
		c.reach(a.Name, a.Share, last, func(category string) bool {
			return !slices.ContainsFunc(c.rules.Quotas, func(q Quota) bool {
				return q.Award == a.Name && q.Category == category && q.Group == ""
			})
		})
	}
	for _, q := range c.rules.Quotas {
		where := q.Award + " · " + q.Category + q.Group
		c.passed(where, q.Share, before, false)
		c.reach(where, q.Share, last, func(category string) bool { return category == q.Category })
	}
}

// reach refuses a least score above all that judges can give the works of some category in a round without marks.
func (c *rulesCheck) reach(where string, s Share, round Round, holds func(category string) bool) {
	rules := c.rules.In(round)
	if rules.Voting == nil || s.Passed {
		return
	}
	for _, category := range c.rules.Categories {
		judges := rules.PerWorkOf(category.Name)
		most := rules.Voting.Reach(judges)
		if holds(category.Name) && s.MinScore > float64(most) {
			c.bad("rules.voting_least", Args{
				"Where": where, "Value": Exact(s.MinScore).String(), "Category": category.Name,
				"Kind": string(rules.Voting.Kind), "Judges": judges, "Most": most,
			})
			return
		}
	}
}

// kind checks how judges speak in one round, into which the works of take go on.
func (c *rulesCheck) kind(where string, v *voting.Rule, take Share) *voting.Rule {
	if v == nil {
		return nil
	}
	for _, f := range v.Faults(where) {
		c.bad(f.Text, f.Args)
	}
	if v.Kind == voting.Votes && take.Count > 0 && v.Votes >= take.Count {
		c.bad("rules.voting_all", Args{"Where": where, "Votes": v.Votes, "Count": take.Count})
	}
	return v
}

// passed refuses all that passed where nothing can pass, and all that are tied where nothing parts them.
func (c *rulesCheck) passed(where string, s Share, before *voting.Rule, parts bool) {
	if s.Tied && (!parts || s != Share{Tied: true}) {
		c.bad("rules.tied", Args{"Where": where})
	}
	if s.Passed && (before == nil || before.Pass == "") {
		c.bad("rules.voting_passed", Args{"Where": where})
	}
}

// Votes reports whether judges give no marks in some round: programs before package voting must not run such a contest.
func (r Rules) Votes() bool {
	return r.Voting != nil || slices.ContainsFunc(r.Rounds, func(n RoundRule) bool { return n.Voting != nil })
}

// Said is what the judge says of each work, where no marks are given.
func (d Duties) Said() (all []voting.Said) {
	for _, w := range d.Works {
		apart := w.Calibration || w.State == Recused || w.State == Abstained
		all = append(all, voting.Said{List: w.List, Mark: w.Total, Given: w.State == Scored, Apart: apart})
	}
	return all
}

// Votes tells how the judge stands with votes in each list; none where nothing is counted.
func (d Duties) Votes() []voting.Count {
	if d.Voting == nil {
		return nil
	}
	return d.Voting.Counts(d.Said())
}

// CheckVotes refuses a list, all of it said, with more or fewer votes than there may be. Errors: Clash.
func (d Duties) CheckVotes() error {
	if f := voting.Broken(d.Votes()); f != nil {
		return Fail(Clash, f.Text, f.Args)
	}
	return nil
}
