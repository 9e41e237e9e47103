package table

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Table shows many rows of T: sortable by its heads, one row selected, any number ticked, a hundred thousand rows
// without delay. Callbacks may be set at any time before use; all run on the UI thread.
type Table[T any] struct {
	widget.BaseWidget

	OnSelect func(T)                       // a row was selected by mouse or arrow key
	OnOpen   func(T)                       // double tap or Enter
	Acts     func(T) []*fyne.MenuItem      // what can be done with a row: right button or menu key
	OnTicks  func(ticked int)              // the number of ticked rows changed
	OnDrag   func(row T, at fyne.Position) // a row is being dragged, see WithDrag
	OnDrop   func(row T, at fyne.Position) // and was let go

	columns  []Column[T]
	key      func(T) string
	rows     []T             // in the order shown
	ticked   map[string]bool // or marked, in tables without ticks
	selected string          // key
	view     *tableView
	edit     *Editing[T] // nil where cells can't be changed
}

// tableView is the drawn half of a table, which knows nothing of T.
type tableView struct {
	grid    *grid
	head    *tableHead
	list    *tableList
	empty   *fyne.Container
	wide    *container.Scroll
	whole   *whole
	room    *fyne.Container // rows and whole, nil before they are drawn
	least   int             // rows that room is asked for
	late    bool            // the selected row is to be scrolled to when there is room
	lastRow int
	lastTap time.Time
	anchor  int        // the row from which a range is drawn with Shift
	kept    tableKept  // where widths are kept
	typing  tableTyped // letters typed lately
	cell    int        // the column of the marked cell, in tables whose cells can be changed
	editor  *cellEditor
}

// New returns an empty table. key names a row for good: selection and ticks stay with it when rows are shown
// again.
func New[T any](key func(T) string, columns ...Column[T]) *Table[T] {
	t := &Table[T]{columns: columns, key: key, ticked: map[string]bool{}}
	g := &grid{}
	var titles []string
	var can []bool
	for _, c := range columns {
		g.mins, g.weights = append(g.mins, c.Min), append(g.weights, c.Weight)
		g.numbers = append(g.numbers, c.Number)
		titles, can = append(titles, c.Title), append(can, c.sortable())
	}
	t.view = &tableView{grid: g, least: leastRows, lastRow: -1, empty: container.NewStack(), whole: newWhole()}
	t.view.head = newTableHead(g, titles, can, t.headTapped)
	t.view.list = newTableList(func() int { return len(t.rows) }, g, t.fill)
	t.view.list.onMove, t.view.list.onKey = t.move, t.typed
	t.view.list.onCopy, t.view.list.onAll, t.view.list.onRune = func() {
		t.copyRows(false)
	}, func() { t.TickAll(true) }, t.typedRune
	t.ExtendBaseWidget(t)
	return t
}

// WithTicks adds a column of ticks at the left and returns t. Call it before the table is drawn.
func (t *Table[T]) WithTicks() *Table[T] {
	t.view.grid.lead = theme.IconInlineSize() + 2*lay.Gap8
	return t
}

// SetEmpty sets what is drawn when there are no rows, over the width that is seen.
func (t *Table[T]) SetEmpty(o fyne.CanvasObject) {
	t.view.empty.Objects = []fyne.CanvasObject{o}
	t.view.empty.Refresh()
}

// SetRows replaces the rows; the order pressed by the user, the selection, the ticks and the scroll stay. OnSelect
// is not called.
func (t *Table[T]) SetRows(rows []T) {
	t.rows = slices.Clone(rows)
	t.order()
	t.forgetLost()
	if widen(t.view.grid, t.columns, t.rows) && t.view.wide != nil {
		t.view.wide.Refresh()
	}
	t.Refresh()
}

// Rows returns the rows as shown.
func (t *Table[T]) Rows() []T { return slices.Clone(t.rows) }

// Selected returns the selected row.
func (t *Table[T]) Selected() (row T, ok bool) {
	if i := t.find(t.selected); i >= 0 {
		return t.rows[i], true
	}
	return row, false
}

// Select selects the row of key, scrolls to it and calls OnSelect; "" selects none.
func (t *Table[T]) Select(key string) {
	i := t.find(key)
	if i < 0 {
		t.selected = ""
		t.view.list.Refresh()
		t.tellWhole()
		return
	}
	t.selectRow(i)
}

// Ticked returns the ticked rows in the order shown.
func (t *Table[T]) Ticked() []T {
	var out []T
	for _, r := range t.rows {
		if t.ticked[t.key(r)] {
			out = append(out, r)
		}
	}
	return out
}

// Tick ticks or unticks the row of key.
func (t *Table[T]) Tick(key string, on bool) {
	if on {
		t.ticked[key] = true
	} else {
		delete(t.ticked, key)
	}
	t.ticksChanged()
}

// TickAll ticks or unticks all rows shown.
func (t *Table[T]) TickAll(on bool) {
	clear(t.ticked)
	if on {
		for _, r := range t.rows {
			t.ticked[t.key(r)] = true
		}
	}
	t.ticksChanged()
}

// SortBy sorts by the column with title, greatest first if down; a title that is not there sorts nothing.
func (t *Table[T]) SortBy(title string, down bool) {
	i := slices.IndexFunc(t.columns, func(c Column[T]) bool { return c.Title == title })
	if i < 0 || !t.columns[i].sortable() {
		return
	}
	t.view.head.sorted, t.view.head.down = i, down
	t.SetRows(t.rows)
}

// Sorted returns the title of the column sorted by and the way, or "".
func (t *Table[T]) Sorted() (title string, down bool) {
	if h := t.view.head; h.sorted >= 0 {
		return t.columns[h.sorted].Title, h.down
	}
	return "", false
}

// Focus puts the keyboard on the rows.
func (t *Table[T]) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t.view.list); c != nil {
		c.Focus(t.view.list)
	}
}

// Short lets the table ask for the room of n rows only, on a page where other things want it more. It is called before
// the table is shown.
func (t *Table[T]) Short(n int) { t.view.least = min(n, leastRows) }

// CreateRenderer implements fyne.Widget.
func (t *Table[T]) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	rows := container.New(bodyLayout{t.view}, roomFor(t.view.least), t.view.list, t.view.empty)
	body := container.NewBorder(t.view.head, nil, nil, nil, rows)
	t.view.wide = container.NewHScroll(container.New(gridLayout{t.view.grid}, body))
	return widget.NewSimpleRenderer(lay.Sheet(1, t.withWhole(t.view.wide)))
}

// bodyLayout sets the rows over the whole width, and what is drawn without rows over the width that is seen.
type bodyLayout struct{ view *tableView }

// MinSize is that of the greatest. What is drawn without rows has to do with the width that is seen.
func (l bodyLayout) MinSize(o []fyne.CanvasObject) (min fyne.Size) {
	for _, x := range o {
		size := x.MinSize()
		if x == fyne.CanvasObject(l.view.empty) {
			size.Width = 0
		}
		min = min.Max(size)
	}
	return min
}

// Layout fills the room.
func (l bodyLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, x := range o {
		width := size.Width
		if x == fyne.CanvasObject(l.view.empty) && l.view.wide != nil {
			width = min(width, l.view.wide.Size().Width)
		}
		x.Resize(fyne.NewSize(width, size.Height))
		x.Move(fyne.Position{})
	}
}

// roomFor is the room that the rows of a table have at least: where a page has no room for that, it scrolls.
func roomFor(rows int) fyne.CanvasObject { return lay.Blank(0, float32(rows)*look.RowHeight()) }

// leastRows is how many rows of a table can be seen at once, at least.
const leastRows = 5

// Resize gives the table its room, and scrolls to a row selected before it had any: windows first lay out everything as
// small as it can be.
func (t *Table[T]) Resize(size fyne.Size) {
	t.BaseWidget.Resize(size)
	if t.view.late && size.Height > t.MinSize().Height {
		t.view.late = false
		t.view.list.ScrollToTop()
		t.view.list.ScrollTo(t.find(t.selected))
	}
	t.tellWhole() // there is another width for it
}

// Refresh redraws head and rows.
func (t *Table[T]) Refresh() {
	v := t.view
	v.head.all = len(t.rows) > 0 && len(t.ticked) == len(t.rows)
	v.head.Refresh()
	v.empty.Hidden = len(t.rows) > 0
	v.list.Refresh()
	t.tellWhole()
	t.BaseWidget.Refresh()
}
