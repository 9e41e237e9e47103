package organizer

import (
	"context"
	"slices"
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
	"fayi/judging/office"
)

type openPointOffice interface {
	OpenPoints(ctx context.Context) ([]office.Point, error)
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
}

// openPointPage lists exactly the works of one open point, says what it holds up, and leads to where it is settled.
type openPointPage struct {
	sh     kit.Shell
	office openPointOffice
	kind   string
	head   *fyne.Container
	body   *fyne.Container
	table  *table.Table[judging.Work]
}

func newOpenPointPage(sh kit.Shell, o openPointOffice, kind string) *openPointPage {
	return &openPointPage{sh: sh, office: o, kind: kind}
}

// Title is the page's name.
func (p *openPointPage) Title() string { return page.PointTitle(p.sh, p.kind) }

// Content builds the frame.
func (p *openPointPage) Content() fyne.CanvasObject {
	p.head, p.body = container.NewStack(header.New(p.Title()).WithBack(p.sh.Back)), container.NewStack()
	p.table = table.New(
		func(w judging.Work) string { return string(w.ID) }, page.WorkColumns(p.sh)...,
	).Keep(p.sh, "openpoint")
	look := func(w judging.Work) { p.sh.Navigate(kit.Route{Kind: page.View, ID: string(w.ID)}) }
	p.table.OnOpen = look
	p.table.Acts = func(w judging.Work) []*fyne.MenuItem {
		return []*fyne.MenuItem{
			fyne.NewMenuItem(p.sh.T("openpoint.look", nil), func() { look(w) }),
			fyne.NewMenuItem(p.sh.T("fair.why", nil), func() {
				p.sh.Navigate(kit.Route{Kind: page.Explain, ID: string(w.ID)})
			}),
		}
	}
	return header.Page(p.head, p.body)
}

// pointData is the point as it stands now, nil once it is settled.
type pointData struct {
	point *office.Point
	works []judging.Work
}

// Load finds the point again: a work that was seen to leaves the list.
func (p *openPointPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (d pointData, err error) {
		all, err := p.office.OpenPoints(ctx)
		if err != nil {
			return d, err
		}
		at := slices.IndexFunc(all, func(x office.Point) bool { return x.Kind == p.kind })
		if at < 0 {
			return d, nil
		}
		d.point = &all[at]
		works, err := p.office.Works(ctx, office.WorkFilter{})
		for _, w := range works {
			if slices.Contains(d.point.Works, w.ID) {
				d.works = append(d.works, w)
			}
		}
		return d, err
	}, p.show)
}

func (p *openPointPage) show(d pointData) {
	if d.point == nil {
		page.SetBody(p.head, header.New(p.Title()).WithBack(p.sh.Back))
		page.SetBody(p.body, lay.Surface(status.NewEmpty(
			p.sh.T("openpoint.none", nil), p.sh.T("openpoint.none_text", nil),
			button.NewPrimary(p.sh.T("openpoint.back", nil), p.sh.Back),
		)))
		return
	}
	settle := button.NewPrimary(
		p.sh.T("openpoint.settle", nil), func() { p.sh.Navigate(kit.Route{Kind: d.point.Place}) },
	)
	head := header.New(p.Title(), settle).WithBack(p.sh.Back)
	head.SetCount(p.sh.T("openpoint.count", judging.Args{"N": d.point.Count}))
	page.SetBody(p.head, head)
	p.table.SetRows(d.works)
	text := p.sh.T(d.point.Text, d.point.Args) + effectText(p.sh, *d.point)
	page.SetBody(p.body, lay.Fill(look.NewPara(text, look.Body, look.Plain, 60).Fluid(), p.table, nil))
}

// effectText says which acts an open point stops, and which ask for a tick.
func effectText(t kit.Texter, p office.Point) string {
	out := ""
	for _, effect := range []struct {
		key   string
		gates []office.Gate
	}{{"open.effect_stops", p.Stops}, {"open.effect_asks", p.Asks}} {
		var names []string
		for _, g := range effect.gates {
			names = append(names, t.T("open.gate_"+string(g), nil))
		}
		if len(names) > 0 {
			out += "\n" + t.T(effect.key, judging.Args{"Gates": strings.Join(names, t.T("kit.comma", nil))})
		}
	}
	return out
}
