package table

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// tableRow draws one row: bare texts at fixed places, changed only when their content changes. A label per cell
// would be a hundred times slower.
type tableRow struct {
	widget.BaseWidget

	grid   *grid
	cells  []Cell
	shown  []Cell // what the texts show now
	widths []float32
	texts  []*canvas.Text
	ground *canvas.Rectangle
	bar    *canvas.Rectangle
	tick   *widget.Icon
	box    *canvas.Rectangle // around the marked cell, in tables whose cells can be changed
	boxed  int               // its column, -1 for none
	turn   int               // of the grid, when texts were placed
	held   fyne.KeyModifier  // keys held down at the last press

	onTap  func(column int)
	onMenu func(at fyne.Position)
	onDrag func(at fyne.Position, done bool)
}

func newTableRow(g *grid) *tableRow {
	r := &tableRow{
		grid:   g,
		ground: canvas.NewRectangle(theme.Color(theme.ColorNameSelection)),
		bar:    canvas.NewRectangle(theme.Color(look.ColorInfo)),
		tick:   widget.NewIcon(nil),
		box:    canvas.NewRectangle(color.Transparent),
		boxed:  -1,
	}
	r.box.StrokeWidth = 1.5
	r.box.Hide()
	r.cells, r.shown, r.widths = make([]Cell, len(g.mins)), make([]Cell, len(g.mins)), make([]float32, len(g.mins))
	for i := range g.mins {
		t := look.NewText("", look.Body, look.Plain)
		t.Alignment = g.align(i)
		r.texts = append(r.texts, t)
	}
	r.bar.Hide()
	r.ground.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// mark shows whether the row is selected and, in tables with ticks, ticked.
func (r *tableRow) mark(selected, ticked bool) {
	ground := selected || ticked && r.grid.lead == 0
	if r.bar.Visible() != selected || r.ground.Visible() != ground {
		r.bar.Hidden, r.ground.Hidden = !selected, !ground
		canvas.Refresh(r)
	}
	if r.grid.lead == 0 {
		return
	}
	icon := theme.CheckButtonIcon()
	if ticked {
		icon = theme.NewPrimaryThemedResource(theme.CheckButtonCheckedIcon())
	}
	r.tick.SetResource(icon)
}

// frame draws a frame around the cell of a column, around none for -1.
func (r *tableRow) frame(column int) {
	r.boxed = column
	if r.box.Visible() != (column >= 0) {
		r.box.Hidden = column < 0
		canvas.Refresh(r)
	}
	r.placeBox()
}

func (r *tableRow) placeBox() {
	if r.boxed < 0 || r.boxed >= len(r.grid.ws) {
		return
	}
	r.box.StrokeColor = look.Info.Color()
	r.box.Move(fyne.NewPos(r.grid.xs[r.boxed]+2, 1))
	r.box.Resize(fyne.NewSize(r.grid.ws[r.boxed]-4, r.Size().Height-2))
	r.box.Refresh()
}

// fill writes r.cells into the texts whose cell or width changed.
func (r *tableRow) fill() {
	r.grid.fit(r.Size().Width)
	if r.turn != r.grid.turn {
		r.place()
	}
	for i, c := range r.cells {
		w := r.grid.ws[i] - 2*cellGap
		if c == r.shown[i] && w == r.widths[i] {
			continue
		}
		r.shown[i], r.widths[i] = c, w
		t := r.texts[i]
		t.Text = look.RulerFor(t.TextSize, c.Strong).Cut(c.Text, w)
		t.Color = c.Tone.Color()
		t.TextStyle.Bold = c.Strong
		t.Refresh()
	}
}

// place sets the texts over their columns.
func (r *tableRow) place() {
	r.turn = r.grid.turn
	height := r.Size().Height
	for i, t := range r.texts {
		h := t.MinSize().Height
		t.Resize(fyne.NewSize(r.grid.ws[i]-2*cellGap, h))
		t.Move(fyne.NewPos(r.grid.xs[i]+cellGap, (height-h)/2))
	}
}

// MouseDown notes which keys are held.
func (r *tableRow) MouseDown(e *desktop.MouseEvent) { r.held = e.Modifier }

// MouseUp does nothing.
func (r *tableRow) MouseUp(*desktop.MouseEvent) {}

// Tapped tells the table which column was hit.
func (r *tableRow) Tapped(e *fyne.PointEvent) {
	if r.onTap != nil {
		r.onTap(r.grid.column(e.Position.X))
	}
}

// TappedSecondary asks for the row's menu.
func (r *tableRow) TappedSecondary(e *fyne.PointEvent) {
	if r.onMenu != nil {
		r.onMenu(e.AbsolutePosition)
	}
}

// CreateRenderer implements fyne.Widget.
func (r *tableRow) CreateRenderer() fyne.WidgetRenderer { return &tableRowRenderer{r} }

type tableRowRenderer struct{ row *tableRow }

// MinSize is as high as a row less the gap the list adds.
func (r *tableRowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, look.RowHeight()-theme.Padding())
}

// Layout places texts by the shared geometry.
func (r *tableRowRenderer) Layout(size fyne.Size) {
	row := r.row
	row.fill()
	row.ground.Resize(size)
	row.bar.Resize(fyne.NewSize(3, size.Height))
	icon := theme.IconInlineSize()
	row.tick.Resize(fyne.NewSquareSize(icon))
	row.tick.Move(fyne.NewPos(lay.Gap8, (size.Height-icon)/2))
	row.place()
	row.placeBox()
}

// Refresh redraws the row.
func (r *tableRowRenderer) Refresh() {
	r.Layout(r.row.Size())
	canvas.Refresh(r.row)
}

// Objects lists what is drawn, from the back.
func (r *tableRowRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.row.ground, r.row.bar, r.row.box}
	if r.row.grid.lead > 0 {
		objects = append(objects, r.row.tick)
	}
	for _, t := range r.row.texts {
		objects = append(objects, t)
	}
	return objects
}

// Destroy does nothing.
func (r *tableRowRenderer) Destroy() {}
