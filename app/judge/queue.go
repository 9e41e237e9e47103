package judge

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/judge/tally"
	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/filter"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/voting"
)

// queue is the list of works in the judge's order.
type queue struct {
	desk    *Desk
	content fyne.CanvasObject
	head    *header.Header
	locked  *fyne.Container
	back    *fyne.Container // why the list was given back
	again   *fyne.Container // works opened again after the list was handed in
	ranking *button.Button
	pairs   *button.Button // leads to the works that are compared in pairs
	order   *button.Button // puts works in the order of their places
	rest    *button.Button // says nothing for all others
	hint    *look.Para
	filter  *filter.Bar
	table   *table.Table[row]
	goOn    *button.Button
	submit  *button.Button
}

// row is one work of the list with its place in it, from 1.
type row struct {
	n int
	judging.Duty
}

func newQueue(d *Desk) *queue {
	q := &queue{desk: d}
	q.goOn = button.NewPrimary(d.sh.T("desk.go_on", nil), q.onGoOn)
	q.submit = button.NewPrimary(d.sh.T("desk.review_go", nil), func() { d.showBoard(newReview(d)) })
	q.ranking = button.New(d.sh.T("desk.ranking", nil), func() { d.showBoard(newRanking(d)) })
	q.order = button.New(d.sh.T("desk.order", nil), func() { d.showBoard(newOrder(d)) })
	q.rest = button.New("", d.askRest)
	q.pairs = button.New(d.sh.T("pairs.open", nil), d.showPairs)
	q.head = header.New("", d.keysButton(), d.leaveButton(), q.ranking, q.rest, q.order, q.submit, q.goOn, q.pairs)
	q.hint = look.NewPara("", look.Body, look.Quiet, 60).Fluid()
	q.back = lay.Stack(lay.Gap8)
	q.locked, q.again = lay.Stack(lay.Gap8, status.NewNotice(kit.Notice{
		Tone: look.Done,
		Text: d.lockedWords(),
	}, nil)), lay.Stack(lay.Gap8)
	if sign := d.signButton(); sign != nil {
		q.locked.Add(lay.Row(0, sign))
	}
	q.filter = filter.NewBar(d.sh, func(kit.Filter) { q.fill() })
	q.table = q.newTable()
	q.content = header.Page(q.head, lay.Fill(
		lay.Stack(lay.Gap8, q.back, q.again, q.locked, q.hint, q.filter), q.table, nil,
	))
	return q
}

func (q *queue) newTable() *table.Table[row] {
	sh := q.desk.sh
	t := table.New(func(r row) string { return string(r.Code) },
		table.Column[row]{
			Title:  sh.T("desk.col_n", nil),
			Min:    3,
			Number: true,
			Cell:   func(r row) table.Cell { return table.Cell{Text: strconv.Itoa(r.n), Tone: look.Quiet} },
		},
		table.TextColumn(sh.T("desk.col_code", nil), 6, 0, func(r row) string { return string(r.Code) }),
		table.TextColumn(sh.T("desk.col_title", nil), 12, 3, func(r row) string { return titleIn(sh, r.Duty) }),
		table.TextColumn(sh.T("desk.col_category", nil), 8, 1, func(r row) string { return kind(r.BlindWork) }),
		table.Column[row]{
			Title: sh.T("desk.col_looked", nil),
			Min:   5,
			Cell:  func(r row) table.Cell { return q.desk.lookedCell(r.BlindWork) },
		},
		table.Column[row]{
			Title: sh.T("desk.col_state", nil),
			Min:   6,
			Cell:  func(r row) table.Cell { return stateCell(sh, tally.State(r.Duty)) },
		},
		table.Column[row]{
			Title:  sh.T("desk.col_total", nil),
			Min:    4,
			Number: true,
			Cell:   func(r row) table.Cell { return table.Cell{Text: given(sh, q.desk.duties, r.Duty)} },
		},
	)
	t.OnOpen = func(r row) { q.follow(); q.desk.openWork(q.desk.find(r.Code), nil) }
	return t.Keep(sh, "queue")
}

// titleIn is a work's title in the list, where it stands a second time when it is a calibration work, too.
func titleIn(text kit.Texter, w judging.Duty) string {
	if w.Calibration {
		return text.T("desk.calibration_title", map[string]any{"Title": w.Title})
	}
	return w.Title
}

// kind is a work's category with its group.
func kind(w judging.BlindWork) string {
	if w.Group == "" {
		return w.Category
	}
	return w.Category + " · " + w.Group
}

func stateCell(text kit.Texter, s judging.BallotState) table.Cell {
	return table.Cell{Text: text.T("ballot.state_"+string(s), nil), Tone: stateTone(s)}
}

func stateTone(s judging.BallotState) look.Tone {
	switch s {
	case judging.Scored:
		return look.Done
	case judging.Started, judging.Skipped:
		return look.Waiting
	case judging.Abstained, judging.Recused:
		return look.Info
	}
	return look.Quiet
}

// total is a work's total so far; works put aside have none.
func total(w judging.Duty) string {
	if w.State != judging.Scored && w.State != judging.Started {
		return ""
	}
	return judging.Exact(w.Total).String()
}

// rows returns the works that filter lets through. Quick keys are "open" (nothing or not everything said) and
// "skipped".
func rows(works []judging.Duty, filter kit.Filter) []row {
	var out []row
	for i, w := range works {
		st := tally.State(w)
		switch filter.Quick {
		case "open":
			if st != judging.Open && st != judging.Started {
				continue
			}
		case "skipped":
			if st != judging.Skipped {
				continue
			}
		}
		if filter.Finds(string(w.Code), w.Title, w.Category, w.Group) {
			out = append(out, row{i + 1, w})
		}
	}
	return out
}

func (q *queue) fill() { q.table.SetRows(rows(q.desk.duties.Works, q.filter.Filter())) }

// refresh shows the list as it is now.
func (q *queue) refresh() {
	sh, d := q.desk.sh, q.desk.duties
	t := tally.Count(d.Works)
	q.head.SetTitle(sh.T("desk.heading", map[string]any{"Name": d.Name}))
	q.head.SetCount(t.Words(sh))
	q.filter.SetQuick(
		filter.Quick{Title: sh.T("kit.all", nil), Count: len(d.Works)},
		filter.Quick{
			Key:   "open",
			Title: sh.T("desk.filter_open", nil),
			Count: len(rows(d.Works, kit.Filter{Quick: "open"})),
			Tone:  look.Waiting,
		},
		filter.Quick{
			Key:   "skipped",
			Title: sh.T("desk.filter_skipped", nil),
			Count: len(rows(d.Works, kit.Filter{Quick: "skipped"})),
			Tone:  look.Waiting,
		})
	q.tellBack()
	q.tellAgain()
	q.locked.Hidden = !d.Submitted || !q.again.Hidden
	q.ranking.Hidden = t.Scored() < 2 || d.Voting != nil
	q.order.Hidden = d.Submitted || d.Voting == nil || d.Voting.Kind != voting.Ranking
	rest := restOf(d)
	if q.rest.Hidden = len(rest) == 0; len(rest) > 0 {
		q.rest.SetText(sh.T("desk.rest_"+string(d.Voting.Kind), map[string]any{"N": len(rest)}))
	}
	q.pairs.Hidden = q.desk.pairs == nil || !q.desk.pairs.Asks()
	q.goOn.Hidden = d.Submitted || t.Todo() == 0
	q.submit.Hidden = d.Submitted || t.Todo() > 0 || t.Total == 0
	hint := q.advice(t)
	if words := votesWords(sh, d, ""); words != "" && hint != "" {
		hint += " " + words
	}
	q.hint.SetText(hint)
	q.hint.Hidden = d.Submitted
	q.table.SetEmpty(q.empty(t))
	q.fill()
	q.content.Refresh()
}

// tellBack says why the list was given back, until it is handed in again.
func (q *queue) tellBack() {
	why := q.desk.duties.Returned
	q.back.RemoveAll()
	if q.back.Hidden = why == ""; why != "" {
		q.back.Add(status.NewNotice(kit.Notice{
			Tone: look.Waiting, Text: q.desk.sh.T("desk.returned", map[string]any{"Reason": why}),
		}, nil))
	}
}

// tellAgain asks for the works that are to be scored again, and opens the first of them.
func (q *queue) tellAgain() {
	var codes []string
	first := -1
	for i, w := range q.desk.duties.Works {
		if w.Reopened {
			codes = append(codes, string(w.Code))
			if first < 0 {
				first = i
			}
		}
	}
	q.again.RemoveAll()
	if q.again.Hidden = first < 0; first >= 0 {
		text := q.desk.sh.T("desk.again_list", map[string]any{
			"Works": strings.Join(codes, q.desk.sh.T("kit.comma", nil)),
		})
		q.again.Add(status.NewNotice(kit.Notice{
			Tone:   look.Waiting,
			Text:   text,
			Action: q.desk.sh.T("desk.again_open", nil),
			Do:     func() { q.desk.openWork(first, nil) },
		}, nil))
	}
}

func (q *queue) advice(t tally.Counts) string {
	sh := q.desk.sh
	switch {
	case t.Total == 0:
		return ""
	case t.Todo() == 0:
		return sh.T("desk.hint_submit", map[string]any{"Contest": q.desk.duties.Contest})
	}
	return sh.T("desk.hint", map[string]any{"Contest": q.desk.duties.Contest, "Left": t.Todo()})
}

func (q *queue) empty(t tally.Counts) fyne.CanvasObject {
	if t.Total == 0 {
		return status.NewEmpty(q.desk.sh.T("desk.no_works", nil), q.desk.sh.T("desk.no_works_text", nil), nil)
	}
	return status.NewEmpty(
		q.desk.sh.T("kit.no_match", nil),
		"",
		button.New(q.desk.sh.T("kit.clear_filter", nil), q.filter.Clear),
	)
}

// arrange puts works of one category together, each in the order they were drawn in, calibration works first: like
// is compared with like. Where the judge went to work from a sorted table, that order stays, whatever is read again.
func (d *Desk) arrange() {
	place := map[string]int{}
	for _, w := range d.duties.Works {
		if _, known := place[w.Category]; !known {
			place[w.Category] = len(place)
		}
	}
	slices.SortStableFunc(d.duties.Works, func(a, b judging.Duty) int {
		if a.Calibration != b.Calibration {
			if a.Calibration {
				return -1
			}
			return 1
		}
		return place[a.Category] - place[b.Category]
	})
	if d.order == nil {
		return
	}
	nth := map[judging.WorkCode]int{}
	for i, code := range d.order {
		nth[code] = i
	}
	at := func(w judging.Duty) int {
		if i, known := nth[w.Code]; known {
			return i
		}
		return len(d.order) // came since
	}
	slices.SortStableFunc(d.duties.Works, func(a, b judging.Duty) int { return at(a) - at(b) })
}

// follow takes the order in which the table shows the works for the order of scoring. Works that a filter hides
// keep their order behind those.
func (q *queue) follow() {
	if by, _ := q.table.Sorted(); by == "" {
		return
	}
	place := map[judging.WorkCode]int{}
	for i, r := range q.table.Rows() {
		place[r.Code] = i - len(q.desk.duties.Works)
	}
	slices.SortStableFunc(q.desk.duties.Works, func(a, b judging.Duty) int { return place[a.Code] - place[b.Code] })
	q.desk.order = nil
	for _, w := range q.desk.duties.Works {
		q.desk.order = append(q.desk.order, w.Code)
	}
}

func (q *queue) onGoOn() {
	q.follow()
	if i := tally.NextToScore(q.desk.duties.Works, -1); i >= 0 {
		q.desk.openWork(i, nil)
	}
}
