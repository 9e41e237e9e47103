package awards

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/awards"
)

type disputesOffice interface {
	Disputes(ctx context.Context) ([]awards.DisputedWork, error)
	SettleDispute(
		ctx context.Context, work string, exit judging.DisputeExit, judge judging.JudgeID, reason string,
	) (judging.JudgeID, error)
	AwardInfluence(ctx context.Context) ([]awards.JudgeInfluence, error)
	Rules(ctx context.Context) (judging.Rules, error)
	Judges(ctx context.Context) ([]judging.Judge, error)
}

// disputesPage is the queue of works on which judges are far apart, and below it what each judge moved.
type disputesPage struct {
	sh     kit.Shell
	office disputesOffice
	head   *header.Header
	body   *fyne.Container
	table  *table.Table[awards.DisputedWork]
	data   disputesData
}

type disputesData struct {
	works  []awards.DisputedWork
	judges []awards.JudgeInfluence
	rule   judging.Dispute
}

func newDisputesPage(sh kit.Shell, o disputesOffice) *disputesPage {
	return &disputesPage{sh: sh, office: o}
}

// Title is the page's name.
func (p *disputesPage) Title() string { return p.sh.T("disputes.title", nil) }

// Content builds the frame.
func (p *disputesPage) Content() fyne.CanvasObject {
	p.head, p.body = header.New(p.Title()).WithBack(p.sh.Back), container.NewStack()
	p.table = table.New(
		func(d awards.DisputedWork) string { return string(d.Work) }, disputeColumns(p.sh)...,
	).Keep(p.sh, "disputes")
	p.table.OnOpen = func(d awards.DisputedWork) { p.sh.Navigate(kit.Route{Kind: page.Explain, ID: string(d.Work)}) }
	p.table.Acts = func(d awards.DisputedWork) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(p.sh.T("fair.why", nil), func() { p.table.OnOpen(d) })}
	}
	return header.Page(p.head, p.body)
}

func disputeColumns(t kit.Texter) []table.Column[awards.DisputedWork] {
	text := func(
		key string, min, weight float32, of func(awards.DisputedWork) string,
	) table.Column[awards.DisputedWork] {
		return table.TextColumn(t.T(key, nil), min, weight, of)
	}
	state := text("disputes.col_state", 5, 0, nil)
	state.Cell = func(d awards.DisputedWork) table.Cell {
		tones := map[awards.DisputeState]look.Tone{
			awards.DisputeOpen: look.Waiting, awards.DisputeUnderway: look.Info, awards.DisputeSettled: look.Done,
		}
		if d.State == awards.DisputeUnderway && d.Waiting > 0 {
			return table.Cell{Text: t.T("disputes.waiting", judging.Args{"N": d.Waiting}), Tone: look.Info}
		}
		return table.Cell{Text: t.T("board.dispute_"+string(d.State), nil), Tone: tones[d.State]}
	}
	apart := text("disputes.col_range", 4, 0, func(d awards.DisputedWork) string {
		if len(d.Before) == 0 {
			return judging.Exact(d.Range).String()
		}
		return changed(judging.Exact(d.RangeBefore).String(), judging.Exact(d.Range).String())
	})
	apart.Number, apart.Compare = true, func(a, b awards.DisputedWork) int { return cmp.Compare(a.Range, b.Range) }
	return []table.Column[awards.DisputedWork]{
		text("disputes.col_code", 5, 0, func(d awards.DisputedWork) string { return string(d.Code) }),
		text("disputes.col_title", 8, 3, func(d awards.DisputedWork) string { return d.Title }),
		text("disputes.col_list", 6, 1, func(d awards.DisputedWork) string {
			return strings.TrimSpace(d.Category + " " + d.Group)
		}),
		text("disputes.col_totals", 8, 1, func(d awards.DisputedWork) string {
			return changed(totals(d.Before), totals(d.Totals))
		}),
		apart,
		text("disputes.col_exit", 7, 1, func(d awards.DisputedWork) string {
			return t.T("board.exit_"+string(d.Exit), nil)
		}),
		state,
	}
}

// changed says what something was and what it has become.
func changed(was, is string) string {
	if was == "" || was == is {
		return is
	}
	return was + " → " + is
}

func totals(all []float64) string {
	words := make([]string, len(all))
	for i, v := range all {
		words[i] = judging.Exact(v).String()
	}
	return strings.Join(words, "  ")
}

// Load reads the queue.
func (p *disputesPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (d disputesData, err error) {
		if d.works, err = p.office.Disputes(ctx); err != nil {
			return d, err
		}
		rules, err := p.office.Rules(ctx)
		if err != nil {
			return d, err
		}
		d.rule = rules.Dispute
		d.judges, err = p.office.AwardInfluence(ctx)
		return d, err
	}, func(d disputesData) {
		p.data = d
		p.show()
	})
}

func (p *disputesPage) show() {
	influence := lay.Surface(lay.VScroll(page.NewListed(page.ClearOfBar(p.influence()), p.influenceSheet)))
	if len(p.data.works) == 0 {
		key := "disputes.none_text"
		if p.data.rule.Range == 0 {
			key = "disputes.no_rule_text"
		}
		state := status.NewEmpty(
			p.sh.T("disputes.none", nil),
			p.sh.T(key, judging.Args{"Range": judging.Exact(p.data.rule.Range).String()}), nil,
		)
		page.SetBody(p.body, page.NewHalves(lay.Surface(state), influence))
		return
	}
	p.head.SetCount(p.sh.T("disputes.count", judging.Args{"N": len(p.data.works)}))
	p.table.SetRows(p.data.works)
	acts := lay.Flow(lay.Gap8)
	for _, exit := range []judging.DisputeExit{judging.Third, judging.Rescore, judging.Consensus, judging.Accept} {
		acts.Add(button.New(p.sh.T("board.exit_"+string(exit), nil), func() { p.onSettle(exit) }))
	}
	about := look.NewPara(
		p.sh.T("disputes.about", judging.Args{"Range": judging.Exact(p.data.rule.Range).String()}), look.Note,
		look.Quiet, 70,
	).Fluid()
	page.SetBody(p.body, page.NewHalves(lay.Fill(about, p.table, acts), influence))
}

// onSettle does something about the selected work.
func (p *disputesPage) onSettle(exit judging.DisputeExit) {
	d, ok := p.table.Selected()
	if !ok {
		p.sh.Tell(kit.Notice{Tone: look.Info, Text: p.sh.T("fair.select", nil)})
		return
	}
	reason := field.NewText(p.sh, p.sh.T("awardboard.reason", nil), "", field.TextRule{
		Required: true, Limit: 300, Lines: 2,
	})
	p.sh.Ask(kit.Question{
		Title:   p.sh.T("board.exit_"+string(exit), nil),
		Text:    p.sh.T("disputes.ask_"+string(exit), judging.Args{"Work": d.Code, "Title": d.Title}),
		Action:  p.sh.T("disputes.do", nil),
		Content: reason,
		Draft:   "dispute/" + string(exit) + "/" + string(d.Work),
		Do: func() error {
			judge, err := p.office.SettleDispute(context.Background(), string(d.Work), exit, "", reason.Text())
			if err == nil {
				if judge != "" {
					p.tellAdded(judge)
				}
				p.Load()
			}
			return err
		},
	})
}

// tellAdded says who was asked to score the work too.
func (p *disputesPage) tellAdded(id judging.JudgeID) {
	name := ""
	all, err := p.office.Judges(context.Background())
	for _, j := range all {
		if err == nil && j.ID == id {
			name = j.Name
		}
	}
	p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("disputes.added", judging.Args{"Judge": name})})
}

// influence lists which awards would change without each judge, those who move most first.
func (p *disputesPage) influence() fyne.CanvasObject {
	box := lay.Stack(
		lay.Gap8, look.NewStrong(p.sh.T("disputes.influence", nil), look.Section, look.Plain),
		look.NewPara(p.sh.T("disputes.influence_about", nil), look.Note, look.Quiet, 60).Fluid(),
	)
	calm := 0
	for _, j := range p.data.judges {
		if len(j.Changes) == 0 {
			calm++
			continue
		}
		line := make([]string, 0, len(j.Changes))
		for _, c := range j.Changes {
			line = append(line, fmt.Sprintf("%s %s→%s", c.Code, orDash(c.From), orDash(c.To)))
		}
		box.Add(look.NewStrong(
			p.sh.T("disputes.without", judging.Args{"Name": j.Name, "N": len(j.Changes)}), look.Body, look.Plain,
		))
		box.Add(look.NewPara(strings.Join(line, p.sh.T("kit.comma", nil)), look.Note, look.Plain, 70).Fluid())
	}
	if calm > 0 {
		box.Add(look.NewText(p.sh.T("disputes.calm", judging.Args{"N": calm}), look.Note, look.Quiet))
	}
	return box
}

// influenceSheet is influence in words, as it is printed.
func (p *disputesPage) influenceSheet() kit.Sheet {
	s := kit.Sheet{Title: p.sh.T("disputes.influence", nil), Right: make([]bool, 4)}
	for _, head := range []string{"app.col_judge", "app.col_code", "disputes.col_with", "disputes.col_without"} {
		s.Heads = append(s.Heads, p.sh.T(head, nil))
	}
	for _, j := range p.data.judges {
		for _, c := range j.Changes {
			s.Rows = append(s.Rows, []string{j.Name, string(c.Code), orDash(c.From), orDash(c.To)})
		}
	}
	return s
}

func orDash(award string) string {
	if award == "" {
		return "—"
	}
	return award
}
