package rules

import (
	"cmp"

	"fyne.io/fyne/v2"

	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging/live"
)

// stage is how long a performance in front of the judges may take, what overtime costs, and what the big screen shows.
func (p *editRulesPage) stage() fyne.CanvasObject {
	about := look.NewPara(p.sh.T("ruleedit.stage_about", nil), look.Note, look.Quiet, 60).Fluid()
	show := p.choice(
		"show", []string{string(live.ShowCode), string(live.ShowTitle), string(live.ShowName)},
		string(cmp.Or(p.live().Show, live.ShowCode)), func(k string) {
			r := p.live()
			if r.Show = live.Show(k); r.Show == live.ShowCode {
				r.Show = "" // what is meant by no word
			}
			p.setLive(r)
		}, "show",
	)
	return lay.Stack(lay.Gap16, about, lay.Tiles(lay.Gap24, look.Em(18),
		lay.Surface(lay.Stack(lay.Gap16,
			p.liveField("minutes", "unit_minutes", field.Range{High: 600, Places: 2}, p.live().Minutes,
				func(r *live.Rule, v float64) { r.Minutes = v }),
			p.liveField("grace", "unit_seconds", field.Range{High: 3600}, float64(p.live().Grace),
				func(r *live.Rule, v float64) { r.Grace = int(v) }),
			show,
		)),
		lay.Surface(lay.Stack(lay.Gap16,
			p.liveField("over_points", "unit_points", field.Range{High: 1000, Places: 4}, p.live().Points,
				func(r *live.Rule, v float64) { r.Points = v }),
			p.liveField("over_step", "unit_seconds", field.Range{High: 3600}, float64(p.live().Step),
				func(r *live.Rule, v float64) { r.Step = int(v) }),
			p.liveField("over_most", "unit_points", field.Range{High: 1000, Places: 4}, p.live().Most,
				func(r *live.Rule, v float64) { r.Most = v }),
		)),
	))
}

// live are the rules for a stage as they are written.
func (p *editRulesPage) live() live.Rule {
	if p.draft.Rules.Live == nil {
		return live.Rule{}
	}
	return *p.draft.Rules.Live
}

// setLive puts them in; a contest without a stage has none.
func (p *editRulesPage) setLive(r live.Rule) {
	p.draft.Rules.Live = &r
	if r == (live.Rule{}) {
		p.draft.Rules.Live = nil
	}
}

// liveField is an input for a number of a stage; empty stands for 0. What is wrong among them is said at the limit of
// time, without which nothing else means anything.
func (p *editRulesPage) liveField(
	name, unit string, bounds field.Range, value float64, set func(*live.Rule, float64),
) fyne.CanvasObject {
	f := field.NewNumber(
		p.sh, p.sh.T("ruleedit."+name, nil), p.sh.T("ruleedit."+name+"_help", nil), p.sh.T("ruleedit."+unit, nil),
		bounds, false,
	)
	p.numberField(
		f, page.RuleStage+"/"+name, bounds, value, func(v float64) {
			r := p.live()
			set(&r, v)
			p.setLive(r)
		},
		func(x ruleFault) bool { return name == "minutes" && x.key == "rules.stage" },
	)
	return f
}
