package scoring

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"

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
	"fayi/judging/office"
	"fayi/judging/office/audience"
)

type audienceOffice interface {
	Rules(ctx context.Context) (judging.Rules, error)
	Audience() audience.Stage
}

// audiencePage lists the lists of votes of an audience that came in, takes more in, and takes one back.
type audiencePage struct {
	sh     kit.Shell
	office audienceOffice
	body   *fyne.Container
	table  *table.Table[audience.List]
	last   audience.Request // to be written less often
}

func newAudiencePage(sh kit.Shell, o *office.Office) *audiencePage {
	return &audiencePage{sh: sh, office: o}
}

// Title is the page's name.
func (p *audiencePage) Title() string { return p.sh.T("audiencepage.title", nil) }

// Content builds the frame.
func (p *audiencePage) Content() fyne.CanvasObject {
	p.body = container.NewStack()
	text := func(key string, least, weight float32, of func(audience.List) string) table.Column[audience.List] {
		return table.TextColumn(p.sh.T("audience.col_"+key, nil), least, weight, of)
	}
	number := func(key string, least float32, of func(audience.List) int) table.Column[audience.List] {
		c := text(key, least, 0, func(l audience.List) string { return strconv.Itoa(of(l)) })
		c.Number = true
		return c
	}
	p.table = table.New(func(l audience.List) string { return l.ID },
		text("source", 8, 2, func(l audience.List) string { return l.Source }),
		text("period", 8, 1, func(l audience.List) string { return l.Period }),
		text("file", 8, 2, func(l audience.List) string { return l.File }),
		number("works", 4, func(l audience.List) int { return len(l.Counts) }),
		number("votes", 5, func(l audience.List) int { return l.Votes }),
		table.Column[audience.List]{Title: p.sh.T("audience.col_state", nil), Min: 6, Cell: p.state},
	)
	p.table.OnOpen = p.onOpen
	head := header.New(
		p.Title(), button.NewPrimary(p.sh.T("audiencepage.take", nil), p.onTake),
	).WithBack(p.sh.Back)
	return header.Page(head, p.body)
}

func (p *audiencePage) state(l audience.List) table.Cell {
	tone := look.Quiet
	if l.Holds {
		tone = look.Done
	}
	return table.Cell{Text: p.sh.T("audience."+l.State(), nil), Tone: tone}
}

// Load reads the lists and what the rules make of them.
func (p *audiencePage) Load() {
	var rules judging.Rules
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (all []audience.List, err error) {
			if rules, err = p.office.Rules(ctx); err != nil {
				return nil, err
			}
			return p.office.Audience().Lists(ctx)
		},
		func(all []audience.List) { p.show(rules, all) },
	)
}

func (p *audiencePage) show(rules judging.Rules, all []audience.List) {
	said := p.sh.T("audiencepage.unasked", nil)
	if rules.Audience != nil {
		weight := judging.Exact(rules.Audience.Weight).String()
		said = p.sh.T("audiencepage.weighs", judging.Args{"Weight": weight})
	}
	top := lay.Stack(lay.Gap8, look.NewPara(said, look.Body, look.Quiet, 60).Fluid(),
		lay.Row(0, button.New(p.sh.T("audiencepage.to_rules", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.EditRules, Tab: page.RuleBasics})
		})))
	if len(all) == 0 {
		empty := status.NewEmpty(p.sh.T("audiencepage.empty", nil), p.sh.T("audiencepage.empty_text", nil), nil)
		page.SetBody(p.body, lay.Fill(top, lay.Surface(empty), nil))
		return
	}
	last := all[len(all)-1]
	p.last.Source, p.last.Period = last.Source, last.Period
	p.table.SetRows(all)
	page.SetBody(p.body, lay.Fill(top, p.table, nil))
}

// onTake asks for a file and for where its votes come from.
func (p *audiencePage) onTake() {
	p.sh.OpenFile([]string{".xlsx", ".xls", ".csv", ".ods"}, func(path string) {
		rule := field.TextRule{Required: true, Limit: 60}
		source := field.NewText(p.sh, p.sh.T("audiencepage.source", nil), p.sh.T("audiencepage.source_help", nil), rule)
		period := field.NewText(p.sh, p.sh.T("audiencepage.period", nil), p.sh.T("audiencepage.period_help", nil), rule)
		source.SetText(p.last.Source)
		period.SetText(p.last.Period)
		p.sh.Ask(kit.Question{
			Title:   p.sh.T("audiencepage.from_title", nil),
			Text:    p.sh.T("audiencepage.from_text", judging.Args{"File": filepath.Base(path)}),
			Content: field.NewForm(source, period), Action: p.sh.T("audiencepage.look", nil),
			Do: func() error {
				if !source.Changed() || !period.Changed() {
					return kit.ErrShown
				}
				p.weigh(audience.Request{Path: path, Source: source.Text(), Period: period.Text()})
				return nil
			},
		})
	})
}

// weigh shows what a list brings before anything is written.
func (p *audiencePage) weigh(req audience.Request) {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (audience.Report, error) {
			return p.office.Audience().Weigh(ctx, req)
		},
		func(r audience.Report) {
			if r.Known {
				said := p.sh.T("audience.cli_known", judging.Args{"Source": r.Source})
				p.sh.Tell(kit.Notice{Tone: look.Done, Text: said})
				return
			}
			req.Over = r.Over
			act := "audiencepage.confirm"
			if r.Over != "" {
				act = "audiencepage.replace"
			}
			p.sh.Ask(kit.Question{
				Title: p.sh.T("audiencepage.confirm_title", judging.Args{"File": r.File}),
				Text: p.sh.T("audiencepage.sum", judging.Args{
					"Source": r.Source, "Read": r.Read, "Votes": r.Votes, "Problems": len(r.Problems),
					"Missing": len(r.Missing), "Changes": len(r.Changes), "Over": r.Over != "",
				}),
				Content: p.details(r), Action: p.sh.T(act, nil),
				Do: func() error {
					p.take(req)
					return nil
				},
			})
		},
	)
}

// take keeps the list.
func (p *audiencePage) take(req audience.Request) {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (audience.Report, error) {
			return p.office.Audience().Take(ctx, req)
		},
		func(r audience.Report) {
			p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("audiencepage.taken", judging.Args{
				"Source": r.Source, "Read": r.Read, "Votes": r.Votes,
			})})
			p.Load()
		},
	)
}

// mostTold is how many lines of a kind the question shows.
const mostTold = 8

// details are the changes, the rows left out and the works that a list does not tell of; nil for none.
func (p *audiencePage) details(r audience.Report) fyne.CanvasObject {
	var changed, left, missing []string
	stated := func(n *int) string {
		if n == nil {
			return p.sh.T("audience.unstated", nil)
		}
		return fmt.Sprint(*n)
	}
	for _, c := range r.Changes {
		changed = append(changed, p.sh.T("audience.cli_change", judging.Args{
			"Code": c.Code, "Title": c.Title, "Old": stated(c.Old), "New": stated(c.New),
		}))
	}
	for _, l := range page.ProblemLines(p.sh, r.Problems) {
		left = append(left, l.Place+"："+l.Text)
	}
	for _, code := range r.Missing {
		missing = append(missing, string(code))
	}
	out := lay.Stack(lay.Gap16)
	for _, part := range []struct {
		key   string
		lines []string
		tone  look.Tone
	}{
		{"changed", changed, look.Plain}, {"left_out", left, look.Problem}, {"missing", missing, look.Waiting},
	} {
		if len(part.lines) == 0 {
			continue
		}
		list := lay.Stack(lay.Gap4, look.NewStrong(p.sh.T("audiencepage."+part.key, nil), look.Body, look.Plain))
		for _, line := range part.lines[:min(mostTold, len(part.lines))] {
			list.Add(look.NewPara(line, look.Body, part.tone, 30).Fluid())
		}
		if more := len(part.lines) - mostTold; more > 0 {
			list.Add(look.NewText(p.sh.T("audiencepage.more", judging.Args{"N": more}), look.Body, look.Quiet))
		}
		out.Add(list)
	}
	if len(out.Objects) == 0 {
		return nil
	}
	return out
}

// onOpen says what a list rests on, and takes one that holds back.
func (p *audiencePage) onOpen(l audience.List) {
	about := p.sh.T("audiencepage.about", judging.Args{
		"File": l.File, "At": l.At.Local().Format("2006-01-02 15:04"), "By": l.By, "Sum": l.Sum,
	})
	if !l.Holds {
		p.sh.Ask(kit.Question{Title: l.Source, Text: about + "\n" + l.Withdrawn})
		return
	}
	reason := field.NewText(p.sh, p.sh.T("app.fact_reason", nil), "", field.TextRule{Required: true, Limit: 100})
	p.sh.Ask(kit.Question{
		Title:   p.sh.T("audiencepage.withdraw_title", judging.Args{"Source": l.Source}),
		Text:    about + "\n" + p.sh.T("audiencepage.withdraw_text", nil),
		Content: reason, Action: p.sh.T("audiencepage.withdraw", nil),
		Do: func() error {
			err := p.office.Audience().Withdraw(context.Background(), l.ID, reason.Text())
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}
