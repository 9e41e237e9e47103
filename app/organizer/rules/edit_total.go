package rules

import (
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/terms"
)

// totals is a line for each bound on how many works of a list get one of several awards together.
func (p *editRulesPage) totals() fyne.CanvasObject {
	r := &p.draft.Rules
	lines := field.NewLines(
		p.column("total_awards", 12, 3), p.column("total_most", 6, 1), p.column("rounding", 6, 1),
		field.LineColumn{Min: actsChars},
	)
	var all []choice.Option
	for _, a := range r.Awards {
		all = append(all, choice.Option{Key: a.Name, Title: a.Name})
	}
	for i := range r.Totals {
		x := &r.Totals[i]
		id := page.RuleAwards + "/t" + NumberID(i)
		// awards may stand in two rows
		top := func(o fyne.CanvasObject) fyne.CanvasObject { return lay.Stack(0, o) }
		note := lines.Add(
			choice.NewPicks(all, x.Awards, func(keys []string) { x.Awards = keys; p.changed() }),
			top(p.shareCell(id+"/share", &x.Share, "30%")), top(p.roundingCell(&x.Share, judging.Down)),
			top(p.lineActs(func() {
				movedUp(r.Totals, i)
				p.reshape()
			}, func() { r.Totals = slices.Delete(r.Totals, i, i+1); p.reshape() })),
		)
		p.note(note, func(f ruleFault) bool { return speaksOf(page.RuleAwards, id, x.Where())(f) })
	}
	add := button.New(p.sh.T("ruleedit.add_total", nil), func() {
		x := terms.AwardTotal{Share: judging.Share{Percent: 30, Rounding: judging.Down}}
		for _, a := range r.Awards {
			x.Awards = append(x.Awards, a.Name)
		}
		p.grow("totals", func() { r.Totals = append(r.Totals, x) })
	})
	p.lines.lists["totals"] = lines
	return p.orEmpty("totals", len(r.Totals), lines, add)
}
