package table

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fayi/app/kit/keys"
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
	r.frame(t.marked(key))
	r.onTap = func(column int) { t.rowTapped(i, column, r.held) }
	r.onMenu = func(at fyne.Position) { t.menuOf(i, at) }
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

// rowTapped selects row i, ticks it or, at the second of two quick taps, opens it. With Ctrl it adds the row to
// those ticked, with Shift all from the row tapped before.
func (t *Table[T]) rowTapped(i, column int, held fyne.KeyModifier) {
	if i >= len(t.rows) {
		return
	}
	v := t.view
	again := v.lastRow == i && time.Since(v.lastTap) < keys.DoubleTap && held == 0 && column >= 0
	v.lastRow, v.lastTap = i, time.Now()
	switch {
	case held&fyne.KeyModifierShift != 0:
		t.tickRange(i)
	case column < 0 || held&fyne.KeyModifierShortcutDefault != 0:
		t.tickAlso(i, column >= 0)
	case v.grid.lead == 0 && len(t.ticked) > 0:
		t.TickAll(false)
	}
	if held&fyne.KeyModifierShift == 0 {
		v.anchor = i
	}
	if column < 0 {
		return
	}
	t.Focus()
	v.cell = column
	t.selectRow(i)
	if again {
		v.lastRow = -1
		if !t.EditCell() {
			t.open()
		}
	}
}

// tickAlso turns the tick of row i. In tables without ticks the row selected before is one of the marked.
func (t *Table[T]) tickAlso(i int, marks bool) {
	if marks && t.view.grid.lead == 0 && len(t.ticked) == 0 && t.selected != "" {
		t.ticked[t.selected] = true
	}
	key := t.key(t.rows[i])
	t.Tick(key, !t.ticked[key])
}

// tickRange ticks all rows from the anchor to row i, and those alone.
func (t *Table[T]) tickRange(i int) {
	from := min(max(t.view.anchor, 0), len(t.rows)-1)
	clear(t.ticked)
	for k := min(from, i); k <= max(from, i); k++ {
		t.ticked[t.key(t.rows[k])] = true
	}
	t.ticksChanged()
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
	to := min(max(at+by, 0), len(t.rows)-1)
	if held()&fyne.KeyModifierShift != 0 {
		t.tickRange(to)
	} else {
		t.view.anchor = to
	}
	t.selectRow(to)
}

// held are the keys held down besides the one typed.
func held() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// typed takes the keys that are not moves.
func (t *Table[T]) typed(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyF2:
		if !t.EditCell() {
			keys.Pass(t.view.list, key)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if !t.EditCell() {
			t.open()
		}
	case fyne.KeySpace:
		switch {
		case t.view.grid.lead == 0:
			keys.Pass(t.view.list, key)
		case t.selected != "":
			t.Tick(t.selected, !t.ticked[t.selected])
		}
	case desktop.KeyMenu:
		t.menuBelow()
	default:
		if key.Name == fyne.KeyF10 && held()&fyne.KeyModifierShift != 0 {
			t.menuBelow()
			return
		}
		keys.Pass(t.view.list, key)
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
	t.view.late = t.Size().Height <= t.MinSize().Height
	t.view.list.ScrollTo(i)
	t.view.list.Refresh()
	t.tellWhole()
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

// forgetLost drops ticks and selection of rows that are gone: the user must not act on what is not visible.
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
