package table

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// tableHead draws the column titles and takes presses on them.
type tableHead struct {
	widget.BaseWidget

	grid   *grid
	titles []string
	can    []bool // sortable
	sorted int    // column, or -1
	down   bool   // greatest first
	all    bool   // every row is ticked
	onTap  func(column int)
	onSize func(done bool) // a column is being dragged wider or narrower, and was let go

	edge   int // the column whose right edge the pointer is at, or -1
	drag   int // the column being dragged, or -1
	edgeAt time.Time
}

func newTableHead(g *grid, titles []string, can []bool, tapped func(int)) *tableHead {
	h := &tableHead{grid: g, titles: titles, can: can, sorted: -1, onTap: tapped, edge: -1, drag: -1}
	h.ExtendBaseWidget(h)
	return h
}

// Tapped tells the table which title was pressed. Two quick presses at an edge give the columns their own widths
// back.
func (h *tableHead) Tapped(e *fyne.PointEvent) {
	if h.grid.edge(e.Position.X) < 0 {
		h.onTap(h.grid.column(e.Position.X))
		return
	}
	if again := time.Since(h.edgeAt) < keys.DoubleTap; again {
		h.grid.free()
		h.onSize(true)
	}
	h.edgeAt = time.Now()
}

// Cursor shows a hand where something can be sorted, arrows where a column can be dragged.
func (h *tableHead) Cursor() desktop.Cursor {
	if h.edge >= 0 || h.drag >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.PointerCursor
}

// MouseIn notes where the pointer is.
func (h *tableHead) MouseIn(e *desktop.MouseEvent) { h.edge = h.grid.edge(e.Position.X) }

// MouseMoved notes where the pointer is.
func (h *tableHead) MouseMoved(e *desktop.MouseEvent) { h.edge = h.grid.edge(e.Position.X) }

// MouseOut forgets it.
func (h *tableHead) MouseOut() { h.edge = -1 }

// Dragged widens or narrows the column at whose edge the drag began.
func (h *tableHead) Dragged(e *fyne.DragEvent) {
	if h.drag < 0 {
		if h.drag = h.grid.edge(e.Position.X - e.Dragged.DX); h.drag < 0 {
			return
		}
	}
	h.grid.setWidth(h.drag, e.Position.X)
	h.onSize(false)
}

// DragEnd lets the column go.
func (h *tableHead) DragEnd() {
	if h.drag >= 0 {
		h.drag = -1
		h.onSize(true)
	}
}

// CreateRenderer implements fyne.Widget.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	r := &tableHeadRenderer{
		head:   h,
		ground: canvas.NewRectangle(color.Transparent),
		line:   canvas.NewRectangle(color.Transparent),
		tick:   widget.NewIcon(nil),
	}
	for i := range h.titles {
		t := look.NewText("", look.Note, look.Quiet)
		t.Alignment = h.grid.align(i)
		r.texts = append(r.texts, t)
		r.edges = append(r.edges, canvas.NewRectangle(color.Transparent))
	}
	r.ground.TopLeftCornerRadius, r.ground.TopRightCornerRadius = look.Radius, look.Radius
	r.Refresh()
	return r
}

type tableHeadRenderer struct {
	head         *tableHead
	ground, line *canvas.Rectangle
	tick         *widget.Icon
	texts        []*canvas.Text
	edges        []*canvas.Rectangle // where columns can be dragged
}

// MinSize is one row high.
func (r *tableHeadRenderer) MinSize() fyne.Size { return fyne.NewSize(0, look.RowHeight()) }

// Layout places titles over their columns.
func (r *tableHeadRenderer) Layout(size fyne.Size) {
	g := r.head.grid
	g.fit(size.Width)
	r.ground.Resize(size)
	r.line.Resize(fyne.NewSize(size.Width, 1))
	r.line.Move(fyne.NewPos(0, size.Height-1))
	icon := theme.IconInlineSize()
	r.tick.Resize(fyne.NewSquareSize(icon))
	r.tick.Move(fyne.NewPos(lay.Gap8, (size.Height-icon)/2))
	for i, t := range r.texts {
		t.Text = look.RulerFor(t.TextSize, false).Cut(r.head.title(i), g.ws[i]-2*cellGap)
		h := t.MinSize().Height
		t.Resize(fyne.NewSize(g.ws[i]-2*cellGap, h))
		t.Move(fyne.NewPos(g.xs[i]+cellGap, (size.Height-h)/2))
		r.edges[i].Resize(fyne.NewSize(1, size.Height-2*lay.Gap8))
		r.edges[i].Move(fyne.NewPos(g.xs[i]+g.ws[i]-1, lay.Gap8))
	}
}

// title is the column's name, with the way it is sorted as a shape.
func (h *tableHead) title(i int) string {
	switch {
	case i != h.sorted:
		return h.titles[i]
	case h.down:
		return h.titles[i] + " ▼"
	}
	return h.titles[i] + " ▲"
}

// Refresh redraws the head.
func (r *tableHeadRenderer) Refresh() {
	r.ground.FillColor = theme.Color(theme.ColorNameHeaderBackground)
	r.line.FillColor = theme.Color(theme.ColorNameSeparator)
	for _, e := range r.edges {
		e.FillColor = theme.Color(theme.ColorNameSeparator)
	}
	icon := theme.CheckButtonIcon()
	if r.head.all {
		icon = theme.NewPrimaryThemedResource(theme.CheckButtonCheckedIcon())
	}
	r.tick.SetResource(icon)
	r.Layout(r.head.Size())
	canvas.Refresh(r.head)
}

// Objects lists what is drawn, from the back.
func (r *tableHeadRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ground, r.line}
	if r.head.grid.lead > 0 {
		objects = append(objects, r.tick)
	}
	for _, t := range r.texts {
		objects = append(objects, t)
	}
	if r.head.grid.edges {
		for _, e := range r.edges {
			objects = append(objects, e)
		}
	}
	return objects
}

// Destroy does nothing.
func (r *tableHeadRenderer) Destroy() {}
