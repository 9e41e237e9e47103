package organizer

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
)

type overviewOffice interface {
	ShowContest(ctx context.Context) (office.Summary, error)
	OpenPoints(ctx context.Context) ([]office.Point, error)
	DueDocuments(ctx context.Context) ([]report.Due, error)
	Journal(ctx context.Context) ([]judging.Entry, error)
}

// overviewPage shows all stages at a glance, what to do next, what each stage still lacks, and what changed lately.
type overviewPage struct {
	sh     kit.Shell
	office overviewOffice
	head   *kit.PageHeader
	cards  *fyne.Container
	next   *fyne.Container
	lacks  *fyne.Container
	lately *fyne.Container
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
	p.head = kit.NewPageHeader(p.Title())
	p.cards = kit.Tiles(kit.Gap16, kit.Em(8))
	p.next = kit.Stack(kit.Gap8)
	p.lacks = kit.Stack(0)
	p.lately = kit.Stack(kit.Gap4)
	part := func(title string, o fyne.CanvasObject) fyne.CanvasObject {
		return kit.Stack(kit.Gap8, kit.NewStrong(p.sh.T(title, nil), kit.Section, kit.Plain), o)
	}
	all := kit.NewPlain(p.sh.T("history.all", nil), func() { p.sh.Navigate(kit.Route{Kind: page.History}) })
	lower := kit.Tiles(
		kit.Gap24, kit.Em(28), part("lacking.title", p.lacks),
		part("app.lately", kit.Stack(kit.Gap4, p.lately, kit.Row(0, all))),
	)
	body := kit.Stack(kit.Gap24, p.cards, part("app.next", p.next), lower)
	return kit.PageBody(p.head, kit.VScroll(page.ClearOfBar(body)))
}

// overviewData is all that the page shows.
type overviewData struct {
	office.Summary
	open  []office.Point
	due   int // documents to be made again
	tales []tale
}

// Load reads the contest's state.
func (p *overviewPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), p.read, p.show)
}

func (p *overviewPage) read(ctx context.Context, _ kit.Progress) (overviewData, error) {
	var d overviewData
	var err error
	if d.Summary, err = p.office.ShowContest(ctx); err != nil {
		return d, err
	}
	if d.open, err = p.office.OpenPoints(ctx); err != nil {
		return d, err
	}
	due, err := p.office.DueDocuments(ctx)
	if err != nil {
		return d, err
	}
	d.due = len(due)
	entries, err := p.office.Journal(ctx)
	d.tales = tales(entries, mostTales)
	return d, err
}

func (p *overviewPage) show(d overviewData) {
	p.head.SetTitle(d.Title())
	p.head.SetCount(d.Host)
	p.cards.RemoveAll()
	for _, s := range stages(p.sh, d.Summary) {
		card := kit.NewCard(p.sh.T("app.rail_"+s.kind, nil), func() { p.sh.Navigate(kit.Route{Kind: s.kind}) })
		p.cards.Add(card.Set(s.number, s.note, s.tone))
	}
	p.next.RemoveAll()
	for i, n := range nextSteps(p.sh, d.Summary) {
		p.next.Add(p.nextRow(n, i == 0))
	}
	p.lacks.RemoveAll()
	lacks := append(lacking(p.sh, d.Summary), openLacks(p.sh, d.open)...)
	if d.due > 0 {
		text := p.sh.T("due.waiting", judging.Args{"N": d.due})
		lacks = append(lacks, lack{page.Reports, text, kit.Waiting, kit.Route{Kind: page.Due}})
	}
	for _, l := range lacks {
		p.lacks.Add(lackRow(p.sh, l))
	}
	if len(lacks) == 0 {
		p.lacks.Add(page.Marked(kit.Done, p.sh.T("lacking.nothing", nil)))
	}
	p.lately.RemoveAll()
	for _, t := range d.tales {
		when := container.NewStack(
			kit.Blank(kit.Em(11), 0), kit.NewText(kit.DateTime(p.sh, t.at.Local()), kit.Body, kit.Quiet),
		)
		p.lately.Add(container.NewBorder(nil, nil, when, nil, kit.NewCutText(t.words(p.sh), kit.Body, kit.Plain)))
	}
}

// nextRow is a sentence with the button that does what it says at the right.
func (p *overviewPage) nextRow(n nextStep, first bool) fyne.CanvasObject {
	act := kit.NewButton(n.act, func() { follow(p.sh, n.route) })
	if first {
		act.Rank = kit.Primary
	}
	para := container.NewVBox(
		layout.NewSpacer(), kit.NewPara(n.text, kit.Body, kit.Plain, 60).Fluid(), layout.NewSpacer(),
	)
	words := container.NewBorder(nil, nil, nil, kit.Blank(kit.Gap16, 0), para)
	return kit.Surface(container.NewBorder(nil, nil, nil, kit.Row(0, act), words))
}
