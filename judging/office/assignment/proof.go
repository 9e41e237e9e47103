package assignment

import (
	"math"
	"strings"

	"fayi/judging"
	"fayi/judging/assign"
)

// lowComparability is the value below which an organiser is warned.
const lowComparability = 0.9

// proof puts a solution's proof into the contest's terms. Works are compared within their category, so
// comparability is computed there, for each by itself.
func (in planInput) proof(s assign.Plan) judging.PlanProof {
	p := s.Proof
	out := judging.PlanProof{
		MinLoad:        p.MinLoad,
		MaxLoad:        p.MaxLoad,
		PairSumSquares: p.PairSumSquares,
		Bound:          p.Bound,
		AEfficiency:    p.AEfficiency,
		Lambda2:        p.Lambda2,
		Comparability:  1,
	}
	for _, link := range p.Categories {
		out.Components = max(out.Components, len(link.Groups))
	}
	for _, w := range p.Warnings {
		if w.Key != "assign.low_comparability" {
			out.Warnings = append(out.Warnings, judging.Problem{Text: w.Key, Args: in.warningArgs(w)})
		}
	}
	if weak := in.weakest(s, &out.Comparability); weak != "" {
		out.Warnings = append(out.Warnings, judging.Problem{
			Text: "assign.low_comparability",
			Args: judging.Args{"Category": weak, "Value": out.Comparability},
		})
	}
	return out
}

// weakest lowers least to the comparability of the least comparable category and names all that are below the limit.
func (in planInput) weakest(s assign.Plan, least *float64) string {
	var weak []string
	for i, panels := range in.panels(s) {
		value := assign.Comparability(panels)
		*least = min(*least, value)
		if value < lowComparability {
			weak = append(weak, in.Rules.Categories[i].Name+" "+judging.Decimal(math.Floor(value*100)/100, 2))
		}
	}
	return strings.Join(weak, "、")
}

// panels sorts the panels by category, in the rules' order.
func (in planInput) panels(s assign.Plan) [][][]int {
	at := map[string]int{}
	for i, c := range in.Rules.Categories {
		at[c.Name] = i
	}
	out := make([][][]int, len(in.Rules.Categories))
	for w, panel := range s.Panels {
		if i, ok := at[in.Works[w].Category]; ok {
			out[i] = append(out[i], panel)
		}
	}
	return out
}

// warningArgs names what a warning speaks of: the category, the groups of judges, the number.
func (in planInput) warningArgs(w assign.Warning) judging.Args {
	args := judging.Args{"Category": "", "Value": w.Value, "Count": len(w.Groups), "Groups": ""}
	if w.Category >= 0 && w.Category < len(in.Rules.Categories) {
		args["Category"] = in.Rules.Categories[w.Category].Name
	}
	groups := make([]string, len(w.Groups))
	for i, g := range w.Groups {
		names := make([]string, len(g))
		for k, j := range g {
			names[k] = string(in.Judges[j].ID)
		}
		groups[i] = strings.Join(names, "、")
	}
	args["Groups"] = strings.Join(groups, " | ")
	return args
}
