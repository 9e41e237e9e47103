package correction

import (
	"context"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/correction"
)

// rename gives a unit another name in all its works. Where another unit has that name already, it asks whether both
// are one.
func (p *unitsPage) rename(from, to string, done func(table.Kept)) {
	var r correction.Report
	p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		r, err = p.office.RenameUnit(ctx, from, to, "", true)
		if err == nil && !r.NeedsReason {
			r, err = p.office.RenameUnit(ctx, from, to, "", false)
		}
		return err
	}, func(err error) {
		switch {
		case judging.CodeOf(err) == judging.Clash:
			done(table.Kept{Asks: true})
			p.askMerge([]string{judging.Tidy(to), from})
		case err != nil:
			done(table.Kept{Wrong: p.sh.Err(err)})
		case r.NeedsReason:
			done(table.Kept{Asks: true})
			text := p.sh.T("units.rename_text", judging.Args{"From": from, "To": judging.Tidy(to), "N": len(r.Works)})
			p.sheet.why(p.sh.T("units.rename_title", nil), text, r, func(reason string) error {
				r, err := p.office.RenameUnit(context.Background(), from, to, reason, false)
				return p.merged(r, judging.Tidy(to), err)
			})
		default:
			done(table.Kept{})
			p.sh.ShowError(p.merged(r, judging.Tidy(to), nil))
		}
	})
}

// onMerge makes the units ticked one.
func (p *unitsPage) onMerge() {
	var names []string
	for _, u := range p.table.Ticked() {
		if u.Works > 0 {
			names = append(names, u.Name)
		}
	}
	p.askMerge(names)
}

// onPair makes the selected pair one.
func (p *unitsPage) onPair() {
	if l, ok := p.likely.Selected(); ok {
		p.askMerge([]string{l.A, l.B})
		return
	}
	p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("units.choose_pair", nil)})
}

// onApart leaves the selected pair as it is.
func (p *unitsPage) onApart() {
	if l, ok := p.likely.Selected(); ok {
		p.apart[l] = true
		p.show()
		return
	}
	p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("units.choose_pair", nil)})
}

// askMerge asks under which of its names a unit goes on, and says how many works change.
func (p *unitsPage) askMerge(names []string) {
	if len(names) < 2 {
		return
	}
	var options []choice.Option
	for _, n := range names {
		options = append(options, choice.Option{Key: n, Title: n})
	}
	keep := field.NewChoice(p.sh, p.sh.T("units.keep", nil), "", "", options)
	preview := look.NewPara("", look.Body, look.Info, 30)
	reason := field.NewText(
		p.sh, p.sh.T("mend.reason", nil), p.sh.T("mend.reason_help", nil), field.TextRule{Limit: 200},
	)
	reason.SetText(p.sheet.reason)
	reason.Hide()
	form := lay.Stack(lay.Gap8, keep, preview, reason)
	ask := func() correction.UnitMerge {
		m := correction.UnitMerge{To: keep.Key(), Reason: reason.Text()}
		for _, n := range names {
			if n != m.To {
				m.From = append(m.From, n)
			}
		}
		return m
	}
	tryOut := func(string) {
		m := ask()
		m.DryRun = true
		var r correction.Report
		p.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
			r, err = p.office.MergeUnits(ctx, m)
			return err
		}, func(err error) {
			if err != nil {
				preview.SetText(p.sh.Err(err))
				return
			}
			first := p.sh.T("units.preview", judging.Args{"N": len(r.Works), "To": m.To})
			preview.SetText(strings.Join(append([]string{first}, follows(p.sh, r)...), "\n"))
			reason.Hidden = !r.NeedsReason
			form.Refresh()
		})
	}
	keep.OnChange = tryOut
	keep.SetKey(p.keptOf(names))
	p.sh.Ask(kit.Question{
		Title: p.sh.T("units.merge_title", judging.Args{"N": len(names)}), Text: p.sh.T("units.merge_text", nil),
		Action: p.sh.T("units.merge_act", nil), Content: form,
		Do: func() error {
			m := ask()
			r, err := p.office.MergeUnits(context.Background(), m)
			if err == nil && m.Reason != "" {
				p.sheet.reason = m.Reason
			}
			return p.merged(r, m.To, err)
		},
	})
	tryOut("")
}

// merged says what was renamed, with the way back.
func (p *unitsPage) merged(r correction.Report, to string, err error) error {
	if err != nil {
		return err
	}
	p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("units.merged", judging.Args{"N": len(r.Works), "To": to}),
		Action: p.sh.T("mend.undo", nil), Do: p.sheet.Undo})
	p.table.TickAll(false)
	p.sh.Reload()
	return nil
}
