package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
)

// fill draws row i.
func (t *Table[T]) fill(i int, r *tableRow) {
	if i >= len(t.rows) {
		return
	}
	row := t.rows[i]
	for c, col := range t.columns {
		r.cells[c] = col.Cell(row)
	}
	key := t.key(row)
	r.mark(key == t.selected, t.ticked[key])
	r.onTap = func(column int) { t.rowTapped(i, column) }
	r.onMenu = func(at fyne.Position) {
		t.selectRow(i)
		if t.OnMenu != nil {
			t.OnMenu(row, at)
		}
	}
	r.onDrag = func(at fyne.Position, done bool) {
		switch {
		case done && t.OnDrop != nil:
			t.OnDrop(row, at)
		case !done:
			t.selectRow(i)
			if t.OnDrag != nil {
				t.OnDrag(row, at)
			}
		}
	}
	r.fill()
}

// rowTapped selects row i, ticks it or, at the second of two quick taps, opens it.
func (t *Table[T]) rowTapped(i, column int) {
	if i >= len(t.rows) {
		return
	}
	if column < 0 {
		key := t.key(t.rows[i])
		t.Tick(key, !t.ticked[key])
		return
	}
	v := t.view
	again := v.lastRow == i && time.Since(v.lastTap) < doubleTap
	v.lastRow, v.lastTap = i, time.Now()
	t.Focus()
	t.selectRow(i)
	if again {
		v.lastRow = -1
		t.open()
	}
}

// headTapped sorts: the first press least first, the second greatest first. On the tick it ticks all or none.
func (t *Table[T]) headTapped(column int) {
	if column < 0 {
		t.TickAll(!t.view.head.all)
		return
	}
	h := t.view.head
	t.SortBy(t.columns[column].Title, h.sorted == column && !h.down)
}

// move selects the row by places below the selected one.
func (t *Table[T]) move(by int) {
	if len(t.rows) == 0 {
		return
	}
	at := t.find(t.selected)
	if at < 0 && by > 0 {
		by--
		at = 0
	}
	t.selectRow(min(max(at+by, 0), len(t.rows)-1))
}

// typed takes the keys that are not moves.
func (t *Table[T]) typed(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		t.open()
	case fyne.KeySpace:
		if t.view.grid.lead > 0 && t.selected != "" {
			t.Tick(t.selected, !t.ticked[t.selected])
		}
	default:
		passKey(t.view.list, key)
	}
}

func (t *Table[T]) open() {
	if row, ok := t.Selected(); ok && t.OnOpen != nil {
		t.OnOpen(row)
	}
}

func (t *Table[T]) selectRow(i int) {
	key := t.key(t.rows[i])
	changed := key != t.selected
	t.selected = key
	if t.view.late = t.Size().Height <= roomy(); !t.view.late {
		t.view.list.ScrollTo(i)
	}
	t.view.list.Refresh()
	if changed && t.OnSelect != nil {
		t.OnSelect(t.rows[i])
	}
}

// order sorts the rows as the user last asked; rows that compare equal keep the page's order.
func (t *Table[T]) order() {
	if h := t.view.head; h.sorted >= 0 {
		t.columns[h.sorted].sort(t.rows, h.down)
	}
}

// forgetLost drops ticks and selection of rows that are gone: nobody may act on what is not seen.
func (t *Table[T]) forgetLost() {
	if t.selected == "" && len(t.ticked) == 0 {
		return
	}
	here := make(map[string]bool, len(t.rows))
	for _, r := range t.rows {
		here[t.key(r)] = true
	}
	if !here[t.selected] {
		t.selected = ""
	}
	before := len(t.ticked)
	for k := range t.ticked {
		if !here[k] {
			delete(t.ticked, k)
		}
	}
	if len(t.ticked) != before && t.OnTicks != nil {
		t.OnTicks(len(t.ticked))
	}
}

func (t *Table[T]) find(key string) int {
	if key == "" {
		return -1
	}
	return slices.IndexFunc(t.rows, func(r T) bool { return t.key(r) == key })
}

func (t *Table[T]) ticksChanged() {
	t.Refresh()
	if t.OnTicks != nil {
		t.OnTicks(len(t.ticked))
	}
}
