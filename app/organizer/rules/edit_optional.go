package rules

import (
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
)

// optional marks the criteria that need not apply to a work.
func (p *editRulesPage) optional(n *judging.NamedRubric) fyne.CanvasObject {
	var all []choice.Option
	var some []string
	for i, c := range n.Criteria {
		all = append(all, choice.Option{Key: NumberID(i), Title: OrWord(c.Name, p.sh.T("ruleedit.nameless", nil))})
		if c.Optional {
			some = append(some, NumberID(i))
		}
	}
	picks := choice.NewPicks(all, some, func(keys []string) {
		for i := range n.Criteria {
			n.Criteria[i].Optional = slices.Contains(keys, NumberID(i))
		}
		p.changed()
	})
	wrong := look.NewPara("", look.Note, look.Problem, 60).Fluid()
	p.watch = append(p.watch, func() {
		wrong.SetText(faultText(p.faults, func(f ruleFault) bool {
			return f.key == "rules.none_applies" && f.where == n.Name
		}))
		wrong.Hidden = wrong.Text() == ""
	})
	return lay.Stack(lay.Gap16, p.head("optional"), picks, wrong)
}
