package results

import (
	"context"
	"slices"
	"strings"

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
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/results"
)

type fairnessOffice interface {
	Analyse(ctx context.Context, req results.AnalysisRequest) (results.Analysis, error)
	VoteAgreement(ctx context.Context, round judging.Round) ([]results.VoteAgreement, error)
}

// fairnessPage shows for each work of a list between which places its true place may lie, with the award lines
// drawn across.
type fairnessPage struct {
	sh     kit.Shell
	office fairnessOffice
	head   *header.Header
	body   *fyne.Container
	list   string
	quick  string
	all    []fairnessList
	table  *table.Intervals[fairnessRow]
	none   unmarked
}

func newFairnessPage(sh kit.Shell, o fairnessOffice, list string) *fairnessPage {
	return &fairnessPage{sh: sh, office: o, list: list}
}

// Keep keeps the list shown.
func (p *fairnessPage) Keep() any { return p.list }

// Restore takes it back.
func (p *fairnessPage) Restore(state any) { p.list, _ = state.(string) }

// Title is the page's name.
func (p *fairnessPage) Title() string { return p.sh.T("fair.title", nil) }

// Report is the sentence that stands before the list on paper.
func (p *fairnessPage) Report() []string {
	if len(p.all) == 0 {
		return nil
	}
	return []string{p.chosen().name, p.chosen().say(p.sh)}
}

// Content builds the head; the rest comes with the places.
func (p *fairnessPage) Content() fyne.CanvasObject {
	p.head = header.New(p.Title(), button.New(p.sh.T("comparepage.open_page", nil), func() {
		p.sh.Navigate(kit.Route{Kind: page.Compare})
	}), button.New(p.sh.T("fair.why", nil), p.onWhy)).WithBack(p.sh.Back)
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads places and what the scores say of them.
func (p *fairnessPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (results.Analysis, error) {
		a, err := p.office.Analyse(ctx, results.AnalysisRequest{})
		if err = p.none.take(err); err == nil && p.none.why != nil {
			p.none.agree, err = p.office.VoteAgreement(ctx, 0)
		}
		return a, err
	}, func(a results.Analysis) {
		p.all = fairnessLists(a)
		p.show()
	})
}

// chosen is the list shown: the one asked for, else the first.
func (p *fairnessPage) chosen() fairnessList {
	at := slices.IndexFunc(p.all, func(l fairnessList) bool { return l.name == p.list })
	return p.all[max(at, 0)]
}

func (p *fairnessPage) show() {
	if p.none.shown(p.sh, p.body) {
		p.table = nil
		return
	}
	if len(p.all) == 0 {
		p.table = nil
		act := button.New(p.sh.T("app.next_score_act", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Progress})
		})
		page.SetBody(
			p.body, lay.Surface(status.NewEmpty(p.sh.T("fair.empty", nil), p.sh.T("fair.empty_text", nil), act)),
		)
		return
	}
	var options []choice.Option
	for _, l := range p.all {
		options = append(options, choice.Option{
			Key:   l.name,
			Title: p.sh.T("fair.list_option", judging.Args{"List": l.name, "Works": len(l.rows), "Open": l.open()}),
		})
	}
	l := p.chosen()
	pick := field.NewChoice(p.sh, p.sh.T("app.result_list", nil), "", "", options)
	pick.SetKey(l.name)
	pick.OnChange = func(key string) { p.list = key; p.show() }
	which := choice.NewSegments(
		[]choice.Option{
			{Title: p.sh.T("kit.all", nil)},
			{Key: stateOpen, Title: p.sh.T("fair.only_open", judging.Args{"N": l.open()})},
		},
		p.quick,
		func(key string) { p.quick = key; p.fill(l) },
	)
	p.table = table.NewIntervals(
		func(r fairnessRow) string { return string(r.Work) },
		func(r fairnessRow) chart.Span { return r.span(l.ListAnalysis) }, fairnessColumns(p.sh)...,
	)
	p.table.OnOpen = p.explain
	p.fill(l)
	lines := look.NewPara(
		p.sh.T("fair.lines", judging.Args{"Lines": cutWords(p.sh, l.Cuts)}), look.Note, look.Quiet, 80,
	).Fluid()
	top := lay.Stack(
		lay.Gap8, p.advice(l),
		lay.Split(lay.Gap24, []float32{0, 1}, page.Wide(pick), lay.Stack(lay.Gap4, lay.Row(0, which), lines)),
	)
	page.SetBody(
		p.body, lay.Fill(top, p.table,
			look.NewPara(strings.Join(l.legend(p.sh), "\n"), look.Note, look.Quiet, 80).Fluid()),
	)
}

// legend says how to read the list and, where scores were corrected, how they scatter.
func (l fairnessList) legend(t kit.Texter) []string {
	out := []string{t.T("fair.legend_short", nil)}
	if n := l.about.Noise; n != nil {
		out = append(out, t.T(n.Text, n.Args))
	}
	return out
}

// fill shows the rows of l, all or the open ones.
func (p *fairnessPage) fill(l fairnessList) {
	rows := l.rows
	if p.quick == stateOpen {
		rows = l.openRows()
	}
	p.table.SetRows(l.scale(), rows)
}

// advice says in one sentence what to do; what that rests on is behind a button.
func (p *fairnessPage) advice(l fairnessList) fyne.CanvasObject {
	tone := look.Done
	if l.open() > 0 {
		tone = look.Waiting
	}
	more := button.NewPlain(p.sh.T("fair.details", nil), func() { p.onDetails(l) })
	return container.NewBorder(
		nil, nil, nil, lay.Stack(lay.Gap4, more), look.NewPara(l.say(p.sh), look.Body, tone, 60).Fluid(),
	)
}

// onDetails shows what the sentence rests on.
func (p *fairnessPage) onDetails(l fairnessList) {
	lines := []string{p.sh.T(l.about.Advice.Text, l.about.Advice.Args)}
	for _, w := range l.about.Warnings {
		lines = append(lines, p.sh.T(w.Text, w.Args))
	}
	lines = append(lines, p.sh.T("fair.legend", nil))
	p.sh.Ask(kit.Question{Title: p.sh.T("fair.details_title", nil), Text: strings.Join(lines, "\n")})
}

func (p *fairnessPage) onWhy() {
	if p.table != nil {
		if r, ok := p.table.Selected(); ok {
			p.explain(r)
			return
		}
	}
	p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("fair.select", nil)})
}

func (p *fairnessPage) explain(r fairnessRow) {
	p.sh.Navigate(kit.Route{Kind: page.Explain, ID: string(r.Work)})
}
