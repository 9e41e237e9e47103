package terms

import "fayi/judging/text"

// Panel 评委组 is a group of judges whose scores are combined by themselves; the official score is the mean of what the
// panels make, by their weights. A work that lacks the scores of a panel has no place.
type Panel struct {
	Name   string  `toml:"name" json:"name"`
	Weight float64 `toml:"weight" json:"weight"` // percent, 0-100; those of all panels add up to 100
}

// PanelFaults lists panels of one name, and weights that do not add up.
func PanelFaults(all []Panel) (out []Fault) {
	bad := func(text string, args map[string]any) {
		args["Where"] = "panels"
		out = append(out, Fault{text, args})
	}
	var sum Points
	names := map[string]bool{}
	for _, p := range all {
		if text.Fold(p.Name) == "" || names[text.Fold(p.Name)] {
			bad("rules.name_twice", map[string]any{"Name": p.Name})
		}
		names[text.Fold(p.Name)] = true
		if !(0 < p.Weight && p.Weight <= 100) { // so written, it refuses what is no number
			bad("rules.panel_weight", map[string]any{"Name": p.Name, "Value": Exact(p.Weight).String()})
		}
		sum += Exact(p.Weight)
	}
	if len(all) > 0 && sum != Exact(100) {
		bad("rules.panel_sum", map[string]any{"Sum": sum.String()})
	}
	return out
}
