package judging

import "fayi/judging/terms"

// Panel 评委组 is a group of judges whose scores weigh apart; see package terms.
type Panel = terms.Panel

// PanelOf returns the place of a judge's panel among the panels. Who is in none of them counts in the first one.
func (r Rules) PanelOf(j Judge) int {
	for i, p := range r.Panels {
		if Fold(p.Name) == Fold(j.Panel) {
			return i
		}
	}
	return 0
}

// MatchPanel returns the name of the panel that text means, ok false where there is none.
func (r Rules) MatchPanel(text string) (name string, ok bool) {
	for _, p := range r.Panels {
		if Fold(p.Name) == Fold(text) {
			return p.Name, true
		}
	}
	return "", false
}

// panels refuses panels that can't be meant, and a method that knows of none.
func (c *rulesCheck) panels() {
	for _, f := range terms.PanelFaults(c.rules.Panels) {
		c.bad(f.Text, f.Args)
	}
	if len(c.rules.Panels) > 0 && c.rules.Official != ByRules {
		c.bad("rules.panel_method", Args{"Where": "official"})
	}
}
