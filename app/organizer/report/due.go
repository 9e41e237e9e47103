package report

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

type dueOffice interface {
	DueDocuments(ctx context.Context) ([]report.Due, error)
}

// duePage lists the documents that a correction, a ruling or a new deciding has overtaken, and leads to where each is
// made again; made again, it leaves the list.
type duePage struct {
	sh     kit.Shell
	office dueOffice
	head   *header.Header
	act    *button.Button
	body   *fyne.Container
	table  *table.Table[report.Due]
}

func newDuePage(sh kit.Shell, o dueOffice) *duePage { return &duePage{sh: sh, office: o} }

// Title is the page's name.
func (p *duePage) Title() string { return p.sh.T("due.title", nil) }

// Content builds the list.
func (p *duePage) Content() fyne.CanvasObject {
	p.act = button.NewPrimary(p.sh.T("due.make", nil), p.onMake)
	p.act.Hide() // until there is something to make
	p.head = header.New(p.Title(), p.act).WithBack(p.sh.Back)
	p.body = container.NewStack()
	p.table = table.New(
		func(d report.Due) string { return d.Document + d.Name + string(d.Work) }, dueColumns(p.sh)...,
	).Keep(p.sh, "due")
	p.table.OnOpen = p.look
	p.table.Acts = func(d report.Due) []*fyne.MenuItem {
		return []*fyne.MenuItem{
			fyne.NewMenuItem(p.sh.T("due.look", nil), func() { p.look(d) }),
			fyne.NewMenuItem(p.sh.T("due.make", nil), func() { p.make(d) }),
		}
	}
	return header.Page(p.head, p.body)
}

func dueColumns(t kit.Texter) []table.Column[report.Due] {
	text := func(key string, least, weight float32, of func(report.Due) string) table.Column[report.Due] {
		return table.TextColumn(t.T(key, nil), least, weight, of)
	}
	return []table.Column[report.Due]{
		text("due.col_document", 12, 1, func(d report.Due) string { return dueName(t, d) }),
		text("app.col_title", 8, 2, func(d report.Due) string { return d.Before.Title }),
		{Title: t.T("due.col_change", nil), Min: 5, Cell: func(d report.Due) table.Cell {
			tone := look.Waiting
			if d.Kind == superior.Revoked {
				tone = look.Problem
			}
			return table.Cell{Text: t.T("batch.kind_"+string(d.Kind), nil), Tone: tone}
		}},
		text("app.fact_reason", 8, 2, func(d report.Due) string { return d.Reason }),
		{Title: t.T("due.col_since", nil), Min: 9, Cell: func(d report.Due) table.Cell {
			if d.Since.IsZero() {
				return table.Cell{Text: "—", Tone: look.Quiet}
			}
			return table.Cell{Text: kit.Date(t, d.Since.Local().Format(day.Form))}
		}, Compare: func(a, b report.Due) int { return a.Since.Compare(b.Since) }},
	}
}

// dueName names a document: 证书 〔2026〕第0003号, 上报第1批.
func dueName(t kit.Texter, d report.Due) string {
	name := d.Name
	if d.Document == report.DueBatch {
		name = batchName(t, d.Name)
	}
	return strings.TrimSpace(t.T("due.document_"+d.Document, nil) + " " + name)
}

// Load compares all documents with what holds.
func (p *duePage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]report.Due, error) {
		return p.office.DueDocuments(ctx)
	}, func(all []report.Due) {
		if p.act.Hidden = len(all) == 0; p.act.Hidden {
			p.head.SetCount("")
			page.SetBody(p.body, lay.Surface(status.NewEmpty(
				p.sh.T("due.none", nil), p.sh.T("due.none_text", nil), nil,
			)))
			return
		}
		p.head.SetCount(p.sh.T("due.count", judging.Args{"N": len(all)}))
		p.table.SetRows(all)
		about := look.NewPara(p.sh.T("due.about", nil), look.Body, look.Quiet, 60).Fluid()
		page.SetBody(p.body, lay.Fill(about, p.table, nil))
	})
}

// look shows what a document says and what holds.
func (p *duePage) look(d report.Due) {
	p.sh.Ask(kit.Question{
		Title: dueName(p.sh, d),
		Text: p.sh.T("due.change", judging.Args{
			"Before": saidText(d.Before), "Now": saidText(d.Now), "Reason": d.Reason,
			"Revoked": d.Kind == superior.Revoked,
		}),
		Action: p.sh.T("due.make", nil), Do: func() error { p.make(d); return nil },
	})
}

func (p *duePage) onMake() {
	if d, ok := p.table.Selected(); ok {
		p.make(d)
		return
	}
	p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("due.select", nil)})
}

// make goes to where the document is made.
func (p *duePage) make(d report.Due) {
	routes := map[string]kit.Route{
		report.DueCertificate: {Kind: page.Certificates},
		report.DueBatch:       {Kind: page.Batches, Tab: batchLevel(d.Name)},
		report.DueNotice:      {Kind: page.Notice},
		report.DueList:        {Kind: page.Reports},
	}
	p.sh.Navigate(routes[d.Document])
}

// batchLevel is the level of a batch by its identity.
func batchLevel(id string) string {
	level, _, _ := strings.Cut(id, "-")
	return level
}
