package rules

import (
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// panelLines are the groups of judges whose scores weigh apart, with what their weights add up to.
func (p *editRulesPage) panelLines() fyne.CanvasObject {
	r := &p.draft.Rules
	lines := field.NewLines(p.column("panel", 6, 2), p.column("weight_part", 5, 1), field.LineColumn{Min: actsChars})
	p.lines.lists["panels"] = lines
	for i := range r.Panels {
		one := &r.Panels[i]
		id := page.RuleBasics + "/p" + NumberID(i)
		note := lines.Add(
			field.NewCell(one.Name, "", func(s string) { one.Name = s; p.changed() }),
			p.number(id, field.Range{High: 100, Places: 2}, one.Weight, func(v float64) { one.Weight = v }),
			p.lineActs(
				func() { movedUp(r.Panels, i); p.reshape() },
				func() { r.Panels = slices.Delete(r.Panels, i, i+1); p.reshape() },
			),
		)
		p.note(note, func(f ruleFault) bool {
			return f.key == "number" && f.where == id || f.where == "panels" && f.name == one.Name
		})
	}
	add := button.New(p.sh.T("ruleedit.add_panel", nil), func() {
		p.grow("panels", func() { r.Panels = append(r.Panels, judging.Panel{}) })
	})
	sum := status.NewChip("", look.Info)
	p.watch = append(p.watch, func() {
		total, tone := 0.0, look.Info
		for _, one := range r.Panels {
			total += one.Weight
		}
		if len(r.Panels) > 0 && judging.Exact(total) != judging.Exact(100) {
			tone = look.Problem
		}
		sum.Set(p.sh.T("ruleedit.percent_sum", judging.Args{"Sum": judging.Exact(total).String()}), tone)
	})
	if len(r.Panels) == 0 {
		return lay.Stack(lay.Gap16, p.head("panels"), lay.Row(0, add))
	}
	return lay.Stack(lay.Gap16, p.head("panels"), lines, lay.Spread(add, sum))
}
