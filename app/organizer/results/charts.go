package results

import (
	"context"
	"io"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/chart"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/office/results"
)

type chartsOffice interface {
	ScoreSpreads(ctx context.Context) ([]results.ScoreSpread, error)
	severityOffice
	fairnessOffice
}

// chartsPage draws the scores of a category: how they lie, how severe judges are, how sure places are, how far
// judges agree. Each drawing can be saved.
type chartsPage struct {
	sh       kit.Shell
	office   chartsOffice
	body     *fyne.Container
	save     *button.Button
	category string
	tab      string
	data     chartsData
	chart    *chart.Chart
	none     unmarked
}

// chartsData is all that the page draws.
type chartsData struct {
	spreads []results.ScoreSpread
	reports []results.JudgeReport
	lists   []fairnessList
}

// The drawings.
const (
	chartAll       = "all"
	chartJudges    = "judges"
	chartSeverity  = "severity"
	chartPlaces    = "places"
	chartAgreement = "agreement"
)

func newChartsPage(sh kit.Shell, o chartsOffice, category string) *chartsPage {
	return &chartsPage{sh: sh, office: o, category: category, tab: chartAll}
}

// chartsPlace is what is kept while one is elsewhere.
type chartsPlace struct{ category, tab string }

// Keep keeps category and drawing.
func (p *chartsPage) Keep() any { return chartsPlace{p.category, p.tab} }

// Restore takes them back.
func (p *chartsPage) Restore(state any) {
	if s, ok := state.(chartsPlace); ok {
		p.category, p.tab = s.category, s.tab
	}
}

// Title is the page's name.
func (p *chartsPage) Title() string { return p.sh.T("charts.title", nil) }

// Content builds the frame.
func (p *chartsPage) Content() fyne.CanvasObject {
	p.save, p.body = button.New(p.sh.T("charts.save", nil), p.onSave), container.NewStack()
	p.save.Disable()
	return header.Page(header.New(p.Title(), p.save).WithBack(p.sh.Back), p.body)
}

// Load reads the scores and what is said of them.
func (p *chartsPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (d chartsData, err error) {
		if d.spreads, err = p.office.ScoreSpreads(ctx); err != nil || len(d.spreads) == 0 {
			return d, p.none.take(err)
		}
		if d.reports, err = p.office.JudgeReports(ctx); err != nil {
			return d, err
		}
		a, err := p.office.Analyse(ctx, results.AnalysisRequest{})
		d.lists = fairnessLists(a)
		return d, err
	}, func(d chartsData) {
		p.data = d
		p.show()
	})
}

func (p *chartsPage) show() {
	if p.none.shown(p.sh, p.body) {
		p.save.Disable()
		return
	}
	if len(p.data.spreads) == 0 {
		act := button.New(p.sh.T("app.next_score_act", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Progress})
		})
		page.SetBody(
			p.body, lay.Surface(status.NewEmpty(p.sh.T("fair.empty", nil), p.sh.T("charts.empty_text", nil), act)),
		)
		return
	}
	p.save.Enable()
	var options []choice.Option
	for _, s := range p.data.spreads {
		options = append(options, choice.Option{Key: s.Category, Title: s.Category})
	}
	s := p.spread()
	pick := field.NewChoice(p.sh, p.sh.T("app.col_category", nil), "", "", options)
	pick.SetKey(s.Category)
	pick.OnChange = func(key string) { p.category = key; p.show() }
	var tabs []choice.Option
	for _, key := range []string{chartAll, chartJudges, chartSeverity, chartPlaces, chartAgreement} {
		tabs = append(tabs, choice.Option{Key: key, Title: p.sh.T("charts.tab_"+key, nil)})
	}
	which := choice.NewSegments(tabs, p.tab, func(key string) { p.tab = key; p.show() })
	p.chart = p.draw(s)
	top := lay.Split(
		lay.Gap16, []float32{0, 1}, container.NewStack(lay.Blank(look.Em(10), 0), pick),
		container.NewBorder(nil, lay.Row(0, which), nil, nil),
	)
	note := look.NewPara(p.sh.T(p.legend(), nil), look.Note, look.Quiet, 80).Fluid()
	page.SetBody(p.body, lay.Fill(top, lay.Surface(lay.Scroll(page.ClearOfBar(p.chart))), note))
}

// spread is the category chosen, or the first.
func (p *chartsPage) spread() results.ScoreSpread {
	at := slices.IndexFunc(p.data.spreads, func(s results.ScoreSpread) bool { return s.Category == p.category })
	return p.data.spreads[max(at, 0)]
}

// legend is the key of the sentences that say how the drawing is read.
func (p *chartsPage) legend() string {
	if p.tab == chartSeverity {
		return "fair.judges_about"
	}
	return "charts." + p.tab + "_text"
}

func (p *chartsPage) draw(s results.ScoreSpread) *chart.Chart {
	switch p.tab {
	case chartJudges:
		return chart.New(3, judgePlots(p.sh, s)...)
	case chartSeverity:
		return chart.New(1, severityPlot(p.sh, reportsOf(p.data.reports, s.Category)))
	case chartPlaces:
		return chart.New(1, placePlots(p.data.lists, s.Category)...)
	case chartAgreement:
		return chart.New(1, agreementPlots(p.sh, s.Agreement)...)
	}
	return chart.New(1, scorePlot(p.sh, s))
}

// pictureWidth is that of saved drawings, in device-independent pixels: half a page at 300 dots an inch.
const pictureWidth = 960

// onSave writes what is drawn as a picture.
func (p *chartsPage) onSave() {
	title := p.sh.T("charts.picture_title", judging.Args{
		"Category": p.spread().Category, "Chart": p.sh.T("charts.tab_"+p.tab, nil),
	})
	p.sh.SaveFile(page.FileName(title)+".png", func(path string) {
		data, err := p.chart.PNG(title, pictureWidth)
		if err != nil {
			p.sh.ShowError(err)
			return
		}
		kit.Fetch(p.sh, p.sh.T("app.exporting", nil), func(context.Context, kit.Progress) (string, error) {
			return path, writePicture(path, data)
		}, func(path string) { page.TellWritten(p.sh, path, p.sh.T("charts.saved", judging.Args{"Path": path})) })
	})
}

// writePicture puts data at path whole or not at all.
func writePicture(path string, data []byte) error {
	err := atomicfile.Write(path, 0o644, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return judging.Fail(judging.Unavailable, "media.unwritable", nil).Because(err)
	}
	return nil
}
