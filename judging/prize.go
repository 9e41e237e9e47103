package judging

import "fayi/judging/terms"

// UnitPrize 优秀组织奖 goes to units, MentorPrize 优秀指导教师奖 to teachers; see package terms.
type (
	UnitPrize   = terms.UnitPrize
	MentorPrize = terms.MentorPrize
)

// prizes refuses prizes of units and teachers, and special ones, that can't be meant.
func (c *rulesCheck) prizes() {
	names, awards := map[string]bool{}, map[string]bool{}
	for _, a := range c.rules.Awards {
		awards[a.Name] = true
	}
	for _, f := range terms.PrizeFaults(c.rules.UnitPrizes, c.rules.Mentors, awards, names) {
		c.bad(f.Text, f.Args)
	}
	c.specials(names)
}

// specials refuses special prizes that can't be meant.
func (c *rulesCheck) specials(names map[string]bool) {
	votes := c.rules.Votes()
	field := terms.SpecialField{
		Names: names, Scoreless: votes || c.rules.Combine.Method == RankSum, Totals: votes || c.rules.TotalOnly,
	}
	shares := map[string]Share{}
	for _, a := range c.rules.Awards {
		field.Awards, shares[a.Name] = append(field.Awards, a.Name), a.Share
	}
	for _, f := range terms.TotalFaults(c.rules.Totals, field.Awards, func(a string) Share { return shares[a] }) {
		c.bad(f.Text, f.Args)
	}
	for _, r := range c.rules.Rubrics {
		for _, criterion := range r.Criteria {
			field.Criteria = append(field.Criteria, criterion.Name)
		}
	}
	field.Check(c.rules.Specials, func(key string, args map[string]any) { c.bad(key, args) })
}
