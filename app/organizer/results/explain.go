package results

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/chart"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/results"
	"fayi/judging/terms"
)

type explainOffice interface {
	ExplainWork(ctx context.Context, work string) (results.Explanation, error)
	Rules(ctx context.Context) (judging.Rules, error)
	ScoreHistory(ctx context.Context, work string) ([]judging.Score, error)
}

// explainPage says why a work has its place: in sentences, with every judge's marks, and how sure the place is.
type explainPage struct {
	sh     kit.Shell
	office explainOffice
	work   string
	head   *header.Header
	body   *fyne.Container
	said   []string         // the sentences shown
	code   judging.WorkCode // "" until it is known
}

// Report is what stands before the marks on paper.
func (p *explainPage) Report() []string { return p.said }

// explained is all that the page shows.
type explained struct {
	results.Explanation
	rubric judging.Rubric
}

func newExplainPage(sh kit.Shell, o explainOffice, work string) *explainPage {
	return &explainPage{sh: sh, office: o, work: work}
}

// Title is the page's name, with the work's once it is known: so are its files called.
func (p *explainPage) Title() string {
	return strings.TrimSpace(string(p.code) + " " + p.sh.T("fair.why_title", nil))
}

// Content builds the head; the rest comes with the work.
func (p *explainPage) Content() fyne.CanvasObject {
	print := button.New(p.sh.T("fair.print", nil), p.sh.PrintPage)
	p.head, p.body = header.New(p.sh.T("fair.why_title", nil), print).WithBack(p.sh.Back), container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads every number that made the place.
func (p *explainPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (explained, error) {
		e, err := p.office.ExplainWork(ctx, p.work)
		if err != nil {
			return explained{}, err
		}
		rules, err := p.office.Rules(ctx)
		return explained{e, rules.RubricOf(e.Category)}, err
	}, p.loaded)
}

func (p *explainPage) loaded(e explained) {
	p.code = e.Code
	p.head.SetCount(string(e.Code))
	p.said = []string{p.sh.T("kit.work", judging.Args{"Code": e.Code, "Title": e.Title})}
	for _, s := range e.Sentences {
		p.said = append(p.said, p.sh.T(s.Text, s.Args))
	}
	if len(e.Judges) == 0 {
		page.SetBody(
			p.body,
			lay.Surface(status.NewEmpty(p.sh.T("fair.unscored", nil), p.sh.T("fair.unscored_text", nil), nil)),
		)
		return
	}
	table := table.New(
		func(j results.ExplainedScore) string { return string(j.Judge) }, explainColumns(p.sh, e.rubric, e.Judges)...,
	).Keep(p.sh, "explain")
	table.SetRows(e.Judges)
	few := min(len(e.Judges), 4) // the sentences want the room more
	table.Short(few)
	table.OnOpen = p.onHistory
	table.Acts = func(j results.ExplainedScore) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("fair.history", nil), func() { p.onHistory(j) })}
	}
	rows := lay.Blank(0, look.RowHeight()*(1.3+float32(few)))
	marks := lay.Fill(
		look.NewText(p.sh.T("fair.marks", judging.Args{"N": len(e.Judges)}), look.Section, look.Plain),
		container.NewStack(rows, table), nil,
	)
	scrolled := func(o fyne.CanvasObject) fyne.CanvasObject {
		return lay.Surface(lay.VScroll(page.ClearOfBar(o)))
	}
	page.SetBody(
		p.body,
		lay.Fill(
			nil,
			lay.Split(
				lay.Gap16, []float32{5, 4}, scrolled(p.sentences(e.Sentences)), scrolled(p.chances(e.Explanation)),
			),
			marks,
		),
	)
}

// sentences sets the explanation below each other; what is only for reference comes after a line.
func (p *explainPage) sentences(list []results.Remark) fyne.CanvasObject {
	out := lay.Stack(lay.Gap8)
	for _, s := range list {
		if strings.HasPrefix(s.Text, "analysis.say_method_") {
			out.Add(lay.Line())
		}
		out.Add(look.NewPara(p.sh.T(s.Text, s.Args), look.Body, look.Plain, 40).Fluid())
	}
	return out
}

// chances says in numbers how sure the place and each award are.
func (p *explainPage) chances(e results.Explanation) fyne.CanvasObject {
	tiles := lay.Flow(
		lay.Gap24, status.NewTile(p.sh.T("app.col_place", nil), page.PlaceNumber(e.Place).Text, look.Plain),
		status.NewTile(p.sh.T("fair.col_range", nil), rangeCell(fairnessRow{Standing: e.Standing}).Text, look.Plain),
		status.NewTile(p.sh.T("app.col_official", nil), judging.Decimal(e.Official, 2), look.Plain),
	)
	out := lay.Stack(lay.Gap8, tiles)
	if len(e.Chances) == 0 {
		return out
	}
	out.Add(look.NewPara(p.sh.T("fair.chances", nil), look.Note, look.Quiet, 60).Fluid())
	var bars []chart.Bar
	for _, c := range e.Chances {
		bars = append(bars, chart.Bar{Label: c.Award, Value: 100 * c.P, High: 100, Text: percentOf(c.P)})
	}
	out.Add(chart.NewBars(bars))
	return out
}

// explainColumns has a column for each criterion that one of the judges gave a mark for.
func explainColumns(
	t kit.Texter, r judging.Rubric, judges []results.ExplainedScore,
) []table.Column[results.ExplainedScore] {
	type row = results.ExplainedScore
	number := func(key string, least float32, of func(row) table.Cell) table.Column[row] {
		return table.Column[row]{Title: t.T(key, nil), Min: least, Number: true, Cell: of}
	}
	out := []table.Column[row]{
		table.NameColumn(t.T("app.col_judge", nil), 5, 0.5, func(j row) string { return j.Name }),
	}
	out = append(
		out,
		number("fair.col_total", 3, func(j row) table.Cell {
			return table.Cell{Text: judging.Exact(j.Total).String(), Tone: countTone(j)}
		}),
		table.Column[row]{
			Title: t.T("fair.col_counts", nil), Min: 5, Weight: 1,
			Cell: func(j row) table.Cell { return countCell(t, j) },
		},
		table.Column[row]{Title: t.T("fair.col_severity", nil), Min: 8, Weight: 1, Cell: func(j row) table.Cell {
			if j.Void != "" {
				return table.Cell{}
			}
			return severityCell(t, j.Severity, j.SeveritySE)
		}},
	)
	for _, c := range r.Criteria {
		if !slices.ContainsFunc(judges, func(j row) bool { _, ok := j.Marks[c.Name]; return ok }) {
			continue
		}
		out = append(out, table.Column[row]{
			Title: c.Name, Min: max(6, float32(utf8.RuneCountInString(c.Name))+1), Weight: 0.5, Number: true,
			Cell: func(j row) table.Cell { return markCell(t, j, c.Name) },
		})
	}
	return out
}

func markCell(t kit.Texter, j results.ExplainedScore, criterion string) table.Cell {
	v, ok := j.Marks[criterion]
	switch {
	case !ok:
		return table.Cell{Text: "—", Tone: look.Quiet}
	case !terms.Applies(v):
		return table.Cell{Text: t.T("desk.not_applicable", nil), Tone: look.Quiet}
	}
	return table.Cell{Text: judging.Exact(v).String(), Tone: countTone(j)}
}

// countTone is quiet for marks that do not count.
func countTone(j results.ExplainedScore) look.Tone {
	if j.Void != "" || j.Dropped {
		return look.Quiet
	}
	return look.Plain
}

// countCell says whether a score counts, with a cross where it does not.
func countCell(t kit.Texter, j results.ExplainedScore) table.Cell {
	switch {
	case j.Void != "":
		return table.Cell{Text: "× " + t.T("fair.void", nil), Tone: look.Problem}
	case j.Dropped:
		return table.Cell{Text: "× " + t.T("fair.dropped", nil), Tone: look.Waiting}
	}
	return table.Cell{Text: t.T("fair.counts", nil), Tone: look.Done}
}

// severityCell says how many points a judge gives more or less than others, and in a word whether that is more
// than chance.
func severityCell(t kit.Texter, severity, se float64) table.Cell {
	word := "fair.even"
	switch {
	case severity > se:
		word = "fair.lenient"
	case severity < -se:
		word = "fair.severe"
	}
	if se == 0 || math.IsNaN(se) {
		return table.Cell{Text: "—", Tone: look.Quiet}
	}
	return table.Cell{Text: t.T(word, nil) + " " + withError(severity, se)}
}

// withError writes a number with its sign and its error: “−1.5 ± 0.4”.
func withError(v, se float64) string {
	size := judging.Decimal(math.Abs(v), 1)
	switch {
	case size == "0":
	case v < 0:
		size = "−" + size
	default:
		size = "+" + size
	}
	return size + " ± " + judging.Decimal(se, 1)
}
