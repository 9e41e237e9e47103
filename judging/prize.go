package judging

import "fayi/judging/terms"

// UnitPrize 优秀组织奖 goes to the units with most points: PerWork for each accepted work and Points for each award won.
type UnitPrize struct {
	Name string `toml:"name" json:"name"`
	// how many units; those equal to the last one get it too
	Count int `toml:"count" json:"count"`
	// a unit must have sent so many accepted works
	MinWorks int                `toml:"min_works,omitempty" json:"min_works,omitempty"`
	PerWork  float64            `toml:"per_work,omitempty" json:"per_work,omitempty"` // points
	Points   map[string]float64 `toml:"points,omitempty" json:"points,omitempty"`     // award -> points
}

// MentorPrize 优秀指导教师奖 goes to the teachers of works with one of the awards From.
type MentorPrize struct {
	Name string   `toml:"name" json:"name"`
	From []string `toml:"from" json:"from"`
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
