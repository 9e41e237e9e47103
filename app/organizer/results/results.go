package results

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/report"
)

type resultsOffice interface {
	ShowContest(ctx context.Context) (office.Summary, error)
	Rank(ctx context.Context) ([]judging.Placing, error)
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	Decisions(ctx context.Context) ([]award.Decision, error)
	DecideAwards(ctx context.Context, early bool) ([]award.Decision, error)
	ReportAwards(ctx context.Context, path string, req report.AwardListRequest, words page.Words) (int, error)
}

// resultsPage shows the places of each category and group, decides awards and writes the award list.
type resultsPage struct {
	sh     kit.Shell
	office resultsOffice
	head   *fyne.Container
	filter *filter.Bar
	table  *table.Table[resultRow]
	notes  *fyne.Container
	body   *fyne.Container
	data   resultData
	start  kit.Filter
	awards []choice.Option // the choices that the filter was made with
}

// resultData is all that the page shows.
type resultData struct {
	office.Summary
	rows      []resultRow
	decisions []award.Decision
}

func newResultsPage(sh kit.Shell, o resultsOffice) *resultsPage {
	return &resultsPage{sh: sh, office: o}
}

// Keep keeps the filter.
func (p *resultsPage) Keep() any {
	if p.filter == nil {
		return p.start
	}
	return p.filter.Filter()
}

// Restore takes it back.
func (p *resultsPage) Restore(state any) { p.start, _ = state.(kit.Filter) }

// Title is the page's name.
func (p *resultsPage) Title() string { return p.sh.T("app.results", nil) }

// Content builds the list of places.
func (p *resultsPage) Content() fyne.CanvasObject {
	p.head, p.body, p.notes = container.NewStack(), container.NewStack(), lay.Stack(lay.Gap4)
	p.table = table.New(
		func(r resultRow) string { return string(r.Work) }, resultColumns(p.sh)...,
	).Keep(p.sh, "results")
	p.table.SetEmpty(status.NewEmpty(
		p.sh.T("kit.no_match", nil), "", button.New(p.sh.T("kit.clear_filter", nil), func() { p.filter.Clear() }),
	))
	p.table.OnOpen = func(r resultRow) { p.sh.Navigate(kit.Route{Kind: page.Explain, ID: string(r.Work)}) }
	p.table.Acts = func(r resultRow) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("fair.why", nil), func() { p.table.OnOpen(r) })}
	}
	p.setHead(false)
	return header.Page(p.head, p.body)
}

// setHead offers to decide, and once that is done to write the list.
func (p *resultsPage) setHead(scored bool) {
	decide := button.NewPrimary(p.sh.T("app.decide", nil), p.onDecide)
	export := button.New(p.sh.T("app.award_list", nil), p.onExport)
	if p.data.Decided > 0 {
		decide.SetText(p.sh.T("app.decide_again", nil))
		decide.Rank, export.Rank = button.Secondary, button.Primary
	} else {
		export.Disable()
	}
	board := button.New(p.sh.T("awardboard.open_page", nil), func() {
		p.sh.Navigate(kit.Route{Kind: page.Board, Tab: p.picked()})
	})
	acts := []fyne.CanvasObject{board, export, decide}
	if p.data.Decided > 0 {
		acts = []fyne.CanvasObject{board, decide, export}
	}
	if !scored {
		decide.Disable()
		board.Disable()
	}
	head := header.New(p.Title(), acts...).WithMore(p.sh.T("kit.more_acts", nil))
	head.SetCount(p.count())
	p.head.Objects = []fyne.CanvasObject{head}
	p.head.Refresh()
}

func (p *resultsPage) count() string {
	if p.data.Decided == 0 {
		return ""
	}
	return p.sh.T("app.results_count", judging.Args{"N": p.data.Granted})
}

// Load reads places and awards.
func (p *resultsPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), p.read, p.loaded)
}

func (p *resultsPage) read(ctx context.Context, _ kit.Progress) (resultData, error) {
	var d resultData
	var err error
	if d.Summary, err = p.office.ShowContest(ctx); err != nil || d.Scored == 0 {
		return d, err
	}
	placings, err := p.office.Rank(ctx)
	if err != nil {
		return d, err
	}
	works, err := p.office.Works(ctx, office.WorkFilter{})
	if err != nil {
		return d, err
	}
	d.decisions, err = p.office.Decisions(ctx)
	d.rows = resultRows(placings, works, d.decisions)
	return d, err
}

func (p *resultsPage) loaded(d resultData) {
	p.data = d
	p.setHead(d.Scored > 0)
	if d.Scored == 0 {
		act := button.New(p.sh.T("app.next_score_act", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Progress})
		})
		if d.Round > 1 { // the former rounds' scores are there
			act = button.New(p.sh.T("rounds.title", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Rounds}) })
		}
		p.body.Objects = []fyne.CanvasObject{
			lay.Surface(status.NewEmpty(
				p.sh.T("app.results_empty", nil), p.sh.T("app.results_empty_text", nil), act,
			)),
		}
		p.body.Refresh()
		return
	}
	p.setPicks(listOptions(d.rows), awardOptions(d.rows))
	p.filter.SetQuick(resultQuicks(p.sh, d.rows)...)
	p.body.Objects = []fyne.CanvasObject{lay.Fill(p.filter, p.table, p.notes)}
	p.body.Refresh()
	p.show()
}

// setPicks makes a new filter when its choices have changed: awards come when they are decided.
func (p *resultsPage) setPicks(lists, awards []choice.Option) {
	if slices.Equal(awards, p.awards) && p.filter != nil {
		return
	}
	if p.filter != nil {
		p.start = p.filter.Filter()
	}
	p.awards = awards
	p.filter = filter.NewBar(p.sh, func(kit.Filter) { p.show() })
	p.filter.AddPick("list", p.sh.T("app.result_list", nil), lists...)
	if len(awards) > 0 {
		p.filter.AddPick("award", p.sh.T("app.col_award", nil), awards...)
	}
	p.filter.SetFilter(p.start)
}

func (p *resultsPage) show() {
	f := p.filter.Filter()
	p.table.SetRows(filterResults(p.data.rows, f))
	p.notes.RemoveAll()
	p.notes.Add(lay.Spread(
		look.NewText(standText(p.sh, p.data.Summary), look.Note, look.Quiet),
		lay.Row(
			0, button.NewPlain(p.sh.T("rounds.open_page", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Rounds}) }),
			button.NewPlain(p.sh.T("fair.open_page", nil), p.onFair), button.NewPlain(p.sh.T("fair.why", nil), p.onWhy),
			button.NewPlain(p.sh.T("charts.open_page", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Charts}) }),
			button.NewPlain(p.sh.T("reports.open_page", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Reports}) }),
		),
	))
	for _, line := range decisionNotes(p.sh, p.data.decisions, f.Pick("list")) {
		p.notes.Add(look.NewPara(line, look.Note, look.Waiting, 80).Fluid())
	}
}

// picked is the list that the filter shows, "" for all.
func (p *resultsPage) picked() string {
	if p.filter == nil {
		return ""
	}
	return p.filter.Filter().Pick("list")
}

// onFair shows how sure the places of the list chosen are.
func (p *resultsPage) onFair() {
	p.sh.Navigate(kit.Route{Kind: page.Fairness, Tab: p.picked()})
}

// onWhy shows why the selected work has its place.
func (p *resultsPage) onWhy() {
	if r, ok := p.table.Selected(); ok {
		p.table.OnOpen(r)
		return
	}
	p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("fair.select", nil)})
}

// Find puts the cursor in the search field.
func (p *resultsPage) Find() {
	if p.filter != nil {
		p.filter.Find()
	}
}

// onDecide asks, then decides; with lists still open it says so and wants a tick.
func (p *resultsPage) onDecide() {
	q := kit.Question{
		Title: p.sh.T("app.decide", nil), Text: p.sh.T("app.decide_ask", judging.Args{"Works": len(p.data.rows)}),
		Action: p.sh.T("app.decide", nil),
	}
	if p.data.Decided > 0 {
		q.Text = p.sh.T("app.decide_replace", judging.Args{"N": p.data.Granted})
	}
	early := !p.data.Finished
	if early {
		q.Text = p.sh.T("app.decide_early", judging.Args{"Done": p.data.Scored, "Total": p.data.Plan.Pairs})
		q.Check, q.Danger = p.sh.T("app.decide_early_check", nil), true
	}
	q.Do = func() error { p.decide(early); return nil }
	p.sh.Ask(q)
}

func (p *resultsPage) decide(early bool) {
	kit.Fetch(p.sh, p.sh.T("app.deciding", nil), func(ctx context.Context, _ kit.Progress) ([]award.Decision, error) {
		return p.office.DecideAwards(ctx, early)
	}, func(all []award.Decision) {
		n := 0
		for _, d := range all {
			n += len(d.Grants)
		}
		p.sh.Tell(kit.Notice{
			Tone: look.Done, Text: p.sh.T("app.decided", judging.Args{"Lists": len(all), "N": n}),
			Action: p.sh.T("app.award_list", nil), Do: p.onExport,
		})
	})
}

func (p *resultsPage) onExport() {
	p.sh.SaveFile(
		page.FileName(p.sh.T("report.award_list_title", judging.Args{"Contest": p.data.Name}))+".xlsx",
		func(path string) {
			kit.Fetch(p.sh, p.sh.T("app.exporting", nil), func(ctx context.Context, _ kit.Progress) (int, error) {
				return p.office.ReportAwards(ctx, path, report.AwardListRequest{}, p.sh.T)
			}, func(n int) {
				page.TellWritten(p.sh, path, p.sh.T("app.award_list_written", judging.Args{"N": n, "Path": path}))
			})
		},
	)
}
