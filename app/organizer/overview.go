package organizer

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
)

type overviewOffice interface {
	StandingOffice
	Journal(ctx context.Context) ([]judging.Entry, error)
}

// overviewPage shows all stages at a glance, what to do next, what each stage still lacks, and what changed lately.
type overviewPage struct {
	sh     kit.Shell
	office overviewOffice
	head   *header.Header
	cards  *fyne.Container
	next   *fyne.Container
	lacks  *fyne.Container

	lacking []lack // what stands in lacks
	lately  *fyne.Container
}

// mostTales is how many changes are listed; the page of the history has all.
const mostTales = 8

func newOverviewPage(sh kit.Shell, o overviewOffice) *overviewPage {
	return &overviewPage{sh: sh, office: o}
}

// Title is the page's name.
func (p *overviewPage) Title() string { return p.sh.T("app.overview", nil) }

// Content builds the parts, empty.
func (p *overviewPage) Content() fyne.CanvasObject {
	p.head = header.New(p.Title())
	p.cards = lay.Tiles(lay.Gap16, look.Em(8))
	p.next = lay.Stack(lay.Gap8)
	p.lacks = lay.Stack(0)
	p.lately = lay.Stack(lay.Gap4)
	part := func(title string, o fyne.CanvasObject) fyne.CanvasObject {
		return lay.Stack(lay.Gap8, look.NewStrong(p.sh.T(title, nil), look.Section, look.Plain), o)
	}
	all := button.NewPlain(p.sh.T("history.all", nil), func() { p.sh.Navigate(kit.Route{Kind: page.History}) })
	lower := lay.Tiles(
		lay.Gap24, look.Em(28), part("lacking.title", page.NewListed(p.lacks, p.lackSheet)),
		part("app.lately", lay.Stack(lay.Gap4, p.lately, lay.Row(0, all))),
	)
	body := lay.Stack(lay.Gap24, p.cards, part("app.next", p.next), lower)
	if look.Short() { // what to do is in sight without scrolling
		body = lay.Stack(lay.Gap16, part("app.next", p.next), p.cards, lower)
	}
	return header.Page(p.head, lay.VScroll(page.ClearOfBar(body)))
}

// overviewData is all that the page shows.
type overviewData struct {
	Standing
	tales []tale
}

// Load reads the contest's state.
func (p *overviewPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), p.read, p.show)
}

func (p *overviewPage) read(ctx context.Context, _ kit.Progress) (overviewData, error) {
	var d overviewData
	var err error
	if d.Standing, err = Stand(ctx, p.office); err != nil {
		return d, err
	}
	entries, err := p.office.Journal(ctx)
	d.tales = tales(entries, mostTales)
	return d, err
}

func (p *overviewPage) show(d overviewData) {
	p.head.SetTitle(d.Title())
	p.head.SetCount(d.Host)
	p.cards.RemoveAll()
	for _, s := range stages(p.sh, d.Standing) {
		card := status.NewCard(p.sh.T("app.rail_"+s.kind, nil), func() { p.sh.Navigate(kit.Route{Kind: s.kind}) })
		p.cards.Add(card.Set(s.number, s.note, s.tone))
	}
	p.next.RemoveAll()
	for i, n := range nextSteps(p.sh, d.Standing) {
		p.next.Add(p.nextRow(n, i == 0))
	}
	p.lacks.RemoveAll()
	lacks := append(lacking(p.sh, d.Summary), openLacks(p.sh, d.Open)...)
	if d.Due > 0 {
		text := p.sh.T("due.waiting", judging.Args{"N": d.Due})
		lacks = append(lacks, lack{page.Reports, text, look.Waiting, kit.Route{Kind: page.Due}})
	}
	p.lacking = lacks
	for _, l := range lacks {
		p.lacks.Add(lackRow(p.sh, l))
	}
	if len(lacks) == 0 {
		p.lacks.Add(page.Marked(look.Done, p.sh.T("lacking.nothing", nil)))
	}
	p.lately.RemoveAll()
	for _, t := range d.tales {
		when := container.NewStack(
			lay.Blank(look.Em(11), 0), look.NewText(kit.DateTime(p.sh, t.at.Local()), look.Body, look.Quiet),
		)
		p.lately.Add(container.NewBorder(nil, nil, when, nil, look.NewCutText(t.words(p.sh), look.Body, look.Plain)))
	}
}

// nextRow is a sentence with the button that does what it says at the right.
func (p *overviewPage) nextRow(n nextStep, first bool) fyne.CanvasObject {
	act := button.New(n.act, func() { follow(p.sh, n.route) })
	if first {
		act.Rank = button.Primary
	}
	para := lay.Stack(
		lay.Gap4,
		layout.NewSpacer(), look.NewPara(n.text, look.Body, look.Plain, 60).Fluid(), layout.NewSpacer(),
	)
	words := container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap16, 0), para)
	return lay.Surface(container.NewBorder(nil, nil, nil, lay.Row(0, act), words))
}

// lackSheet is what is still missing in words, as it is printed.
func (p *overviewPage) lackSheet() kit.Sheet {
	s := kit.Sheet{
		Title: p.sh.T("lacking.title", nil), Right: make([]bool, 2),
		Heads: []string{p.sh.T("app.col_stage", nil), p.sh.T("lacking.title", nil)},
	}
	for _, l := range p.lacking {
		s.Rows = append(s.Rows, []string{p.sh.T("app.rail_"+l.stage, nil), l.text})
	}
	return s
}
