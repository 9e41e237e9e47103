package judging

// Panel 评委组 is a group of judges whose scores are combined by themselves; the official score is the mean of what the
// panels make, by their weights. A work that lacks the scores of a panel has no place.
type Panel struct {
	Name   string  `toml:"name" json:"name"`
	Weight float64 `toml:"weight" json:"weight"` // percent, 0-100; those of all panels add up to 100
}

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

// panels refuses panels of one name, weights that do not add up, and a method that knows of none.
func (c *rulesCheck) panels() {
	var sum Points
	names := map[string]bool{}
	for _, p := range c.rules.Panels {
		if Fold(p.Name) == "" || names[Fold(p.Name)] {
			c.bad("rules.name_twice", Args{"Where": "panels", "Name": p.Name})
		}
		names[Fold(p.Name)] = true
		if !(0 < p.Weight && p.Weight <= 100) { // so written, it refuses what is no number
			c.bad("rules.panel_weight", Args{"Where": "panels", "Name": p.Name, "Value": Exact(p.Weight).String()})
		}
		sum += Exact(p.Weight)
	}
	if len(c.rules.Panels) > 0 && sum != Exact(100) {
		c.bad("rules.panel_sum", Args{"Where": "panels", "Sum": sum.String()})
	}
	if len(c.rules.Panels) > 0 && c.rules.Official != ByRules {
		c.bad("rules.panel_method", Args{"Where": "official"})
	}
}
