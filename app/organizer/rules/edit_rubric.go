package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// rubrics shows one rubric: its criteria, whose points must add up, its bands and phrases.
func (p *editRulesPage) rubrics() fyne.CanvasObject {
	r := &p.draft.Rules
	p.rubric = max(0, min(p.rubric, len(r.Rubrics)-1))
	add := button.New(p.sh.T("ruleedit.add_rubric", nil), func() {
		p.grow("about", func() {
			r.Rubrics = append(r.Rubrics, judging.NamedRubric{Rubric: judging.Rubric{Scale: 100, Step: 1}})
			p.rubric = len(r.Rubrics) - 1
		})
	})
	if len(r.Rubrics) == 0 {
		return lay.Surface(lay.Stack(lay.Gap16, p.head("rubrics"), lay.Row(0, add)))
	}
	n := &r.Rubrics[p.rubric]
	acts := lay.Row(lay.Gap8, add, button.New(p.sh.T("ruleedit.copy_rubric", nil), func() {
		again := cloneRubric(*n)
		again.Name += p.sh.T("ruleedit.copied", nil)
		r.Rubrics = append(r.Rubrics, again)
		p.rubric = len(r.Rubrics) - 1
		p.reshape()
	}), button.New(p.sh.T("ruleedit.drop_rubric", nil), func() {
		r.Rubrics = slices.Delete(r.Rubrics, p.rubric, p.rubric+1)
		p.reshape()
	}))
	var all []choice.Option
	for i, x := range r.Rubrics {
		all = append(all, choice.Option{Key: NumberID(i), Title: OrWord(x.Name, p.sh.T("ruleedit.nameless", nil))})
	}
	which := choice.NewPicks(all, []string{NumberID(p.rubric)}, nil)
	which.OnChange = func(keys []string) {
		for i := range r.Rubrics {
			if slices.Contains(keys, NumberID(i)) != (i == p.rubric) && i != p.rubric {
				p.rubric = i
				break
			}
		}
		p.show()
	}
	return lay.Stack(
		lay.Gap16, lay.Surface(lay.Stack(lay.Gap16, p.head("rubrics"), which, acts)), lay.Surface(p.criteria(n)),
		lay.Surface(p.terms(n)), lay.Surface(p.bands(n)), lay.Surface(p.phrases(n)),
	)
}

// criteria is a line for each thing looked at, with the sum below.
func (p *editRulesPage) criteria(n *judging.NamedRubric) fyne.CanvasObject {
	id := page.RuleRubrics + "/" + NumberID(p.rubric)
	about := field.NewLines(p.column("name", 8, 1), p.column("scale", 6, 0), p.column("step", 6, 0))
	known := n.Name
	scale := p.number(id+"/scale", field.Range{High: 1e6, Places: 4}, n.Scale, func(v float64) { n.Scale = v })
	step := p.number(id+"/step", field.Range{High: 100, Places: 4}, n.Step, func(v float64) { n.Step = v })
	p.note(
		about.Add(field.NewCell(n.Name, "", func(s string) { known = p.renameRubric(n, known, s) }), scale, step),
		func(f ruleFault) bool {
			return f.section == page.RuleRubrics &&
				(f.key == "rules.bad_scale" && f.where == n.Name ||
					f.key == "rules.name_twice" && f.name == n.Name || f.where == id+"/scale" ||
					f.where == id+"/step")
		},
	)
	lines := field.NewLines(
		p.column(
			"criterion", 8, 2,
		), p.column("weight", 5, 0), p.column("hint", 10, 5), field.LineColumn{Min: actsChars},
	)
	p.lines.lists["about"], p.lines.lists["criteria"] = about, lines
	for i := range n.Criteria {
		c := &n.Criteria[i]
		line := id + "/c" + NumberID(i)
		note := lines.Add(field.NewCell(c.Name, "", func(s string) { c.Name = strings.TrimSpace(s); p.changed() }),
			p.number(line+"/weight", field.Range{High: 1e6, Places: 4}, c.Weight, func(v float64) { c.Weight = v }),
			field.NewCell(c.Hint, "", func(s string) { c.Hint = s; p.changed() }),
			p.lineActs(func() {
				movedUp(n.Criteria, i)
				p.reshape()
			}, func() { n.Criteria = slices.Delete(n.Criteria, i, i+1); p.reshape() }))
		p.note(note, func(f ruleFault) bool {
			return strings.HasPrefix(f.where, line+"/") ||
				f.where == n.Name && f.name == c.Name &&
					(f.key == "rules.criterion_name" || f.key == "rules.criterion_weight")
		})
	}
	sum := status.NewChip("", look.Done)
	p.watch = append(p.watch, func() {
		var total judging.Points
		for _, c := range n.Criteria {
			total += judging.Exact(c.Weight)
		}
		tone := look.Done
		if total != judging.Exact(n.Scale) {
			tone = look.Problem
		}
		sum.Set(
			p.sh.T("ruleedit.sum", judging.Args{"Sum": total.String(), "Scale": judging.Exact(n.Scale).String()}),
			tone,
		)
	})
	add := button.New(p.sh.T("ruleedit.add_criterion", nil), func() {
		p.grow("criteria", func() { n.Criteria = append(n.Criteria, judging.Criterion{}) })
	})
	return lay.Stack(lay.Gap16, about, lines, lay.Spread(add, sum))
}

// renameRubric renames a rubric wherever the rules speak of it as known, as renameCategory does.
func (p *editRulesPage) renameRubric(n *judging.NamedRubric, known, name string) string {
	n.Name = strings.TrimSpace(name)
	if n.Name != "" &&
		countOf(p.draft.Rules.Rubrics, func(x judging.NamedRubric) bool { return x.Name == n.Name }) == 1 {
		for i := range p.draft.Rules.Categories {
			if c := &p.draft.Rules.Categories[i]; c.Rubric == known {
				c.Rubric = n.Name
			}
		}
		known = n.Name
	}
	p.changed()
	return known
}

// bands is a line for each word for totals, best first.
func (p *editRulesPage) bands(n *judging.NamedRubric) fyne.CanvasObject {
	id := page.RuleRubrics + "/" + NumberID(p.rubric)
	lines := field.NewLines(
		p.column("band", 8, 2), p.column("from", 6, 0), p.column("to", 6, 0), field.LineColumn{Min: actsChars},
	)
	p.lines.lists["bands"] = lines
	bounds := field.Range{High: 1e6, Places: 4}
	for i := range n.Bands {
		b := &n.Bands[i]
		line := id + "/b" + NumberID(i)
		note := lines.Add(field.NewCell(b.Label, "", func(s string) { b.Label = strings.TrimSpace(s); p.changed() }),
			p.number(line+"/from", bounds, b.From, func(v float64) { b.From = v }),
			p.number(line+"/to", bounds, b.To, func(v float64) { b.To = v }),
			p.lineActs(func() {
				movedUp(n.Bands, i)
				p.reshape()
			}, func() { n.Bands = slices.Delete(n.Bands, i, i+1); p.reshape() }))
		p.note(note, func(f ruleFault) bool {
			return strings.HasPrefix(f.where, line+"/") ||
				f.where == n.Name && strings.HasPrefix(f.key, "rules.band_") && f.label == b.Label
		})
	}
	add := button.New(p.sh.T("ruleedit.add_band", nil), func() {
		next := judging.Band{To: n.Scale}
		if len(n.Bands) > 0 {
			next.To = max(0, n.Bands[len(n.Bands)-1].From-n.Step)
		}
		p.grow("bands", func() { n.Bands = append(n.Bands, next) })
	})
	return lay.Stack(lay.Gap16, p.head("bands"), lines, lay.Row(0, add))
}

// phrases are quick words for comments, one a line.
func (p *editRulesPage) phrases(n *judging.NamedRubric) fyne.CanvasObject {
	f := field.NewText(
		p.sh, p.sh.T("ruleedit.phrases", nil), p.sh.T("ruleedit.phrases_help", nil),
		field.TextRule{Limit: phrasesMost, Lines: 4},
	)
	f.SetText(strings.Join(n.Phrases, "\n"))
	f.OnChange = func(s string) {
		n.Phrases = nil
		for _, line := range strings.Split(s, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				n.Phrases = append(n.Phrases, line)
			}
		}
		p.changed()
	}
	return f
}
