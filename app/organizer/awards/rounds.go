package awards

import (
	"cmp"
	"context"
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

type roundsOffice interface {
	Rounds(ctx context.Context) (awards.RoundBoard, error)
	NextRound(ctx context.Context, early bool) ([]judging.WorkID, error)
	UndoRound(ctx context.Context, reason string) error
}

// roundsPage shows the round a contest is in, what each round's scores were and who would go on, and begins the
// next round.
type roundsPage struct {
	sh     kit.Shell
	office roundsOffice
	head   *fyne.Container
	body   *fyne.Container
	data   awards.RoundBoard
}

func newRoundsPage(sh kit.Shell, o roundsOffice) *roundsPage {
	return &roundsPage{sh: sh, office: o}
}

// Title is the page's name.
func (p *roundsPage) Title() string { return p.sh.T("rounds.title", nil) }

// Content builds the frame.
func (p *roundsPage) Content() fyne.CanvasObject {
	p.head, p.body = container.NewStack(header.New(p.Title()).WithBack(p.sh.Back)), container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads how the rounds stand.
func (p *roundsPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (awards.RoundBoard, error) {
		return p.office.Rounds(ctx)
	}, func(b awards.RoundBoard) {
		p.data = b
		p.show()
	})
}

func (p *roundsPage) show() {
	b := p.data
	p.showHead()
	if b.Next == "" && b.Round < 2 {
		act := button.New(p.sh.T("rounds.to_rules", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.EditRules, Tab: page.RuleAwards})
		})
		page.SetBody(
			p.body, lay.Surface(status.NewEmpty(p.sh.T("rounds.none", nil), p.sh.T("rounds.none_text", nil), act)),
		)
		return
	}
	table := table.New(
		func(w awards.RoundWork) string { return string(w.Work) }, roundColumns(p.sh, b)...,
	).Keep(p.sh, "rounds")
	table.OnOpen = func(w awards.RoundWork) { p.sh.Navigate(kit.Route{Kind: page.Explain, ID: string(w.Work)}) }
	table.SetRows(b.Works)
	page.SetBody(p.body, lay.Fill(p.about(), table, nil))
}

func (p *roundsPage) showHead() {
	b := p.data
	var acts []fyne.CanvasObject
	if b.Round > 1 {
		undo := button.New(p.sh.T("rounds.undo", nil), p.onUndo)
		if b.Planned {
			undo.Disable()
		}
		acts = append(acts, undo)
	}
	if b.Round > 1 && b.Scored == 0 {
		acts = append(
			acts,
			button.NewPrimary(p.sh.T("rounds.to_assign", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Assign}) }),
		)
	}
	if b.Next != "" {
		next := button.NewPrimary(p.sh.T("rounds.begin", judging.Args{"Next": b.Next}), p.onNext)
		if b.Scored == 0 || b.On == 0 {
			next.Disable()
		}
		acts = append(acts, next)
	}
	head := header.New(p.Title(), acts...).WithBack(p.sh.Back)
	head.SetCount(p.sh.T("rounds.in", judging.Args{
		"Round": int(b.Round), "Name": roundName(p.sh, b.Rounds, int(b.Round)), "N": len(b.Works),
	}))
	page.SetBody(p.head, head)
}

// roundName is the name of the k-th round; the first one has none in the rules.
func roundName(t kit.Texter, names []string, k int) string {
	if k <= 1 || k > len(names) || names[k-1] == "" {
		return t.T("rounds.first", nil)
	}
	return names[k-1]
}

// about says who would go on, list by list.
func (p *roundsPage) about() fyne.CanvasObject {
	b := p.data
	box := lay.Stack(lay.Gap4)
	if b.Next == "" {
		box.Add(look.NewPara(p.sh.T("rounds.last", nil), look.Note, look.Quiet, 70).Fluid())
		return box
	}
	if b.Scored == 0 {
		box.Add(
			look.NewPara(p.sh.T("rounds.unscored", judging.Args{"Next": b.Next}), look.Body, look.Waiting, 70).Fluid(),
		)
		return box
	}
	var lists []string
	for _, l := range b.Lists {
		lists = append(
			lists,
			p.sh.T("rounds.list_line", judging.Args{
				"List": strings.TrimSpace(l.Category + " " + l.Group), "On": l.On, "Ranked": l.Ranked,
				"Cut": judging.Exact(l.Cut).String(),
			}),
		)
	}
	box.Add(
		look.NewPara(
			p.sh.T("rounds.would", judging.Args{"N": b.On, "Next": b.Next}), look.Body, look.Plain, 70,
		).Fluid(),
	)
	box.Add(look.NewPara(strings.Join(lists, p.sh.T("kit.semicolon", nil)), look.Note, look.Quiet, 70).Fluid())
	if b.Waiting > 0 {
		box.Add(
			look.NewPara(p.sh.T("rounds.waiting", judging.Args{"N": b.Waiting}), look.Note, look.Waiting, 70).Fluid(),
		)
	}
	return box
}

// roundColumns has a column for the score of each round by itself.
func roundColumns(t kit.Texter, b awards.RoundBoard) []table.Column[awards.RoundWork] {
	type row = awards.RoundWork
	score := func(title string, of func(row) *float64) table.Column[row] {
		at := func(r row) float64 {
			if v := of(r); v != nil {
				return *v
			}
			return -1
		}
		return table.Column[row]{
			Title: title, Min: 5, Number: true, Compare: func(a, b row) int { return cmp.Compare(at(a), at(b)) },
			Cell: func(r row) table.Cell {
				v := of(r)
				if v == nil {
					return table.Cell{Text: "—", Tone: look.Quiet}
				}
				return table.Cell{Text: judging.Decimal(*v, 2)}
			},
		}
	}
	out := []table.Column[row]{
		table.TextColumn(t.T("app.result_list", nil), 8, 1, func(r row) string {
			return strings.TrimSpace(r.Category + " " + r.Group)
		}),
		{
			Title: t.T("app.col_place", nil), Min: 3, Number: true,
			Cell:    func(r row) table.Cell { return page.PlaceNumber(r.Place) },
			Compare: func(a, b row) int { return a.Place - b.Place },
		},
		table.TextColumn(t.T("app.col_code", nil), 5, 0, func(r row) string { return string(r.Code) }),
		table.TextColumn(t.T("app.col_title", nil), 8, 3, func(r row) string { return r.Title }),
	}
	for k := range b.Rounds {
		out = append(
			out,
			score(
				t.T("rounds.col_score", judging.Args{"Name": roundName(t, b.Rounds, k+1)}),
				func(r row) *float64 { return r.Each[k] },
			),
		)
	}
	if b.Round > 1 {
		out = append(out, score(t.T("rounds.col_joined", nil), func(r row) *float64 {
			if r.Scores == 0 {
				return nil
			}
			return &r.Official
		}))
	}
	if b.Next != "" {
		out = append(out, table.Column[row]{Title: b.Next, Min: 4, Cell: func(r row) table.Cell {
			if r.On && b.Scored > 0 {
				return table.Cell{Text: t.T("rounds.goes_on", nil), Tone: look.Done}
			}
			return table.Cell{}
		}})
	}
	return out
}

// onNext begins the next round; with lists still open it wants a tick.
func (p *roundsPage) onNext() {
	b := p.data
	q := kit.Question{
		Title: p.sh.T("rounds.begin", judging.Args{"Next": b.Next}), Action: p.sh.T("rounds.begin_do", nil),
		Text: p.sh.T("rounds.begin_ask", judging.Args{"N": b.On, "Next": b.Next}),
	}
	if b.Waiting > 0 {
		q.Text = p.sh.T("rounds.waiting", judging.Args{"N": b.Waiting}) + q.Text
		q.Check = p.sh.T("rounds.early_check", nil)
		q.Danger = true
	}
	q.Do = func() error {
		return page.Overrule(p.sh, func(ctx context.Context) error {
			on, err := p.office.NextRound(ctx, b.Waiting > 0)
			if err == nil {
				p.sh.Tell(kit.Notice{
					Tone: look.Done, Text: p.sh.T("rounds.begun_with", judging.Args{"Count": len(on)}),
					Action: p.sh.T("rounds.to_assign", nil),
					Do:     func() { p.sh.Navigate(kit.Route{Kind: page.Assign}) },
				})
				p.Load()
			}
			return err
		})
	}
	p.sh.Ask(q)
}

// onUndo goes back to the round before, with a reason.
func (p *roundsPage) onUndo() {
	reason := field.NewText(p.sh, p.sh.T("awardboard.reason", nil), "", field.TextRule{
		Required: true, Limit: 300, Lines: 2,
	})
	p.sh.Ask(kit.Question{
		Title: p.sh.T("rounds.undo", nil), Text: p.sh.T("rounds.undo_ask", nil), Action: p.sh.T("rounds.undo", nil),
		Content: reason, Do: func() error {
			err := p.office.UndoRound(context.Background(), reason.Text())
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}
