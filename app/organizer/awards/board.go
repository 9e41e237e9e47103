package awards

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/board"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

type boardOffice interface {
	AwardBoard(ctx context.Context) (awards.Board, error)
	RuleAward(ctx context.Context, u award.Ruling) (award.Ruling, error)
	RecallRuling(ctx context.Context, id, reason string) error
	DecideAwards(ctx context.Context, early bool) ([]award.Decision, error)
	ShowContest(ctx context.Context) (office.Summary, error)
}

// boardPage is the award board: one list at a time, a column for each award, and what people ruled.
type boardPage struct {
	sh     kit.Shell
	office boardOffice
	head   *fyne.Container
	body   *fyne.Container
	board  *board.Board
	list   string // key of the list shown
	data   awards.Board
	early  bool // lists are still open
}

// The columns that are no award.
const (
	columnRest = "\x00rest"
	columnOut  = "\x00out"
)

// mostRest bounds how many works without award the board draws.
const mostRest = 40

func newBoardPage(sh kit.Shell, o boardOffice, list string) *boardPage {
	return &boardPage{sh: sh, office: o, list: list}
}

// Keep keeps the list shown.
func (p *boardPage) Keep() any { return p.list }

// Restore takes it back.
func (p *boardPage) Restore(state any) { p.list, _ = state.(string) }

// Title is the page's name.
func (p *boardPage) Title() string { return p.sh.T("awardboard.title", nil) }

// Content builds the frame; the rest comes with the board.
func (p *boardPage) Content() fyne.CanvasObject {
	p.head, p.body = container.NewStack(header.New(p.Title()).WithBack(p.sh.Back)), container.NewStack()
	p.board = board.New()
	p.board.OnOpen, p.board.OnMove = p.onOpen, p.onMove
	return header.Page(p.head, p.body)
}

// Load computes the board.
func (p *boardPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (awards.Board, error) {
		sum, err := p.office.ShowContest(ctx)
		if err != nil || sum.Scored == 0 {
			return awards.Board{}, err
		}
		p.early = !sum.Finished
		return p.office.AwardBoard(ctx)
	}, func(b awards.Board) {
		p.data = b
		p.show()
	})
}

func (p *boardPage) show() {
	lists := boardLists(p.data)
	if len(lists) == 0 {
		act := button.New(p.sh.T("app.next_score_act", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Progress})
		})
		page.SetBody(
			p.body,
			lay.Surface(status.NewEmpty(
				p.sh.T("app.results_empty", nil), p.sh.T("app.results_empty_text", nil), act,
			)),
		)
		return
	}
	if !slices.ContainsFunc(lists, func(o choice.Option) bool { return o.Key == p.list }) {
		p.list = lists[0].Key
	}
	p.showHead()
	pick := field.NewChoice(p.sh, p.sh.T("app.result_list", nil), "", "", lists)
	pick.SetKey(p.list)
	pick.OnChange = func(key string) { p.list = key; p.show() }
	l := p.now()
	p.board.SetColumns(boardColumns(p.sh, l))
	about := look.NewPara(
		p.sh.T("awardboard.about", judging.Args{"Ranked": l.Ranked}), look.Note, look.Quiet, 60,
	).Fluid()
	top := lay.Split(lay.Gap24, []float32{0, 1}, page.Wide(pick), about)
	page.SetBody(p.body, lay.Fill(top, page.NewListed(p.board, p.sheet), p.notes(l)))
}

// sheet is the board in words, as it is printed.
func (p *boardPage) sheet() kit.Sheet {
	s := kit.Sheet{Right: []bool{false, true, true, false, false, false}}
	for _, head := range []string{
		"app.col_award", "app.col_place", "app.col_official", "app.col_title", "awardboard.col_whose", "app.col_status",
	} {
		s.Heads = append(s.Heads, p.sh.T(head, nil))
	}
	l := p.now()
	s.Title = strings.TrimSpace(l.Category + " " + l.Group)
	for _, c := range boardColumns(p.sh, l) {
		for _, w := range c.Cards {
			s.Rows = append(s.Rows, []string{c.Title, w.Left, w.Right, w.Head, w.Foot, w.State})
		}
		if c.More != "" {
			s.Lines = append(s.Lines, c.Title+" · "+c.More)
		}
	}
	return s
}

// showHead offers what comes next: making pending changes count, then the public notice.
func (p *boardPage) showHead() {
	decide := button.New(p.sh.T("app.decide", nil), p.onDecide)
	notice := button.New(p.sh.T("awardboard.notice", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Notice}) })
	switch {
	case p.data.Final:
		decide.Disable()
	case p.data.Pending > 0:
		decide.SetText(p.sh.T("awardboard.apply", judging.Args{"N": p.data.Pending}))
		decide.Rank = button.Primary
	case !p.data.Decided:
		decide.Rank = button.Primary
	default:
		decide.Disable()
		notice.Rank = button.Primary
	}
	head := header.New(
		p.Title(),
		button.New(p.sh.T("disputes.open_page", nil), func() { p.sh.Navigate(kit.Route{Kind: page.Disputes}) }),
		notice, decide,
	).WithMore(p.sh.T("kit.more_acts", nil)).WithBack(p.sh.Back)
	switch {
	case p.data.Final:
		head.SetCount(p.sh.T("awardboard.final", nil))
	case p.data.Pending > 0:
		head.SetCount(p.sh.T("awardboard.pending", judging.Args{"N": p.data.Pending}))
	}
	page.SetBody(p.head, head)
}

func (p *boardPage) now() awards.BoardList {
	i := slices.IndexFunc(p.data.Lists, func(l awards.BoardList) bool { return listKey(l.Category, l.Group) == p.list })
	return p.data.Lists[max(i, 0)]
}

// boardLists names the lists that can be chosen.
func boardLists(b awards.Board) (out []choice.Option) {
	for _, l := range b.Lists {
		out = append(out, choice.Option{
			Key: listKey(l.Category, l.Group), Title: strings.TrimSpace(l.Category + " " + l.Group),
		})
	}
	return out
}

func listKey(category, group string) string { return category + "/" + group }

// boardColumns lays a list out: the awards, best first, then the works next in line and the rest, then those
// disqualified.
func boardColumns(t kit.Texter, l awards.BoardList) []board.Column {
	var out []board.Column
	for _, s := range l.Slots {
		note := judging.Args{"Given": len(s.Works), "Places": s.Places, "Whole": 0}
		if s.Part != nil {
			note["Whole"] = s.Part.Whole
		}
		c := board.Column{Key: s.Award, Title: s.Award, Note: t.T("awardboard.slot", note), Places: s.Places}
		for _, w := range s.Works {
			c.Cards = append(c.Cards, boardCard(t, w))
		}
		out = append(out, c)
	}
	rest := board.Column{
		Key: columnRest, Title: t.T("awardboard.rest", nil),
		Note: t.T("awardboard.rest_note", judging.Args{
			"Next": len(l.Alternates), "N": len(l.Alternates) + len(l.Rest),
		}),
	}
	for _, w := range l.Alternates {
		card := boardCard(t, w)
		if card.State == "" {
			card.State, card.Tone = t.T("awardboard.next", nil), look.Info
		}
		rest.Cards = append(rest.Cards, card)
	}
	for _, w := range l.Rest[:min(len(l.Rest), mostRest)] {
		rest.Cards = append(rest.Cards, boardCard(t, w))
	}
	if n := len(l.Rest) - mostRest; n > 0 {
		rest.More = t.T("awardboard.more", judging.Args{"N": n})
	}
	out = append(out, rest)
	if len(l.Out) > 0 {
		c := board.Column{
			Key: columnOut, Title: t.T("awardboard.out", nil),
			Note: t.T("awardboard.works", judging.Args{"N": len(l.Out)}),
		}
		for _, w := range l.Out {
			c.Cards = append(c.Cards, boardCard(t, w))
		}
		out = append(out, c)
	}
	return out
}

// sentBy names who sent a work in, where caps count by that and it is another than the author's unit.
func sentBy(t kit.Texter, w awards.BoardWork) string {
	if w.Sender == "" || w.Sender == w.Unit {
		return ""
	}
	return "  " + t.T("board.sender", judging.Args{"Sender": w.Sender})
}

func boardCard(t kit.Texter, w awards.BoardWork) board.Card {
	c := board.Card{
		Key: string(w.Work), Left: strconv.Itoa(w.Place), Head: w.Title,
		Foot: strings.TrimSpace(string(w.Code) + "  " + w.Unit + sentBy(t, w)), Right: judging.Decimal(w.Official, 2),
	}
	switch {
	case w.Changed && w.Was != "":
		c.State, c.Tone = t.T("awardboard.was", judging.Args{"Award": w.Was}), look.Waiting
	case w.Changed:
		c.State, c.Tone = t.T("awardboard.new", nil), look.Waiting
	case w.DecidedBy == "override":
		c.State, c.Tone = t.T("awardboard.ruled", nil), look.Info
	case w.Tied:
		c.State, c.Tone = t.T("awardboard.tied", nil), look.Waiting
	}
	return c
}

// onDecide makes what the board shows count.
func (p *boardPage) onDecide() {
	q := kit.Question{
		Title: p.sh.T("app.decide", nil), Text: p.sh.T("awardboard.apply_ask", judging.Args{"N": p.data.Pending}),
		Action: p.sh.T("app.decide", nil),
	}
	if !p.data.Decided {
		q.Text = p.sh.T("awardboard.decide_ask", nil)
	}
	if p.early {
		q.Check, q.Danger = p.sh.T("app.decide_early_check", nil), true
	}
	q.Do = func() error {
		return page.Overrule(p.sh, func(ctx context.Context) error {
			_, err := p.office.DecideAwards(ctx, p.early)
			if err == nil {
				p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("awardboard.applied", nil)})
				p.Load()
			}
			return err
		})
	}
	p.sh.Ask(q)
}
