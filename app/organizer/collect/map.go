package collect

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	call "fayi/judging/office/collect"
	"fayi/judging/sheet/paper"
)

type mapOffice interface {
	Inbox(ctx context.Context) (call.Inbox, error)
	ReportMap(ctx context.Context, path string, words paper.Words) (int, error)
}

// mapPage shows how far each unit is at a glance: the numbers of each group, and a tile for each unit, which says it by
// colour, by sign and by word.
type mapPage struct {
	sh     kit.Shell
	office mapOffice
	head   *header.Header
	body   *fyne.Container
	print  *button.Button
}

func newMapPage(sh kit.Shell, o mapOffice) *mapPage { return &mapPage{sh: sh, office: o} }

// Title is the page's name.
func (p *mapPage) Title() string { return p.sh.T("inbox.map_title", nil) }

// Content builds the frame.
func (p *mapPage) Content() fyne.CanvasObject {
	p.print = button.NewPrimary(p.sh.T("inbox.map_print", nil), p.onPrint)
	p.head = header.New(p.Title(), p.print).WithBack(p.sh.Back)
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads the units.
func (p *mapPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (call.Inbox, error) { return p.office.Inbox(ctx) }, p.show)
}

func (p *mapPage) show(b call.Inbox) {
	p.print.Hidden = len(b.Units) == 0
	p.head.Refresh()
	if len(b.Units) == 0 {
		page.SetBody(p.body, lay.Surface(status.NewEmpty(p.sh.T("inbox.map_none", nil),
			p.sh.T("inbox.no_units_text", nil),
			button.NewPrimary(p.sh.T("units.import", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Units}) }))))
		return
	}
	groups := b.Groups()
	var rows []groupRow
	for _, g := range groups {
		rows = append(rows, groupRow{g.Title(p.sh.T), g})
	}
	rows = append(rows, groupRow{p.sh.T("call.kinds_total", nil), b.Total()})
	sums := table.New(func(r groupRow) string { return r.title }, p.columns()...)
	sums.SetRows(rows)
	room := container.NewStack(lay.Blank(look.Em(20), look.Em(2.6*float32(min(len(rows), 5)+1))), sums)
	parts := []fyne.CanvasObject{room, look.NewPara(call.Legend(p.sh.T)+"　"+p.sh.T("inbox.map_hint", nil),
		look.Note, look.Quiet, 60).Fluid()}
	for _, g := range groups {
		title := p.sh.T("call.map_group", judging.Args{
			"Kind": g.Title(p.sh.T), "Units": len(g.Units), "Sent": g.Sent, "Works": g.Works,
		})
		tiles := lay.Tiles(lay.Gap8, look.Em(11))
		for _, u := range g.Units {
			tiles.Add(p.tile(u))
		}
		parts = append(parts, look.NewStrongCut(title, look.Section), tiles)
	}
	page.SetBody(p.body, lay.VScroll(lay.Stack(lay.Gap16, parts...)))
}

// tile is one unit, to be pressed.
func (p *mapPage) tile(u call.UnitState) fyne.CanvasObject {
	t := tone(u)
	ground := canvas.NewRectangle(t.Tint())
	ground.StrokeColor, ground.StrokeWidth, ground.CornerRadius = t.Color(), 1, lay.Gap4
	word := look.NewCutText(u.Sign()+" "+u.TileText(p.sh.T), look.Body, t)
	body := lay.Inset(lay.Gap8, lay.Stack(lay.Gap4, look.NewCutText(u.Unit, look.Body, look.Plain), word))
	return container.NewStack(ground, button.NewPress(body, func() {
		p.sh.Navigate(kit.Route{Kind: page.Inbox, ID: u.Unit})
	}))
}

// groupRow is a line of the table.
type groupRow struct {
	title string
	of    call.GroupState
}

func (p *mapPage) columns() []table.Column[groupRow] {
	out := []table.Column[groupRow]{
		{Title: p.sh.T("call.list_kind", nil), Min: 6, Weight: 2,
			Cell: func(r groupRow) table.Cell { return table.Cell{Text: r.title} }},
	}
	for i, name := range call.GroupColumns {
		out = append(out, table.Column[groupRow]{
			Title: p.sh.T("call.sum_"+name, nil), Min: 3.4, Number: true,
			Cell: func(r groupRow) table.Cell { return table.Cell{Text: fmt.Sprint(r.of.Numbers()[i])} },
		})
	}
	return out
}

// onPrint writes the map as PDF.
func (p *mapPage) onPrint() {
	p.sh.SaveFile(p.sh.T("call.map_file", nil)+".pdf", func(path string) {
		kit.Fetch(p.sh, p.sh.T("reports.making", nil),
			func(ctx context.Context, _ kit.Progress) (int, error) { return p.office.ReportMap(ctx, path, p.sh.T) },
			func(int) { page.TellMade(p.sh, path) })
	})
}
