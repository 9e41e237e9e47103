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
	"fayi/judging/office/results"
)

type severityOffice interface {
	JudgeReports(ctx context.Context) ([]results.JudgeReport, error)
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
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
	codes   map[judging.WorkID]judging.WorkCode
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
		d := severityData{codes: map[judging.WorkID]judging.WorkCode{}}
		var err error
		if d.reports, err = p.office.JudgeReports(ctx); err != nil {
			return d, p.none.take(err)
		}
		works, err := p.office.Works(ctx, office.WorkFilter{})
		for _, w := range works {
			d.codes[w.ID] = w.Code
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
		p.category = options[0].Key
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
	lines, works := lookLines(p.sh, rows, p.data.codes)
	if len(lines) == 0 {
		page.SetBody(p.body, lay.Fill(top, list, page.Marked(look.Done, p.sh.T("fair.look_none", nil))))
		return
	}
	page.SetBody(p.body, lay.Fill(top, page.NewHalves(list, p.notes(lines, works)), nil))
}

// notes lists what is worth a look; a score is opened with its work.
func (p *severityPage) notes(lines []table.ProblemLine, works []judging.WorkID) fyne.CanvasObject {
	list := table.NewProblems(p.sh)
	list.OnOpen = func(i int) {
		if works[i] != "" {
			p.sh.Navigate(kit.Route{Kind: page.Explain, ID: string(works[i])})
		}
	}
	list.SetLines(lines)
	return list
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
		out = append(out, choice.Option{
			Key: r.Category,
			Title: p.sh.T("fair.judges_option", judging.Args{
				"Category": r.Category, "Judges": len(rows), "N": len(looks),
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
