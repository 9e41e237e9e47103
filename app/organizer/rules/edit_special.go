package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/terms"
)

// specials is a line for each prize of single works across lists.
func (p *editRulesPage) specials() fyne.CanvasObject {
	r := &p.draft.Rules
	lines := field.NewLines(p.column("name", 6, 2), p.column("special_by", 7, 2), p.column("special_from", 9, 2),
		p.column("special_per", 6, 1), p.column("special_count", 3, 0), field.LineColumn{Min: actsChars})
	var fields []choice.Option
	for _, per := range []terms.SpecialPer{
		terms.PerContest, terms.PerCategory, terms.PerGroup, terms.PerUnit,
	} {
		title := p.sh.T("ruleedit.special_per_"+string(per), nil)
		fields = append(fields, choice.Option{Key: string(per), Title: title})
	}
	for i := range r.Specials {
		x := &r.Specials[i]
		id := page.RuleAwards + "/x" + NumberID(i)
		var from []choice.Option
		for _, a := range r.Awards {
			from = append(from, choice.Option{Key: a.Name, Title: a.Name})
		}
		top := func(o fyne.CanvasObject) fyne.CanvasObject { return lay.Stack(0, o) } // awards may stand in two rows
		note := lines.Add(
			top(field.NewCell(x.Name, "", func(s string) { x.Name = strings.TrimSpace(s); p.changed() })),
			top(field.NewChoiceCell(p.specialWays(), string(x.By)+"/"+x.Criterion, func(key string) {
				by, criterion, _ := strings.Cut(key, "/")
				x.By, x.Criterion = terms.SpecialBy(by), criterion
				p.changed()
			})),
			choice.NewPicks(from, x.From, func(keys []string) { x.From = keys; p.changed() }),
			top(field.NewChoiceCell(fields, string(x.Per), func(k string) {
				x.Per = terms.SpecialPer(k)
				p.changed()
			})),
			top(p.number(id+"/count", field.Range{High: 999}, float64(x.Count), func(v float64) { x.Count = int(v) })),
			top(p.lineActs(func() {
				movedUp(r.Specials, i)
				p.reshape()
			}, func() { r.Specials = slices.Delete(r.Specials, i, i+1); p.reshape() })),
		)
		p.note(note, speaksOf(page.RuleAwards, id, x.Name))
	}
	add := button.New(p.sh.T("ruleedit.add_special", nil), func() {
		x := terms.SpecialPrize{Name: p.sh.T("ruleedit.special_name", nil), By: terms.ByScore, Count: 1}
		p.grow("specials", func() { r.Specials = append(r.Specials, x) })
	})
	p.lines.lists["specials"] = lines
	return p.orEmpty("specials", len(r.Specials), lines, add)
}

// specialWays are the ways to decide a special prize; one for each criterion of any rubric.
func (p *editRulesPage) specialWays() (out []choice.Option) {
	way := func(by terms.SpecialBy, criterion string) {
		title := p.sh.T("ruleedit.special_by_"+string(by), judging.Args{"Criterion": criterion})
		out = append(out, choice.Option{Key: string(by) + "/" + criterion, Title: title})
	}
	way(terms.ByScore, "")
	way(terms.ByNomination, "")
	way(terms.ByAudience, "")
	seen := map[string]bool{}
	for _, n := range p.draft.Rules.Rubrics {
		for _, c := range n.Criteria {
			if !seen[c.Name] {
				seen[c.Name] = true
				way(terms.ByCriterion, c.Name)
			}
		}
	}
	return out
}
