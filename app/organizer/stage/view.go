package stage

import (
	"fmt"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/judging"
	"fayi/judging/office/live"
)

// view is the running order at the left, and at the right the work that is on, who has scored it and what comes next.
type view struct {
	page  *stagePage
	table *table.Table[live.Turn]
	moves *fyne.Container // what can be done with the row that is selected
	now   *present
	auto  *button.Button
	whole fyne.CanvasObject
}

func newView(p *stagePage) *view {
	v := &view{page: p, moves: lay.Flow(lay.Gap8), now: newPresent(p)}
	v.table = table.New(func(t live.Turn) string { return string(t.Work) }, columns(p.sh)...)
	v.table.Keep(p.sh, "stage").WithDrag()
	v.table.OnSelect = func(live.Turn) { v.drawMoves() }
	v.table.Acts = v.menu
	v.table.OnDrop = v.dropped
	v.auto = button.New("", p.onAuto)
	foot := lay.Flow(
		lay.Gap8, v.auto, button.New(p.sh.T("stagepage.draw_again", nil), func() { p.onDraw(true) }),
	)
	left := lay.Fill(nil, v.table, lay.Stack(lay.Gap8, v.moves, foot))
	v.whole = lay.Fill(v.now.words, lay.Split(lay.Gap16, []float32{3, 2}, left, lay.Surface(v.now.whole)), nil)
	v.now.words.Hide()
	return v
}

func columns(t kit.Texter) []table.Column[live.Turn] {
	return []table.Column[live.Turn]{
		{Title: t.T("stagepage.col_number", nil), Min: 2.5, Number: true,
			Cell:    func(r live.Turn) table.Cell { return table.Cell{Text: fmt.Sprint(r.Number)} },
			Compare: func(a, b live.Turn) int { return a.Number - b.Number }},
		table.TextColumn(t.T("app.col_title", nil), 6, 3, func(r live.Turn) string { return r.Title }),
		table.TextColumn(t.T("app.col_unit", nil), 4, 2, func(r live.Turn) string { return r.Unit }),
		table.TextColumn(t.T("app.col_code", nil), 4.5, 0, func(r live.Turn) string { return string(r.Code) }),
		{Title: t.T("app.col_status", nil), Min: 5,
			Cell:    func(r live.Turn) table.Cell { return stateOf(t, r) },
			Compare: func(a, b live.Turn) int { return rank(a) - rank(b) }},
		{Title: t.T("roompage.col_done", nil), Min: 3, Number: true,
			Cell:    func(r live.Turn) table.Cell { return table.Cell{Text: fmt.Sprintf("%d/%d", r.Scored, r.Seats)} },
			Compare: func(a, b live.Turn) int { return a.Scored - b.Scored }},
		{Title: t.T("app.col_official", nil), Min: 3.5, Number: true,
			Cell:    func(r live.Turn) table.Cell { return table.Cell{Text: official(r)} },
			Compare: func(a, b live.Turn) int { return compareOfficial(a, b) }},
	}
}

// official is what was released of a work.
func official(t live.Turn) string {
	if t.Shown == nil {
		return "—"
	}
	return judging.Exact(t.Shown.Official).String()
}

func compareOfficial(a, b live.Turn) int {
	value := func(t live.Turn) float64 {
		if t.Shown == nil {
			return -1
		}
		return t.Shown.Official
	}
	x, y := judging.Exact(value(a)), judging.Exact(value(b))
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// rank orders turns by how far they are.
func rank(t live.Turn) int {
	switch t.State {
	case live.Called:
		return 1
	case live.Shut:
		return 2
	case live.Released:
		return 3
	}
	return 0
}

// stateOf says how far a turn is; what the screen shows of it and is no longer so comes first.
func stateOf(t kit.Texter, r live.Turn) table.Cell {
	if r.Behind {
		return table.Cell{Text: t.T("stagepage.behind", nil), Tone: look.Problem}
	}
	tone := look.Quiet
	switch r.State {
	case live.Called:
		tone = look.Info
	case live.Shut:
		tone = look.Waiting
	case live.Released:
		tone = look.Done
	}
	return table.Cell{Text: t.T("stage.state_"+string(r.State), nil), Tone: tone}
}

// set shows the stage as it is now.
func (v *view) set(now sight, how auto) {
	v.table.SetRows(now.order)
	v.drawMoves()
	v.auto.SetText(v.page.sh.T("stagepage.auto_button", judging.Args{
		"How": v.page.sh.T("stagepage.closing_"+how.key(), nil),
	}))
	v.now.set(now)
	v.whole.Refresh()
}

// drawMoves offers what can be done with the row that is selected.
func (v *view) drawMoves() {
	v.moves.RemoveAll()
	sh := v.page.sh
	row, ok := v.table.Selected()
	if !ok {
		v.moves.Add(look.NewText(sh.T("stagepage.select_hint", nil), look.Note, look.Quiet))
		return
	}
	if row.State == live.Waiting {
		v.moves.Add(button.New(sh.T("stagepage.up", nil), func() { v.step(row.Work, -1) }))
		v.moves.Add(button.New(sh.T("stagepage.down", nil), func() { v.step(row.Work, 1) }))
	}
	v.moves.Add(button.NewMenu(sh.T("stagepage.row_more", judging.Args{"Number": row.Number}), v.menu(row)...))
}

// step moves a work to the next number that a waiting one has, before or after its own.
func (v *view) step(work judging.WorkID, by int) {
	var waiting []live.Turn
	at := -1
	for _, t := range v.page.seen.order {
		if t.State == live.Waiting {
			if t.Work == work {
				at = len(waiting)
			}
			waiting = append(waiting, t)
		}
	}
	if to := at + by; at >= 0 && to >= 0 && to < len(waiting) {
		v.page.move(waiting[at], waiting[to].Number)
	}
}

// dropped moves a work to the number of the one it was let go over.
func (v *view) dropped(row live.Turn, at fyne.Position) {
	if to, ok := v.table.RowAt(at); ok && to.Work != row.Work {
		v.page.move(row, to.Number)
	}
}

// menu is what can be done with one work.
func (v *view) menu(t live.Turn) []*fyne.MenuItem {
	sh, p := v.page.sh, v.page
	item := func(key string, do func(live.Turn)) *fyne.MenuItem {
		return fyne.NewMenuItem(sh.T(key, nil), func() { do(t) })
	}
	switch t.State {
	case live.Waiting:
		return []*fyne.MenuItem{item("stagepage.call_this", p.onCall), item("stagepage.move", p.onMove)}
	case live.Called:
		return []*fyne.MenuItem{item("stagepage.back", func(live.Turn) { p.onBack() })}
	case live.Shut:
		return []*fyne.MenuItem{item("stagepage.release", p.onRelease), item("stagepage.reopen", p.onReopen)}
	}
	return []*fyne.MenuItem{item("stagepage.release_again", p.onRelease), item("stagepage.reopen", p.onReopen)}
}

// chips are the judges of a work: who has finished, who has not.
func chips(panel []live.Seat) *fyne.Container {
	row := lay.Flow(lay.Gap8)
	for _, s := range panel {
		tone := look.Waiting
		if s.Done {
			tone = look.Done
		}
		row.Add(status.NewChip(s.Name, tone))
	}
	return row
}
