package judging

import (
	"slices"

	"fayi/judging/voting"
)

// voting refuses kinds of rounds that can't be meant where they stand.
func (c *rulesCheck) voting() {
	before := c.kind(c.rules.Title, c.rules.Voting, Share{})
	for _, r := range c.rules.Rounds {
		if r.Carry != Replace && (r.Voting != nil || before != nil) {
			c.bad("rules.voting_carry", Args{"Where": r.Name})
		}
		if r.Voting != nil && len(r.Rubrics) > 0 {
			c.bad("rules.voting_rubrics", Args{"Where": r.Name})
		}
		c.passed(r.Name, r.Take, before, r.Carry == Replace && r.Voting != nil)
		before = c.kind(r.Name, r.Voting, r.Take)
	}
	if c.rules.Votes() && c.rules.Combine.Method == RankSum {
		c.bad("rules.voting_ranks", Args{"Where": "combine.method"})
	}
	for _, a := range c.rules.Awards {
		c.passed(a.Name, a.Share, before, false)
	}
	for _, q := range c.rules.Quotas {
		c.passed(q.Award+" · "+q.Category+q.Group, q.Share, before, false)
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
