package rules

import (
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging/audience"
)

// noAudience is the choice of rules that make nothing of votes of an audience; the others are audience.Ways.
const noAudience = "none"

// audience is what votes of an audience weigh, and how they become marks.
func (p *editRulesPage) audience() fyne.CanvasObject {
	r := &p.draft.Rules
	words, now := []string{noAudience}, noAudience
	for _, way := range audience.Ways {
		words = append(words, string(way))
	}
	if r.Audience != nil {
		now = string(r.Audience.By)
	}
	out := lay.Stack(lay.Gap16, p.head("audience"), p.choice("audience_by", words, now, func(k string) {
		switch {
		case k == noAudience:
			r.Audience = nil
		case r.Audience == nil:
			r.Audience = &audience.Rule{Weight: 30, By: audience.By(k)}
		default:
			r.Audience.By, r.Audience.Steps = audience.By(k), nil
		}
		p.reshape()
	}, "audience"))
	if r.Audience == nil {
		return out
	}
	a, weights := r.Audience, field.Range{High: 100, Places: 4}
	weight := field.NewNumber(
		p.sh, p.sh.T("ruleedit.audience_weight", nil), p.sh.T("ruleedit.audience_weight_help", nil), "%", weights,
		false,
	)
	p.numberField(weight, page.RuleBasics+"/audience_weight", weights, a.Weight, func(v float64) { a.Weight = v },
		keyed(page.RuleBasics, "rules.audience_weight"))
	out.Add(weight)
	if a.By != audience.Share {
		out.Add(p.audienceSteps(a))
	}
	out.Add(lay.Tiles(lay.Gap16, look.Em(9),
		p.count("audience_least", "unit_votes", audience.MostVotes, &a.Least, "rules.audience_limits"),
		p.count("audience_most", "unit_votes", audience.MostVotes, &a.Most, "")))
	return out
}

// audienceSteps is a line for each step: up to which place, or from how many votes, and its mark.
func (p *editRulesPage) audienceSteps(a *audience.Rule) fyne.CanvasObject {
	lines := field.NewLines(
		p.column("audience_"+string(a.By), 7, 1), p.column("audience_mark", 7, 1), field.LineColumn{Min: actsChars},
	)
	p.lines.lists["audience_steps"] = lines
	for i := range a.Steps {
		s, id := &a.Steps[i], page.RuleBasics+"/s"+NumberID(i)
		note := lines.Add(
			p.number(id+"/at", field.Range{High: audience.MostVotes}, float64(s.At), func(v float64) { s.At = int(v) }),
			p.number(id+"/mark", field.Range{High: audience.Full, Places: 4}, s.Mark, func(v float64) { s.Mark = v }),
			p.lineActs(func() { movedUp(a.Steps, i); p.reshape() }, func() {
				a.Steps = slices.Delete(a.Steps, i, i+1)
				p.reshape()
			}),
		)
		p.note(note, func(f ruleFault) bool {
			return f.key == "number" && (f.where == id+"/at" || f.where == id+"/mark") ||
				f.where == "audience" && f.row == i+1
		})
	}
	add := button.New(p.sh.T("ruleedit.add_audience_step", nil), func() {
		p.grow("audience_steps", func() { a.Steps = append(a.Steps, audience.Step{}) })
	})
	if len(a.Steps) == 0 {
		return lay.Row(0, add)
	}
	return lay.Stack(lay.Gap16, lines, lay.Row(0, add))
}
