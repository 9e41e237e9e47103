package rules

import (
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/judging/terms"
)

// pledge is whether judges accept a pledge before they score, and its text. One that is turned on begins as the usual
// one.
func (p *editRulesPage) pledge() fyne.CanvasObject {
	r := &p.draft.Rules
	on := choice.NewCheck(p.sh.T("ruleedit.pledge_on", nil), nil)
	on.SetChecked(r.Pledge != "")
	on.OnChanged = func(on bool) {
		r.Pledge = ""
		if on {
			r.Pledge = terms.Pledge(p.sh.T("pledge.template", nil))
		}
		p.reshape()
	}
	if r.Pledge == "" {
		return lay.Stack(lay.Gap4, on)
	}
	text := field.NewEntry()
	text.Lines(6)
	text.SetText(string(r.Pledge))
	text.OnChanged = func(s string) {
		r.Pledge = terms.Pledge(strings.ReplaceAll(s, "\r\n", "\n"))
		if r.Pledge == "" {
			r.Pledge = " " // turned off by its tick, not by its text
		}
		p.changed()
	}
	f := field.New(p.sh.T("ruleedit.pledge", nil), p.sh.T("ruleedit.pledge_help", nil), text)
	p.watch = append(p.watch, func() {
		f.Tell(faultText(p.faults, func(x ruleFault) bool {
			return x.key == "rules.pledge_long" || x.key == "rules.pledge_empty"
		}))
	})
	return lay.Stack(lay.Gap4, on, f)
}
