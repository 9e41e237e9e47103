package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
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
}

func newTableHead(g *grid, titles []string, can []bool, tapped func(int)) *tableHead {
	h := &tableHead{grid: g, titles: titles, can: can, sorted: -1, onTap: tapped}
	h.ExtendBaseWidget(h)
	return h
}

// Tapped tells the table which title was pressed.
func (h *tableHead) Tapped(e *fyne.PointEvent) { h.onTap(h.grid.column(e.Position.X)) }

// Cursor shows a hand where something can be sorted.
func (h *tableHead) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for Fyne.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	r := &tableHeadRenderer{head: h, ground: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent), tick: widget.NewIcon(nil)}
	for i := range h.titles {
		t := NewText("", Note, Quiet)
		t.Alignment = h.grid.align(i)
		r.texts = append(r.texts, t)
	}
	r.ground.TopLeftCornerRadius, r.ground.TopRightCornerRadius = radius, radius
	r.Refresh()
	return r
}

type tableHeadRenderer struct {
	head         *tableHead
	ground, line *canvas.Rectangle
	tick         *widget.Icon
	texts        []*canvas.Text
}

// MinSize is one row high.
func (r *tableHeadRenderer) MinSize() fyne.Size { return fyne.NewSize(0, RowHeight()) }

// Layout places titles over their columns.
func (r *tableHeadRenderer) Layout(size fyne.Size) {
	g := r.head.grid
	g.fit(size.Width)
	r.ground.Resize(size)
	r.line.Resize(fyne.NewSize(size.Width, 1))
	r.line.Move(fyne.NewPos(0, size.Height-1))
	icon := theme.IconInlineSize()
	r.tick.Resize(fyne.NewSquareSize(icon))
	r.tick.Move(fyne.NewPos(Gap8, (size.Height-icon)/2))
	for i, t := range r.texts {
		t.Text = rulerFor(t.TextSize, false).cut(r.head.title(i), g.ws[i]-2*cellGap)
		h := t.MinSize().Height
		t.Resize(fyne.NewSize(g.ws[i]-2*cellGap, h))
		t.Move(fyne.NewPos(g.xs[i]+cellGap, (size.Height-h)/2))
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
	return objects
}

// Destroy does nothing.
func (r *tableHeadRenderer) Destroy() {}
