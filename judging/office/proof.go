package office

import (
	"strings"

	"fayi/judging"
	"fayi/judging/assign"
)

// proof puts a solution's proof into the contest's terms.
func (in planInput) proof(p assign.Proof) judging.PlanProof {
	out := judging.PlanProof{MinLoad: p.MinLoad, MaxLoad: p.MaxLoad, PairSumSquares: p.PairSumSquares, Bound: p.Bound, AEfficiency: p.AEfficiency}
	for _, link := range p.Categories {
		out.Components = max(out.Components, len(link.Groups))
	}
	for _, w := range p.Warnings {
		out.Warnings = append(out.Warnings, judging.Problem{Text: w.Key, Args: in.warningArgs(w)})
	}
	return out
}

// warningArgs names what a warning speaks of: the category, the groups of judges, the number.
func (in planInput) warningArgs(w assign.Warning) judging.Args {
	args := judging.Args{"Category": "", "Value": w.Value, "Count": len(w.Groups), "Groups": ""}
	if w.Category >= 0 && w.Category < len(in.rules.Categories) {
		args["Category"] = in.rules.Categories[w.Category].Name
	}
	groups := make([]string, len(w.Groups))
	for i, g := range w.Groups {
		names := make([]string, len(g))
		for k, j := range g {
			names[k] = string(in.judges[j].ID)
		}
		groups[i] = strings.Join(names, "、")
	}
	args["Groups"] = strings.Join(groups, " | ")
	return args
}
