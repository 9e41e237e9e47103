package results

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/results"
)

type severityOffice interface {
	JudgeReports(ctx context.Context) ([]results.JudgeReport, error)
	Works(ctx context.Context, f office.WorkFilter) ([]judging.Work, error)
}

// severityPage shows how the judges of a category score: lenient or severe, and what is worth a look. It judges nobody.
type severityPage struct {
	sh       kit.Shell
	office   severityOffice
	head     *kit.PageHeader
	body     *fyne.Container
	category string
	data     severityData
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
	p.head = kit.NewPageHeader(
		p.Title(),
		kit.NewButton(p.sh.T("charts.open_page", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Charts, Tab: p.category})
		}),
	).WithBack(p.sh.Back)
	p.body = container.NewStack()
	return kit.PageBody(p.head, p.body)
}

// Load reads how every judge scored.
func (p *severityPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (severityData, error) {
		d := severityData{codes: map[judging.WorkID]judging.WorkCode{}}
		var err error
		if d.reports, err = p.office.JudgeReports(ctx); err != nil {
			return d, err
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
	options := p.categories()
	if len(options) == 0 {
		act := kit.NewButton(p.sh.T("app.next_score_act", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Progress})
		})
		page.SetBody(
			p.body,
			kit.Surface(kit.NewEmptyState(p.sh.T("fair.empty", nil), p.sh.T("fair.judges_empty_text", nil), act)),
		)
		return
	}
	if !slices.ContainsFunc(options, func(o kit.Option) bool { return o.Key == p.category }) {
		p.category = options[0].Key
	}
	pick := kit.NewChoiceField(p.sh, p.sh.T("app.col_category", nil), "", "", options)
	pick.SetKey(p.category)
	pick.OnChange = func(key string) { p.category = key; p.show() }
	rows := reportsOf(p.data.reports, p.category)
	list := kit.NewIntervals(
		func(r results.JudgeReport) string { return string(r.Judge) }, severitySpan, severityColumns(p.sh)...,
	)
	list.SetRows(severityScale(p.sh, rows), rows)
	about := kit.Stack(kit.Gap4, kit.NewPara(p.sh.T("fair.judges_about", nil), kit.Body, kit.Plain, 60).Fluid())
	if key := severityCaution(rows); key != "" {
		about.Add(kit.NewPara(p.sh.T(key, nil), kit.Note, kit.Waiting, 60).Fluid())
	}
	top := kit.Split(kit.Gap24, []float32{0, 1}, page.Wide(pick), about)
	lines, works := lookLines(p.sh, rows, p.data.codes)
	if len(lines) == 0 {
		page.SetBody(p.body, kit.Fill(top, list, page.Marked(kit.Done, p.sh.T("fair.look_none", nil))))
		return
	}
	page.SetBody(p.body, kit.Fill(top, page.NewHalves(list, p.notes(lines, works)), nil))
}

// notes lists what is worth a look; a score is opened with its work.
func (p *severityPage) notes(lines []kit.ProblemLine, works []judging.WorkID) fyne.CanvasObject {
	list := kit.NewProblems(p.sh)
	list.OnOpen = func(i int) {
		if works[i] != "" {
			p.sh.Navigate(kit.Route{Kind: page.Explain, ID: string(works[i])})
		}
	}
	list.SetLines(lines)
	return list
}

// categories are the choices: each category with scores, with how much is worth a look.
func (p *severityPage) categories() []kit.Option {
	var out []kit.Option
	for _, r := range p.data.reports {
		if len(out) > 0 && out[len(out)-1].Key == r.Category {
			continue
		}
		rows := reportsOf(p.data.reports, r.Category)
		looks, _ := lookLines(p.sh, rows, nil)
		out = append(out, kit.Option{
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

// severityScale is as wide at both sides of 0 as the most lenient or severe judge needs.
func severityScale(t kit.Texter, rows []results.JudgeReport) kit.Scale {
	most := 1.0
	for _, r := range rows {
		most = max(most, math.Abs(r.Severity)+r.SE)
	}
	most = math.Ceil(most)
	return kit.Scale{Low: -most, High: most, Lines: []kit.ScaleLine{{At: 0, Text: "0"},
		{At: -most, Text: t.T("fair.severe", nil) + fmt.Sprintf(" −%.0f", most)},
		{At: most, Text: t.T("fair.lenient", nil) + fmt.Sprintf(" +%.0f", most)}}}
}

// severitySpan is the severity as a dot with its standard error to both sides; a hollow dot can't be told from 0.
func severitySpan(r results.JudgeReport) kit.Span {
	s := kit.Span{Drawn: r.N > 0, Low: r.Severity - r.SE, At: r.Severity, High: r.Severity + r.SE, Tone: kit.Info}
	if math.Abs(r.Severity) <= r.SE {
		s.Open = true
	}
	if len(r.Hints) > 0 {
		s.Tone = kit.Waiting
	}
	return s
}

func severityColumns(t kit.Texter) []kit.Column[results.JudgeReport] {
	type row = results.JudgeReport
	number := func(key string, least float32, of func(row) string) kit.Column[row] {
		return kit.Column[row]{
			Title: t.T(key, nil), Min: least, Number: true,
			Cell: func(r row) kit.Cell { return kit.Cell{Text: of(r)} },
		}
	}
	return []kit.Column[row]{
		kit.TextColumn(t.T("app.col_judge", nil), 4.5, 0, func(r row) string { return r.Name }),
		{Title: "", Min: 12, Weight: 3},
		{
			Title: t.T("fair.col_severity", nil), Min: 9.5,
			Cell: func(r row) kit.Cell { return severityCell(t, r.Severity, r.SE) },
		},
		number("app.col_scores", 3.5, func(r row) string { return fmt.Sprint(r.N) }),
		number("fair.col_mean", 4, func(r row) string { return fmt.Sprintf("%.1f", r.Mean) }),
		{Title: t.T("fair.col_spread", nil), Min: 6, Cell: func(r row) kit.Cell { return spreadCell(t, r) }},
		{Title: t.T("fair.col_reliability", nil), Min: 5, Cell: func(r row) kit.Cell { return reliabilityCell(t, r) }},
		{Title: t.T("fair.col_look", nil), Min: 6, Weight: 2, Cell: func(r row) kit.Cell { return tagCell(t, r) }},
	}
}

// spreadCell says how far a judge sets works apart: 1.0 as the typical one.
func spreadCell(t kit.Texter, r results.JudgeReport) kit.Cell {
	word := "fair.spread_usual"
	switch {
	case r.Scale < 0.5:
		word = "fair.spread_small"
	case r.Scale > 1.5:
		word = "fair.spread_large"
	}
	return kit.Cell{Text: t.T(word, nil) + fmt.Sprintf(" %.1f", r.Scale)}
}

func reliabilityCell(t kit.Texter, r results.JudgeReport) kit.Cell {
	word := "fair.rely_fair"
	switch {
	case r.Reliability >= 0.7:
		word = "fair.rely_high"
	case r.Reliability < 0.4:
		word = "fair.rely_low"
	}
	return kit.Cell{Text: t.T(word, nil) + fmt.Sprintf(" %.2f", r.Reliability)}
}

// tagCell names the hints in a word each.
func tagCell(t kit.Texter, r results.JudgeReport) kit.Cell {
	var tags []string
	for _, h := range r.Hints {
		tags = append(tags, hintTag(t, h))
	}
	if n := len(r.Odd); n > 0 {
		tags = append(tags, t.T("fair.tag_odd", judging.Args{"N": n}))
	}
	if len(tags) == 0 {
		return kit.Cell{Text: t.T("fair.look_ok", nil), Tone: kit.Quiet}
	}
	return kit.Cell{Text: strings.Join(tags, t.T("kit.comma", nil)), Tone: kit.Waiting}
}

// hintTag is the word for a hint's key.
func hintTag(t kit.Texter, hint string) string {
	return t.T("fair.tag_"+strings.TrimPrefix(hint, "analysis.hint_"), nil)
}

// lookLines tells what is worth a look, with the work of each line, "" for lines about no single work.
func lookLines(
	t kit.Texter, rows []results.JudgeReport, codes map[judging.WorkID]judging.WorkCode,
) (lines []kit.ProblemLine, works []judging.WorkID) {
	add := func(kind, place, text string, work judging.WorkID) {
		lines = append(lines, kit.ProblemLine{Kind: t.T(kind, nil), Place: place, Text: text, Tone: kit.Waiting})
		works = append(works, work)
	}
	for _, r := range rows {
		for _, h := range r.Hints {
			add("fair.look_judge", r.Name, t.T("fair.say_"+strings.TrimPrefix(h, "analysis.hint_"), nil), "")
		}
	}
	for _, r := range rows {
		for _, u := range r.Units {
			add(
				"fair.look_unit", r.Name,
				t.T(upDown("fair.unit_", u.Mean), judging.Args{
					"Unit": u.Unit, "N": u.N, "Points": fmt.Sprintf("%.1f", math.Abs(u.Mean)),
				}),
				"",
			)
		}
	}
	for _, r := range rows {
		for _, o := range r.Odd {
			add(
				"fair.look_odd", r.Name,
				t.T(upDown("fair.odd_", o.Z), judging.Args{
					"Code": string(codes[o.Work]), "Total": judging.Exact(o.Total).String(),
				}),
				o.Work,
			)
		}
	}
	return lines, works
}

// upDown completes a key by the sign of v.
func upDown(key string, v float64) string {
	if v < 0 {
		return key + "low"
	}
	return key + "high"
}
