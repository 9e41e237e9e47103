package table

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/chart"
	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
)

// Intervals is a list of T with words in columns and, in the one column without a Cell, a span of each row on one
// scale. Callbacks run on the UI thread.
type Intervals[T any] struct {
	widget.BaseWidget

	OnSelect func(T) // a row was selected by mouse or arrow key
	OnOpen   func(T) // double tap or Enter

	columns  []Column[T]
	key      func(T) string
	span     func(T) chart.Span
	rows     []T
	selected string // key
	view     *intervalView
}

// intervalView is the drawn half, which knows nothing of T.
type intervalView struct {
	grid    *grid
	head    *tableHead
	lines   *drawing        // words over the lines
	wide    *fyne.Container // at least as wide as the columns; nil before it is drawn
	list    *tableList
	scale   chart.Scale
	lastRow int
	lastTap time.Time
}

// NewIntervals returns an empty list. key names a row for good; span says what is drawn of it. One column must have
// no Cell.
func NewIntervals[T any](key func(T) string, span func(T) chart.Span, columns ...Column[T]) *Intervals[T] {
	t := &Intervals[T]{columns: columns, key: key, span: span}
	g := &grid{}
	var titles []string
	drawn := 0
	for i, c := range columns {
		g.mins, g.weights, g.numbers = append(g.mins, c.Min), append(g.weights, c.Weight), append(g.numbers, c.Number)
		titles = append(titles, c.Title)
		if c.Cell == nil {
			drawn = i
		}
	}
	v := &intervalView{grid: g, lastRow: -1, lines: newDrawing(g, drawn)}
	v.head = newTableHead(g, titles, make([]bool, len(titles)), func(int) {})
	v.list = newTableList(func() int { return len(t.rows) }, g, nil)
	v.list.CreateItem = func() fyne.CanvasObject { return newSpanRow(g, drawn) }
	v.list.UpdateItem = func(i int, o fyne.CanvasObject) { t.fill(i, o.(*spanRow)) }
	v.list.onMove, v.list.onKey = t.move, t.typed
	t.view = v
	t.ExtendBaseWidget(t)
	return t
}

// spanRow is a row of words with a drawing over it.
type spanRow struct {
	lay.Box

	words   *tableRow
	drawing *drawing
}

func newSpanRow(g *grid, drawn int) *spanRow {
	r := &spanRow{words: newTableRow(g), drawing: newDrawing(g, drawn)}
	r.Content = container.NewStack(r.words, r.drawing.Container)
	r.ExtendBaseWidget(r)
	return r
}

// SetRows shows rows on scale; the selection stays with its row. OnSelect is not called.
func (t *Intervals[T]) SetRows(scale chart.Scale, rows []T) {
	t.rows, t.view.scale = slices.Clone(rows), scale
	if t.find(t.selected) < 0 {
		t.selected = ""
	}
	if widen(t.view.grid, t.columns, t.rows) && t.view.wide != nil {
		t.view.wide.Refresh()
	}
	t.view.lines.head(scale)
	t.view.list.Refresh()
	t.Refresh()
}

// Rows returns the rows as shown.
func (t *Intervals[T]) Rows() []T { return slices.Clone(t.rows) }

// Selected returns the selected row.
func (t *Intervals[T]) Selected() (row T, ok bool) {
	if i := t.find(t.selected); i >= 0 {
		return t.rows[i], true
	}
	return row, false
}

// Select selects the row of key and scrolls to it; a key that is not there selects none.
func (t *Intervals[T]) Select(key string) {
	if i := t.find(key); i >= 0 {
		t.selectRow(i)
		return
	}
	t.selected = ""
	t.view.list.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Intervals[T]) CreateRenderer() fyne.WidgetRenderer {
	v := t.view
	top := container.NewStack(v.head, v.lines.Container)
	body := container.NewBorder(top, nil, nil, nil, container.NewStack(roomFor(leastRows), v.list))
	v.wide = container.New(gridLayout{v.grid}, body)
	return widget.NewSimpleRenderer(lay.Sheet(1, container.NewHScroll(v.wide)))
}

func (t *Intervals[T]) find(key string) int {
	if key == "" {
		return -1
	}
	return slices.IndexFunc(t.rows, func(r T) bool { return t.key(r) == key })
}

// fill draws row i.
func (t *Intervals[T]) fill(i int, r *spanRow) {
	if i >= len(t.rows) {
		return
	}
	row := t.rows[i]
	for c, col := range t.columns {
		if col.Cell != nil {
			r.words.cells[c] = col.Cell(row)
		}
	}
	r.words.mark(t.key(row) == t.selected, false)
	r.words.onTap = func(int) { t.tapped(i) }
	r.words.fill()
	r.drawing.show(t.view.scale, t.span(row))
}

// tapped selects row i; the second of two quick taps opens it.
func (t *Intervals[T]) tapped(i int) {
	if i >= len(t.rows) {
		return
	}
	v := t.view
	again := v.lastRow == i && time.Since(v.lastTap) < keys.DoubleTap
	v.lastRow, v.lastTap = i, time.Now()
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.list); c != nil {
		c.Focus(v.list)
	}
	t.selectRow(i)
	if again {
		v.lastRow = -1
		t.open()
	}
}

func (t *Intervals[T]) open() {
	if row, ok := t.Selected(); ok && t.OnOpen != nil {
		t.OnOpen(row)
	}
}

func (t *Intervals[T]) selectRow(i int) {
	changed := t.key(t.rows[i]) != t.selected
	t.selected = t.key(t.rows[i])
	t.view.list.ScrollTo(i)
	t.view.list.Refresh()
	if changed && t.OnSelect != nil {
		t.OnSelect(t.rows[i])
	}
}

// move selects the row by places below the selected one.
func (t *Intervals[T]) move(by int) {
	if len(t.rows) > 0 {
		t.selectRow(min(max(t.find(t.selected)+by, 0), len(t.rows)-1))
	}
}

// typed takes the keys that are not moves.
func (t *Intervals[T]) typed(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		t.open()
	default:
		keys.Pass(t.view.list, key)
	}
}
