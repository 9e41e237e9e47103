package scoring

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/signed"
)

type pledgesOffice interface {
	Pledges(ctx context.Context) (signed.Pledges, error)
	NotePledge(ctx context.Context, judge judging.JudgeID, back bool, reason string) error
	PrintPledges(ctx context.Context, path string, only judging.JudgeID, words page.Words) error
}

// pledgesPage lists who accepted the pledge, prints it, and notes what was signed on paper.
type pledgesPage struct {
	sh     kit.Shell
	office pledgesOffice
	head   *header.Header
	body   *fyne.Container
	table  *table.Table[signed.JudgePledge]
	print  *button.Button // there where a pledge is asked for
}

func newPledgesPage(sh kit.Shell, o pledgesOffice) *pledgesPage {
	return &pledgesPage{sh: sh, office: o}
}

// Title is the page's name.
func (p *pledgesPage) Title() string { return p.sh.T("pledge.title", nil) }

// Content builds the frame.
func (p *pledgesPage) Content() fyne.CanvasObject {
	p.print = button.NewPrimary(p.sh.T("pledge.print", nil), p.onPrint)
	p.print.Hide()
	p.head = header.New(p.Title(), p.print).WithBack(p.sh.Back)
	p.body = container.NewStack()
	p.table = table.New(func(j signed.JudgePledge) string { return string(j.Judge) },
		table.TextColumn(p.sh.T("pledge.col_judge", nil), 8, 1, func(j signed.JudgePledge) string { return j.Call }),
		table.Column[signed.JudgePledge]{Title: p.sh.T("pledge.col_state", nil), Min: 12, Weight: 2, Cell: p.state},
	)
	p.table.OnOpen = p.onOpen
	return header.Page(p.head, p.body)
}

func (p *pledgesPage) state(j signed.JudgePledge) table.Cell {
	if j.At.IsZero() {
		return table.Cell{Text: p.sh.T("pledge.open", nil), Tone: look.Waiting}
	}
	return table.Cell{Tone: look.Done, Text: p.sh.T("pledge.accepted_at", judging.Args{
		"At": j.At.Local().Format("2006-01-02 15:04"), "Via": p.sh.T(j.Via(), nil),
	})}
}

// Load reads who accepted it.
func (p *pledgesPage) Load() {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (signed.Pledges, error) { return p.office.Pledges(ctx) }, p.show,
	)
}

func (p *pledgesPage) show(all signed.Pledges) {
	if all.Text == "" {
		ask := button.NewPrimary(p.sh.T("pledge.to_rules", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.EditRules, Tab: page.RuleBasics})
		})
		page.SetBody(p.body, lay.Surface(status.NewEmpty(
			p.sh.T("pledge.not_asked", nil), p.sh.T("pledge.not_asked_text", nil), ask,
		)))
		return
	}
	p.print.Show()
	done := 0
	for _, j := range all.Judges {
		if !j.At.IsZero() {
			done++
		}
	}
	p.head.SetCount(p.sh.T("pledge.counts", judging.Args{"Done": done, "Total": len(all.Judges)}))
	p.table.SetRows(all.Judges)
	hint := look.NewPara(p.sh.T("pledge.hint", nil), look.Body, look.Quiet, 60).Fluid()
	page.SetBody(p.body, lay.Fill(hint, p.table, nil))
}

// onOpen notes that a judge signed on paper, or takes an acceptance back.
func (p *pledgesPage) onOpen(j signed.JudgePledge) {
	done := func(err error) error {
		if err == nil {
			p.Load()
		}
		return err
	}
	if j.At.IsZero() {
		p.sh.Ask(kit.Question{
			Title: p.sh.T("pledge.note_title", judging.Args{"Name": j.Call}), Text: p.sh.T("pledge.note_text", nil),
			Action: p.sh.T("pledge.note_act", nil),
			Do:     func() error { return done(p.office.NotePledge(context.Background(), j.Judge, false, "")) },
		})
		return
	}
	reason := field.NewText(p.sh, p.sh.T("app.fact_reason", nil), "", field.TextRule{Required: true, Limit: 100})
	p.sh.Ask(kit.Question{
		Title: p.sh.T("pledge.back_title", judging.Args{"Name": j.Call}), Text: p.sh.T("pledge.back_text", nil),
		Content: reason, Action: p.sh.T("pledge.back_act", nil),
		Do: func() error { return done(p.office.NotePledge(context.Background(), j.Judge, true, reason.Text())) },
	})
}

// onPrint writes the pledge, a page for each judge.
func (p *pledgesPage) onPrint() {
	p.sh.SaveFile(p.Title()+".pdf", func(path string) {
		p.sh.Run(
			p.sh.T("app.exporting", nil),
			func(ctx context.Context, _ kit.Progress) error { return p.office.PrintPledges(ctx, path, "", p.sh.T) },
			func(err error) {
				if err != nil {
					p.sh.ShowError(err)
					return
				}
				page.TellWritten(p.sh, path, p.sh.T("pledge.printed", judging.Args{"Path": path}))
			},
		)
	})
}
