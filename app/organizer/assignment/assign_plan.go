package assignment

import (
	"fmt"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/chart"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/assignment"
)

// planView shows the plan: a sentence of judgement, numbers, warnings, and a bar for each judge.
func (p *assignPage) planView() fyne.CanvasObject {
	plan := *p.data.Plan
	state := status.NewChip(p.sh.T("plan.state_"+string(plan.State), nil), planTone(plan.State))
	var act fyne.CanvasObject = lay.Blank(0, 0)
	if plan.State == judging.Draft {
		act = button.NewPrimary(p.sh.T("app.publish", nil), p.onPublish)
	}
	title := lay.Spread(
		lay.Row(lay.Gap8, look.NewStrong(p.sh.T("app.plan_title", nil), look.Section, look.Plain), state), act,
	)
	tiles := lay.Row(lay.Gap24*1.5, status.NewTile(p.sh.T("app.works", nil), fmt.Sprint(plan.Works), look.Plain),
		status.NewTile(p.sh.T("app.judges", nil), fmt.Sprint(plan.Judges), look.Plain),
		status.NewTile(p.sh.T("app.pairs", nil), fmt.Sprint(plan.Pairs), look.Plain))
	top := lay.Stack(
		lay.Gap16, title, look.NewPara(verdict(p.sh, plan.Proof), look.Body, look.Plain, 40).Fluid(), tiles,
	)
	for _, w := range plan.Proof.Warnings {
		top.Add(page.Marked(look.Waiting, p.sh.T(w.Text, w.Args)))
	}
	notes := lay.Flow(
		lay.Gap24, look.NewText(p.sh.T("app.loads", nil), look.Note, look.Quiet),
		look.NewText(p.sh.T("app.seed_was", judging.Args{"Seed": fmt.Sprint(plan.Seed)}), look.Note, look.Quiet),
	)
	if look.Short() {
		bars := chart.NewBars(loadBars(p.sh, p.data.loads))
		all := lay.Stack(lay.Gap8, top, notes, withOverlap(p.sh, lay.Stack(lay.Gap4, bars), p.data.overlap))
		return lay.Surface(lay.VScroll(page.ClearOfBar(all)))
	}
	bars := lay.VScroll(page.ClearOfBar(chart.NewBars(loadBars(p.sh, p.data.loads))))
	return lay.Surface(lay.Fill(lay.Stack(lay.Gap16, top, notes), withOverlap(p.sh, bars, p.data.overlap), nil))
}

func planTone(s judging.PlanState) look.Tone {
	if s == judging.Published {
		return look.Done
	}
	return look.Waiting
}

// verdict says in a sentence how even and how comparable a plan is.
func verdict(t kit.Texter, proof judging.PlanProof) string {
	out := t.T("app.verdict_loads", judging.Args{"Min": proof.MinLoad, "Max": proof.MaxLoad})
	switch {
	case len(proof.Warnings) > 0:
		// the warnings say it, with names
	case proof.Components > 1:
		out += t.T("app.verdict_apart", judging.Args{"N": proof.Components})
	case proof.Comparability < 0.9:
		out += t.T("app.verdict_weak", judging.Args{"Value": judging.Decimal(proof.Comparability, 2)})
	default:
		out += t.T("app.verdict_good", judging.Args{"Value": judging.Decimal(proof.Comparability, 2)})
	}
	return out
}

// loadBars shows each judge's part against the most that the judge takes.
func loadBars(t kit.Texter, loads []assignment.Load) []chart.Bar {
	var out []chart.Bar
	for _, l := range loads {
		out = append(out, chart.Bar{
			Label: l.Call, Value: float64(l.Works), High: float64(l.Judge.MaxLoad), Text: loadText(t, l),
		})
	}
	return out
}

func loadText(t kit.Texter, l assignment.Load) string {
	if l.Judge.MaxLoad == 0 {
		return t.T("app.load", judging.Args{"N": l.Works})
	}
	return t.T("app.load_of", judging.Args{"N": l.Works, "Max": l.Judge.MaxLoad})
}

// shortView says in sums why no plan is possible, and where to fix it.
func (p *assignPage) shortView() fyne.CanvasObject {
	list := lay.Stack(lay.Gap16, look.NewStrong(p.sh.T("app.short_title", nil), look.Section, look.Problem))
	for _, s := range p.short {
		list.Add(page.Marked(
			look.Problem, p.sh.T(s.Text(), s.Args()),
		))
	}
	list.Add(lay.Row(0, p.to(page.Judges)))
	return lay.Surface(lay.VScroll(list))
}
