package rules

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/effect"
	"fayi/judging/office/rules"
)

// preview is what the rules come to: what is wrong with them, the sheet a leader signs, and how many places each
// list would get now.
func (p *editRulesPage) preview() fyne.CanvasObject {
	faults := ruleFaults(p.sh, p.draft.Rules, p.draft.Bad)
	sheet := lay.Surface(p.sheet())
	if len(faults) > 0 {
		list := lay.Stack(lay.Gap8, look.NewStrong(p.sh.T("ruleedit.to_mend", nil), look.Section, look.Plain))
		for _, f := range faults {
			list.Add(page.Marked(
				look.Problem,
				p.sh.T("ruleedit.fault", judging.Args{"Tab": p.sh.T("ruleedit.tab_"+f.section, nil), "Fault": f.text}),
			))
		}
		return lay.Stack(lay.Gap16, lay.Surface(list), sheet)
	}
	places := container.NewStack()
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (weighed, error) {
		e, err := p.office.WeighRules(ctx, p.draft.Rules)
		return weighed{e, err}, nil // why rules do not fit is shown on the page, not in a dialog
	}, func(w weighed) {
		if p.section == page.RulePreview {
			page.SetBody(places, lay.Surface(p.weight(w)))
		}
	})
	return lay.Stack(lay.Gap16, places, sheet)
}

// weighed is what other rules would do, or why they can't be taken.
type weighed struct {
	effect effect.RuleEffect
	err    error
}

func (p *editRulesPage) weight(w weighed) fyne.CanvasObject {
	if w.err != nil {
		return page.Marked(look.Problem, p.sh.Err(w.err))
	}
	box := lay.Stack(lay.Gap16, p.head("places"))
	if w.effect.Changes() {
		box.Add(page.Marked(
			look.Waiting,
			p.sh.T("board.rule_effect", judging.Args{
				"Places": len(w.effect.Places), "Awards": len(w.effect.Awards), "Hash": w.effect.Hash,
			}),
		))
	}
	head, weights := []string{p.sh.T("ruleedit.col_list", nil), p.sh.T("ruleedit.col_works", nil)}, []float32{4, 2}
	for _, a := range p.draft.Rules.Awards {
		head, weights = append(head, a.Name), append(weights, 2)
	}
	rows := [][]string{head}
	for _, l := range w.effect.Lists {
		row := []string{l.Category, strconv.Itoa(l.Works)}
		if l.Group != "" {
			row[0] += " · " + l.Group
		}
		for _, s := range l.Slots {
			places := strconv.Itoa(s.Places)
			if s.Places == 0 { // present ones must be visible among missing ones
				places = "—"
			}
			row = append(row, places)
		}
		rows = append(rows, row)
	}
	box.Add(page.Grid(weights, rows))
	for _, line := range spreadLines(p.sh, w.effect) {
		box.Add(look.NewPara(line, look.Note, look.Quiet, 60).Fluid())
	}
	for _, o := range w.effect.Open {
		box.Add(page.Marked(look.Waiting, p.sh.T("awards.spread_even", o.Args())))
	}
	return box
}

// spreadLines tell of each award whose places are counted over all lists which share of them each list has.
func spreadLines(t kit.Texter, e effect.RuleEffect) (out []string) {
	if len(e.Lists) == 0 {
		return nil
	}
	for i, first := range e.Lists[0].Slots {
		whole, shares := 0, []string{}
		for _, l := range e.Lists {
			if part := l.Slots[i].Part; part != nil && part.Works > 0 {
				whole, shares = part.Whole, append(shares, strings.TrimSpace(l.Category+" "+l.Group)+" "+part.Exact())
			}
		}
		if len(shares) > 0 {
			out = append(out, t.T("ruleedit.places_spread", judging.Args{
				"Award": first.Award, "Whole": whole, "Shares": strings.Join(shares, "，"),
			}))
		}
	}
	return out
}

// sheet states the rules in words.
func (p *editRulesPage) sheet() fyne.CanvasObject {
	box := lay.Stack(lay.Gap8, p.head("sheet"))
	for _, s := range rules.TellRules(p.draft.Rules, p.sh.T) {
		box.Add(look.NewStrong(s.Head, look.Body, look.Plain))
		for _, line := range s.Lines {
			box.Add(look.NewPara(line, look.Body, look.Plain, 60).Fluid())
		}
	}
	return box
}
