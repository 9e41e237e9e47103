package results

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/hints"
	"fayi/judging/office/results"
)

type severityOffice interface {
	JudgeReports(ctx context.Context) ([]results.JudgeReport, error)
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
	Hints() hints.Stage
}

// severityPage shows how the judges of a category score: lenient or severe, and what is worth a look. It judges
// nobody.
type severityPage struct {
	sh       kit.Shell
	office   severityOffice
	head     *header.Header
	body     *fyne.Container
	category string
	data     severityData
	none     unmarked
}

// severityData is all that the page shows.
type severityData struct {
	reports []results.JudgeReport
	hints   []hints.Hint
	works   map[judging.WorkID]judging.Work
}

func newSeverityPage(sh kit.Shell, o severityOffice, category string) *severityPage {
	return &severityPage{sh: sh, office: o, category: category}
}

// Keep keeps the category shown.
func (p *severityPage) Keep() any { return p.category }

// Restore takes it back.
func (p *severityPage) Restore(state any) { p.category, _ = state.(string) }

// Title is the page's name.
func (p *severityPage) Title() string { return p.sh.T("fair.judges_title", nil) }

// Content builds the head; the rest comes with the reports.
func (p *severityPage) Content() fyne.CanvasObject {
	p.head = header.New(
		p.Title(),
		button.New(p.sh.T("charts.open_page", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Charts, Tab: p.category})
		}),
	).WithBack(p.sh.Back)
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads how every judge scored.
func (p *severityPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (severityData, error) {
		d := severityData{works: map[judging.WorkID]judging.Work{}}
		var err error
		if d.reports, err = p.office.JudgeReports(ctx); err != nil {
			return d, p.none.take(err)
		}
		if d.hints, err = p.readHints(ctx); err != nil {
			return d, err
		}
		works, err := p.office.Works(ctx, office.WorkFilter{})
		for _, w := range works {
			d.works[w.ID] = w
		}
		return d, err
	}, func(d severityData) {
		p.data = d
		p.show()
	})
}

func (p *severityPage) show() {
	if p.none.shown(p.sh, p.body) {
		return
	}
	options := p.categories()
	if len(options) == 0 {
		act := button.New(p.sh.T("app.next_score_act", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Progress})
		})
		page.SetBody(
			p.body,
			lay.Surface(status.NewEmpty(p.sh.T("fair.empty", nil), p.sh.T("fair.judges_empty_text", nil), act)),
		)
		return
	}
	if !slices.ContainsFunc(options, func(o choice.Option) bool { return o.Key == p.category }) {
		p.category = p.firstCategory(options)
	}
	pick := field.NewChoice(p.sh, p.sh.T("app.col_category", nil), "", "", options)
	pick.SetKey(p.category)
	pick.OnChange = func(key string) { p.category = key; p.show() }
	rows := reportsOf(p.data.reports, p.category)
	list := table.NewIntervals(
		func(r results.JudgeReport) string { return string(r.Judge) }, severitySpan, severityColumns(p.sh)...,
	)
	list.SetRows(severityScale(p.sh, rows), rows)
	about := lay.Stack(lay.Gap4, look.NewPara(p.sh.T("fair.judges_about", nil), look.Body, look.Plain, 60).Fluid())
	if key := severityCaution(rows); key != "" {
		about.Add(look.NewPara(p.sh.T(key, nil), look.Note, look.Waiting, 60).Fluid())
	}
	top := lay.Split(lay.Gap24, []float32{0, 1}, page.Wide(pick), about)
	lines, opens := p.lookLines(rows)
	if len(lines) == 0 {
		page.SetBody(p.body, lay.Fill(top, list, page.Marked(look.Done, p.sh.T("fair.look_none", nil))))
		return
	}
	page.SetBody(p.body, lay.Fill(top, page.NewHalves(list, p.notes(lines, opens)), nil))
}

// notes lists what is worth a look; a line opens what it speaks of.
func (p *severityPage) notes(lines []table.ProblemLine, opens []func()) fyne.CanvasObject {
	list := table.NewProblems(p.sh)
	list.OnOpen = func(i int) {
		if opens[i] != nil {
			opens[i]()
		}
	}
	list.SetLines(lines)
	return list
}

// lookLines lists what is worth a look in the category shown, with what opens each line, nil for nothing: hints that
// nobody looked at, what stands out of single judges, and last the hints that were looked at.
func (p *severityPage) lookLines(rows []results.JudgeReport) (lines []table.ProblemLine, opens []func()) {
	addHints := func(all []hints.Hint) {
		lines = append(lines, hintLines(p.sh, all)...)
		for _, h := range all {
			opens = append(opens, func() { p.onHint(h) })
		}
	}
	open, noted := p.data.hintsOf(p.category)
	addHints(open)
	of, works := lookLines(p.sh, rows, p.data.works)
	lines = append(lines, of...)
	for _, w := range works {
		var show func()
		if w != "" {
			show = func() { p.sh.Navigate(kit.Route{Kind: page.Explain, ID: string(w)}) }
		}
		opens = append(opens, show)
	}
	addHints(noted)
	return lines, opens
}

// firstCategory is the first with a hint that nobody looked at, else the first of all.
func (p *severityPage) firstCategory(options []choice.Option) string {
	for _, o := range options {
		if open, _ := p.data.hintsOf(o.Key); len(open) > 0 {
			return o.Key
		}
	}
	return options[0].Key
}

// categories are the choices: each category with scores, with how much is worth a look.
func (p *severityPage) categories() []choice.Option {
	var out []choice.Option
	for _, r := range p.data.reports {
		if len(out) > 0 && out[len(out)-1].Key == r.Category {
			continue
		}
		rows := reportsOf(p.data.reports, r.Category)
		looks, _ := lookLines(p.sh, rows, nil)
		open, _ := p.data.hintsOf(r.Category)
		out = append(out, choice.Option{
			Key: r.Category,
			Title: p.sh.T("fair.judges_option", judging.Args{
				"Category": r.Category, "Judges": len(rows), "N": len(looks) + len(open),
			}),
		})
	}
	return out
}

func reportsOf(all []results.JudgeReport, category string) []results.JudgeReport {
	var out []results.JudgeReport
	for _, r := range all {
		if r.Category == category {
			out = append(out, r)
		}
	}
	return out
}

// severityCaution is the key of a text that says why the numbers must be read with care, "" for none.
func severityCaution(rows []results.JudgeReport) string {
	few := 0
	for _, r := range rows {
		if r.Group > 1 {
			return "fair.judges_apart"
		}
		if r.N < 8 || r.SE == 0 {
			few++
		}
	}
	if few > 0 {
		return "fair.judges_few"
	}
	return ""
}
