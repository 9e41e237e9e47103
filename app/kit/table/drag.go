package table

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/look"
)

// dragLeast is how far a pointer moves, in device-independent pixels, before a press becomes a drag: hands are
// unsteady.
const dragLeast = 12

// WithDrag lets rows be dragged, tells OnDrag where they are and OnDrop where they are let go, in places of the
// window, and returns t. Call it before the table is drawn.
func (t *Table[T]) WithDrag() *Table[T] {
	t.view.grid.drags = true
	return t
}

// RowAt returns the row at a place of the window, where one is shown.
func (t *Table[T]) RowAt(at fyne.Position) (row T, ok bool) {
	from := fyne.CurrentApp().Driver().AbsolutePositionForObject(t.view.list)
	size := t.view.list.Size()
	if at.X < from.X || at.Y < from.Y || at.X >= from.X+size.Width || at.Y >= from.Y+size.Height {
		return row, false
	}
	i := int((at.Y - from.Y + t.view.list.GetScrollOffset()) / look.RowHeight())
	if i < 0 || i >= len(t.rows) {
		return row, false
	}
	return t.rows[i], true
}

// newTableItem is what the list draws for a row: the row, and over it, where rows may be dragged, what feels the
// pointer.
func newTableItem(g *grid) fyne.CanvasObject {
	row := newTableRow(g)
	if !g.drags {
		return row
	}
	pad := &dragPad{row: row}
	pad.ExtendBaseWidget(pad)
	return container.NewStack(row, pad)
}

// rowOf is the row within what the list draws.
func rowOf(o fyne.CanvasObject) *tableRow {
	if c, ok := o.(*fyne.Container); ok {
		return c.Objects[0].(*tableRow)
	}
	return o.(*tableRow)
}

// dragPad feels presses and drags for the row below it.
type dragPad struct {
	widget.BaseWidget

	row   *tableRow
	at    fyne.Position
	moved float32
}

var _ fyne.Draggable = (*dragPad)(nil)

// CreateRenderer draws nothing.
func (d *dragPad) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// MouseDown is the row's.
func (d *dragPad) MouseDown(e *desktop.MouseEvent) { d.row.MouseDown(e) }

// MouseUp is the row's.
func (d *dragPad) MouseUp(e *desktop.MouseEvent) { d.row.MouseUp(e) }

// Tapped presses the row.
func (d *dragPad) Tapped(e *fyne.PointEvent) { d.row.Tapped(e) }

// TappedSecondary asks for the row's menu.
func (d *dragPad) TappedSecondary(e *fyne.PointEvent) { d.row.TappedSecondary(e) }

// Cursor is an arrow, as over other rows.
func (d *dragPad) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// Dragged tells where the pointer is, once it has gone far enough to mean it.
func (d *dragPad) Dragged(e *fyne.DragEvent) {
	d.at = e.AbsolutePosition
	d.moved += abs(e.Dragged.DX) + abs(e.Dragged.DY)
	if d.moved >= dragLeast && d.row.onDrag != nil {
		d.row.onDrag(d.at, false)
	}
}

// DragEnd lets the row go; a small movement is a press.
func (d *dragPad) DragEnd() {
	moved := d.moved
	d.moved = 0
	if moved < dragLeast {
		d.row.Tapped(&fyne.PointEvent{AbsolutePosition: d.at})
		return
	}
	if d.row.onDrag != nil {
		d.row.onDrag(d.at, true)
	}
}

func abs(f float32) float32 { return max(f, -f) }
