package judging

import (
	"slices"

	"fayi/judging/terms"
)

// Whole reports whether the rules count places over the whole contest: programs that know of none must not run it.
func (r Rules) Whole() bool {
	return slices.ContainsFunc(r.Awards, func(a Award) bool { return a.Whole }) ||
		slices.ContainsFunc(r.Totals, func(t terms.AwardTotal) bool { return t.Whole })
}

// whole refuses places over the whole contest where they can't be meant, and lists with places of their own that do not
// leave the whole what it is.
func (c *rulesCheck) whole() {
	for _, q := range c.rules.Quotas {
		if q.Whole {
			c.bad("rules.whole_list", Args{"Where": q.Award + " · " + q.Category + q.Group})
		}
	}
	for _, r := range c.rules.Rounds {
		if r.Take.Whole {
			c.bad("rules.whole_round", Args{"Where": r.Name})
		}
	}
	for _, a := range c.rules.Awards {
		var owns []Share
		for _, cat := range c.rules.Categories {
			for _, g := range append([]string{""}, cat.Groups...) {
				if s, own := c.rules.OwnShare(a.Name, cat.Name, g); own {
					owns = append(owns, s)
				}
			}
		}
		if f := a.WholeFault(a.Name, owns); f != nil {
			c.bad(f.Text, f.Args)
		}
	}
}
