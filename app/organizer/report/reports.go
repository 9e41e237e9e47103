package report

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
	"fayi/judging/office/rules"
)

type reportsOffice interface {
	ShowContest(ctx context.Context) (office.Summary, error)
	DueDocuments(ctx context.Context) ([]report.Due, error)
	ReportAwards(ctx context.Context, path string, req report.AwardListRequest, w page.Words) (int, error)
	ReportRules(ctx context.Context, path string, w page.Words) (rules.RuleReport, error)
	ReportMatrix(ctx context.Context, path string, unnamed bool, w page.Words) (results.MatrixReport, error)
	ReportStatistics(ctx context.Context, path string, w page.Words) (results.Statistics, error)
	ReportNotice(ctx context.Context, path string, w page.Words) (awards.NoticeReport, error)
	ExportWorks(ctx context.Context, path string, f office.WorkFilter, w page.Words) (int, error)
}

// reportsPage offers every paper of the contest, each with what it holds.
type reportsPage struct {
	sh     kit.Shell
	office reportsOffice
	after  afterOffice
	body   *fyne.Container
	data   office.Summary
	due    []report.Due
}

func newReportsPage(sh kit.Shell, o reportsOffice, after afterOffice) *reportsPage {
	return &reportsPage{sh: sh, office: o, after: after}
}

// Title is the page's name.
func (p *reportsPage) Title() string { return p.sh.T("reports.title", nil) }

// Content builds the head; the offers come with the state of the contest.
func (p *reportsPage) Content() fyne.CanvasObject {
	p.body = container.NewStack()
	return header.Page(header.New(p.Title()), p.body)
}

// Load reads how far the contest is.
func (p *reportsPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (office.Summary, error) {
		due, err := p.office.DueDocuments(ctx)
		if err != nil {
			return office.Summary{}, err
		}
		p.due = due
		return p.office.ShowContest(ctx)
	}, func(s office.Summary) {
		p.data = s
		p.show()
	})
}

// paper is one offer: how its texts are called, until when it waits, and its acts.
type paper struct {
	key   string
	ready bool
	acts  []*button.Button
}

func (p *reportsPage) show() {
	scored, decided := p.data.Scored > 0, p.data.Decided > 0
	press := func(key string, do func()) *button.Button { return button.New(p.sh.T(key, nil), do) }
	all := []paper{
		{
			"awards", decided,
			[]*button.Button{
				press("reports.excel", p.awards("", ".xlsx")), press("reports.city_form", p.awards("city", ".xlsx")),
				press("reports.province_form", p.awards("province", ".xlsx")),
			},
		},
		{
			"notice", decided,
			[]*button.Button{
				press("reports.excel", func() { page.ExportNotice(p.sh, p.office, ".xlsx") }),
				press("reports.word", func() { page.ExportNotice(p.sh, p.office, ".docx") }),
			},
		},
		{
			"certificates", decided,
			[]*button.Button{press("reports.go", func() { p.sh.Navigate(kit.Route{Kind: page.Certificates}) })},
		},
		{
			"batches", decided,
			[]*button.Button{press("reports.go", func() { p.sh.Navigate(kit.Route{Kind: page.Batches}) })},
		},
		{
			"statistics", true,
			[]*button.Button{press("reports.excel", p.statistics(".xlsx")), press("reports.csv", p.statistics(".csv"))},
		},
		{
			"matrix", scored,
			[]*button.Button{press("reports.excel", p.matrix(false)), press("reports.unnamed", p.matrix(true))},
		},
		{
			"rules", true,
			[]*button.Button{press("reports.pdf", p.rules(".pdf")), press("reports.excel", p.rules(".xlsx"))},
		},
		{"works", true, []*button.Button{press("reports.excel", p.works)}},
	}
	var cards []fyne.CanvasObject
	if after := p.afterPapers(press); after[0].ready { // what is next comes first
		all = append(after, all...)
	} else {
		all = append(all, after...)
	}
	for _, one := range all {
		cards = append(cards, p.card(one))
	}
	list := lay.Stack(lay.Gap16)
	if n := len(p.due); n > 0 {
		list.Add(status.NewNotice(kit.Notice{
			Tone: look.Waiting, Text: p.sh.T("due.waiting", judging.Args{"N": n}), Action: p.sh.T("due.open", nil),
			Do: func() { p.sh.Navigate(kit.Route{Kind: page.Due}) },
		}, nil))
	}
	list.Add(lay.Tiles(lay.Gap16, look.Em(22), cards...))
	p.body.Objects = []fyne.CanvasObject{lay.VScroll(page.ClearOfBar(list))}
	p.body.Refresh()
}

// card shows one offer; one that has to wait says for what.
func (p *reportsPage) card(one paper) fyne.CanvasObject {
	var acts []fyne.CanvasObject
	for _, b := range one.acts {
		if !one.ready {
			b.Disable()
		}
		acts = append(acts, b)
	}
	text := p.sh.T("reports."+one.key+"_text", nil)
	tone := look.Quiet
	if !one.ready {
		text, tone = p.sh.T("reports."+one.key+"_waits", nil), look.Waiting
	}
	return lay.Surface(lay.Fill(
		lay.Stack(
			lay.Gap4, look.NewText(p.sh.T("reports."+one.key, nil), look.Section, look.Plain),
			look.NewPara(text, look.Body, tone, 24).Fluid(),
		),
		nil, lay.Row(lay.Gap8, acts...),
	))
}

// make asks where to, writes and says so.
func (p *reportsPage) make(key, ending string, write func(ctx context.Context, path string) error) {
	name := page.FileName(p.data.Name+p.sh.T("reports."+key, nil)) + ending
	p.sh.SaveFile(name, func(path string) {
		kit.Fetch(p.sh, p.sh.T("reports.making", nil), func(ctx context.Context, _ kit.Progress) (string, error) {
			return path, write(ctx, path)
		}, func(path string) { page.TellMade(p.sh, path) })
	})
}

func (p *reportsPage) awards(form, ending string) func() {
	return func() {
		p.make("awards", ending, func(ctx context.Context, path string) error {
			_, err := p.office.ReportAwards(ctx, path, report.AwardListRequest{Form: form}, p.sh.T)
			return err
		})
	}
}

func (p *reportsPage) statistics(ending string) func() {
	return func() {
		p.make("statistics", ending, func(ctx context.Context, path string) error {
			_, err := p.office.ReportStatistics(ctx, path, p.sh.T)
			return err
		})
	}
}

func (p *reportsPage) matrix(unnamed bool) func() {
	return func() {
		p.make("matrix", ".xlsx", func(ctx context.Context, path string) error {
			_, err := p.office.ReportMatrix(ctx, path, unnamed, p.sh.T)
			return err
		})
	}
}

func (p *reportsPage) rules(ending string) func() {
	return func() {
		p.make("rules", ending, func(ctx context.Context, path string) error {
			_, err := p.office.ReportRules(ctx, path, p.sh.T)
			return err
		})
	}
}

func (p *reportsPage) works() {
	p.make("works", ".xlsx", func(ctx context.Context, path string) error {
		_, err := p.office.ExportWorks(ctx, path, office.WorkFilter{}, p.sh.T)
		return err
	})
}
