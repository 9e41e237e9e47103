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
)

// unitPrizes is a line for each prize of units, with the points of each award.
func (p *editRulesPage) unitPrizes() fyne.CanvasObject {
	r := &p.draft.Rules
	columns := []field.LineColumn{
		p.column("name", 5, 2), p.column("how_many", 3, 0), p.column("least_works", 4, 0), p.column("per_entry", 3, 0),
	}
	for _, a := range r.Awards {
		columns = append(columns, field.LineColumn{Title: a.Name, Min: 3, Weight: 1})
	}
	lines := field.NewLines(append(columns, field.LineColumn{Min: actsChars})...)
	for i := range r.UnitPrizes {
		u := &r.UnitPrizes[i]
		id := page.RuleAwards + "/u" + NumberID(i)
		count, points := field.Range{High: 9999}, field.Range{High: 9999, Places: 2}
		cells := []fyne.CanvasObject{
			field.NewCell(u.Name, "", func(s string) { u.Name = strings.TrimSpace(s); p.changed() }),
			p.number(id+"/count", count, float64(u.Count), func(v float64) { u.Count = int(v) }),
			p.number(id+"/works", count, float64(u.MinWorks), func(v float64) { u.MinWorks = int(v) }),
			p.number(id+"/per", points, u.PerWork, func(v float64) { u.PerWork = v }),
		}
		for _, a := range r.Awards {
			cells = append(
				cells, p.number(id+"/p"+a.Name, points, u.Points[a.Name], func(v float64) { setPoints(u, a.Name, v) }),
			)
		}
		cells = append(
			cells,
			p.lineActs(func() {
				movedUp(r.UnitPrizes, i)
				p.reshape()
			}, func() { r.UnitPrizes = slices.Delete(r.UnitPrizes, i, i+1); p.reshape() }),
		)
		p.note(lines.Add(cells...), speaksOf(page.RuleAwards, id, u.Name))
	}
	add := button.New(p.sh.T("ruleedit.add_unit_prize", nil), func() {
		p.grow("unit_prizes", func() {
			r.UnitPrizes = append(r.UnitPrizes, judging.UnitPrize{
				Name: p.sh.T("ruleedit.unit_prize_name", nil), Count: 3, PerWork: 1,
			})
		})
	})
	p.lines.lists["unit_prizes"] = lines
	return p.orEmpty("unit_prizes", len(r.UnitPrizes), lines, add)
}

func setPoints(u *judging.UnitPrize, award string, v float64) {
	if v == 0 {
		delete(u.Points, award)
		return
	}
	if u.Points == nil {
		u.Points = map[string]float64{}
	}
	u.Points[award] = v
}

// orEmpty is a part with its lines, without their head while there are no lines.
func (p *editRulesPage) orEmpty(key string, n int, lines fyne.CanvasObject, add *button.Button) fyne.CanvasObject {
	if n == 0 {
		return lay.Stack(lay.Gap16, p.head(key), lay.Row(0, add))
	}
	return lay.Stack(lay.Gap16, p.head(key), lines, lay.Row(0, add))
}

// mentors is a line for each prize of teachers.
func (p *editRulesPage) mentors() fyne.CanvasObject {
	r := &p.draft.Rules
	lines := field.NewLines(p.column("name", 7, 1), p.column("mentor_from", 12, 3), field.LineColumn{Min: actsChars})
	for i := range r.Mentors {
		m := &r.Mentors[i]
		var all []choice.Option
		for _, a := range r.Awards {
			all = append(all, choice.Option{Key: a.Name, Title: a.Name})
		}
		note := lines.Add(
			lay.Stack(0, field.NewCell(m.Name, "", func(s string) { m.Name = strings.TrimSpace(s); p.changed() })),
			choice.NewPicks(all, m.From, func(keys []string) { m.From = keys; p.changed() }),
			lay.Stack(
				0,
				p.lineActs(func() {
					movedUp(r.Mentors, i)
					p.reshape()
				}, func() { r.Mentors = slices.Delete(r.Mentors, i, i+1); p.reshape() }),
			),
		)
		p.note(note, speaksOf(page.RuleAwards, "", m.Name))
	}
	add := button.New(p.sh.T("ruleedit.add_mentor", nil), func() {
		m := judging.MentorPrize{Name: p.sh.T("ruleedit.mentor_name", nil)}
		if len(r.Awards) > 0 {
			m.From = []string{r.Awards[0].Name}
		}
		p.grow("mentors", func() { r.Mentors = append(r.Mentors, m) })
	})
	p.lines.lists["mentors"] = lines
	return p.orEmpty("mentors", len(r.Mentors), lines, add)
}

// rounds is a line for each round after the first.
func (p *editRulesPage) rounds() fyne.CanvasObject {
	r := &p.draft.Rules
	lines := field.NewLines(
		p.column("name", 5, 1), p.column("take", 5, 1), p.column("scores", 4, 0),
		p.column("least_scores", 4, 0), p.column("carry", 9, 2), p.column("weight_part", 4, 0),
		field.LineColumn{Min: actsChars},
	)
	var carries []choice.Option
	for _, c := range []judging.Carry{judging.Replace, judging.Weighted, judging.Pooled} {
		carries = append(carries, choice.Option{Key: string(c), Title: p.sh.T("ruleedit.carry_"+string(c), nil)})
	}
	for i := range r.Rounds {
		x := &r.Rounds[i]
		id := page.RuleAwards + "/r" + NumberID(i)
		note := lines.Add(
			field.NewCell(x.Name, "", func(s string) { x.Name = strings.TrimSpace(s); p.changed() }),
			p.shareCell(id+"/take", &x.Take, "30%"),
			p.number(id+"/scores", field.Range{High: 50}, float64(x.PerWork), func(v float64) { x.PerWork = int(v) }),
			p.number(
				id+"/least", field.Range{High: 50}, float64(x.MinScores), func(v float64) { x.MinScores = int(v) },
			),
			field.NewChoiceCell(carries, string(x.Carry), func(k string) { x.Carry = judging.Carry(k); p.changed() }),
			p.number(
				id+"/weight", field.Range{High: 100, Places: 2}, x.Weight*100, func(v float64) { x.Weight = v / 100 },
			),
			p.lineActs(func() {
				movedUp(r.Rounds, i)
				p.reshape()
			}, func() { r.Rounds = slices.Delete(r.Rounds, i, i+1); p.reshape() }),
		)
		p.note(note, speaksOf(page.RuleAwards, id, x.Name))
	}
	add := button.New(p.sh.T("ruleedit.add_round", nil), func() {
		name := p.sh.T("ruleedit.round_second", nil)
		if len(r.Rounds) > 0 {
			name = p.sh.T("ruleedit.round_last", nil)
		}
		p.grow("rounds", func() {
			r.Rounds = append(r.Rounds, judging.RoundRule{
				Name: name, Take: judging.Share{Percent: 30, Rounding: judging.Up}, Carry: judging.Replace,
			})
		})
	})
	p.lines.lists["rounds"] = lines
	return p.orEmpty("rounds", len(r.Rounds), lines, add)
}
