package gallery

import (
	"image"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Exhibit is one thing in an order: what names it for good, what is written below its picture.
type Exhibit struct {
	Key     string
	Caption string
	Note    string
	Picture image.Image   // or nil
	Shape   fyne.Resource // stands for a picture that is not there
}

// Order shows things as pictures in an order, line by line, that a user can change: by dragging one between two
// others, or with Alt and the arrows up and down. It moves nothing by itself: it calls OnMove with what the user
// wants, and SetExhibits shows the result.
type Order struct {
	lay.Box

	OnOpen func(key string)         // double tap or Enter
	OnMove func(key string, to int) // the place it should have among the others, from 0

	exhibits []Exhibit
	cells    []*orderCell
	selected string
	lastTap  time.Time
	grid     *fyne.Container
	layout   *orderLayout
	scroll   *container.Scroll
}

// NewOrder returns an empty order.
func NewOrder() *Order {
	o := &Order{layout: &orderLayout{gap: -1}}
	line := canvas.NewRectangle(look.Info.Color())
	o.grid = container.New(o.layout, line)
	o.scroll = lay.VScroll(o.grid)
	o.Content = o.scroll
	o.ExtendBaseWidget(o)
	return o
}

// SetExhibits replaces the things; the selection stays with its key.
func (o *Order) SetExhibits(exhibits []Exhibit) {
	o.exhibits = slices.Clone(exhibits)
	o.cells = nil
	o.grid.Objects = o.grid.Objects[:1]
	for _, p := range o.exhibits {
		c := newOrderCell(o, p)
		o.cells = append(o.cells, c)
		o.grid.Add(c)
	}
	o.layout.gap = -1
	o.grid.Refresh()
	o.mark()
}

// SetPicture shows a picture that was not there yet.
func (o *Order) SetPicture(key string, img image.Image) {
	if i := o.find(key); i >= 0 {
		o.exhibits[i].Picture = img
		o.cells[i].thumb.Set(img)
	}
}

// Select marks the thing of key; "" marks none.
func (o *Order) Select(key string) {
	o.selected = key
	o.mark()
}

// Selected is the key of the thing that is marked, or "".
func (o *Order) Selected() string { return o.selected }

// Focus puts the keyboard in the order.
func (o *Order) Focus() { keys.Focus(o) }

func (o *Order) find(key string) int {
	return slices.IndexFunc(o.exhibits, func(p Exhibit) bool { return p.Key == key })
}

func (o *Order) mark() {
	for i, c := range o.cells {
		tone := look.Plain
		if o.exhibits[i].Key == o.selected {
			tone = look.Info
		}
		c.thumb.Mark(tone)
	}
}

func (o *Order) tapped(c *orderCell) {
	again := c.key == o.selected && time.Since(o.lastTap) < keys.DoubleTap
	o.lastTap = time.Now()
	keys.Focus(o)
	o.Select(c.key)
	if again && o.OnOpen != nil {
		o.lastTap = time.Time{}
		o.OnOpen(c.key)
	}
}

// dragged shows where a thing would go.
func (o *Order) dragged(c *orderCell, at fyne.Position) {
	o.Select(c.key)
	o.layout.gap = o.layout.slot(at, len(o.cells))
	o.grid.Refresh()
}

// dropped asks for the thing to be moved to where the line stood.
func (o *Order) dropped(c *orderCell) {
	from, to := o.find(c.key), o.layout.gap
	o.layout.gap = -1
	o.grid.Refresh()
	if to > from {
		to-- // it does not stand in its own way
	}
	o.move(from, to)
}

func (o *Order) move(from, to int) {
	if from >= 0 && to >= 0 && to < len(o.exhibits) && to != from && o.OnMove != nil {
		o.OnMove(o.exhibits[from].Key, to)
	}
}

// TypedKey moves the mark, opens, or passes the key on.
func (o *Order) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyRight:
		o.step(1)
	case fyne.KeyLeft:
		o.step(-1)
	case fyne.KeyDown:
		o.step(o.layout.columns)
	case fyne.KeyUp:
		o.step(-o.layout.columns)
	case fyne.KeyReturn, fyne.KeyEnter:
		if o.selected != "" && o.OnOpen != nil {
			o.OnOpen(o.selected)
		}
	default:
		keys.Pass(o, key)
	}
}

// step moves the mark and scrolls to it.
func (o *Order) step(by int) {
	if len(o.exhibits) == 0 {
		return
	}
	i := min(max(o.find(o.selected)+by, 0), len(o.exhibits)-1)
	o.Select(o.exhibits[i].Key)
	c := o.cells[i]
	top, room := c.Position().Y, o.scroll.Size().Height
	if top < o.scroll.Offset.Y {
		o.scroll.ScrollToOffset(fyne.NewPos(0, top))
	} else if bottom := top + c.Size().Height; bottom > o.scroll.Offset.Y+room {
		o.scroll.ScrollToOffset(fyne.NewPos(0, bottom-room))
	}
}

// TypedShortcut moves the marked thing with Alt and an arrow.
func (o *Order) TypedShortcut(s fyne.Shortcut) {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierAlt {
		return
	}
	switch i := o.find(o.selected); c.KeyName {
	case fyne.KeyUp:
		o.move(i, i-1)
	case fyne.KeyDown:
		o.move(i, i+1)
	}
}

// TypedRune does nothing.
func (o *Order) TypedRune(rune) {}

// FocusGained marks the first thing if none is.
func (o *Order) FocusGained() {
	if o.find(o.selected) < 0 && len(o.exhibits) > 0 {
		o.Select(o.exhibits[0].Key)
	}
}

// FocusLost does nothing.
func (o *Order) FocusLost() {}

// orderCell is one thing.
type orderCell struct {
	widget.BaseWidget

	order   *Order
	key     string
	thumb   *Thumb
	content fyne.CanvasObject
}

func newOrderCell(o *Order, p Exhibit) *orderCell {
	c := &orderCell{order: o, key: p.Key, thumb: NewThumb(look.Em(9), look.Em(7))}
	if p.Shape != nil {
		c.thumb.SetShape(p.Shape)
	}
	c.thumb.Set(p.Picture)
	c.content = container.NewBorder(
		nil,
		lay.Stack(0, look.NewCutText(p.Caption, look.Body, look.Plain), look.NewCutText(p.Note, look.Note, look.Quiet)),
		nil,
		nil,
		c.thumb,
	)
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *orderCell) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(c.content)
}

// Tapped marks the thing.
func (c *orderCell) Tapped(*fyne.PointEvent) { c.order.tapped(c) }

// Dragged shows where it would go.
func (c *orderCell) Dragged(e *fyne.DragEvent) { c.order.dragged(c, c.Position().Add(e.Position)) }

// DragEnd asks to move it there.
func (c *orderCell) DragEnd() { c.order.dropped(c) }

// Cursor shows a hand.
func (c *orderCell) Cursor() desktop.Cursor { return desktop.PointerCursor }

// orderLayout sets cells line by line; the first object is the line that shows where a dragged cell would go.
type orderLayout struct {
	columns int
	cell    fyne.Size
	gap     int // before which cell the line stands; -1 for none
}

// MinSize is one cell wide and as high as the lines of the last layout.
func (l *orderLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	if len(o) < 2 {
		return fyne.Size{}
	}
	lines := (len(o) - 2 + max(l.columns, 1)) / max(l.columns, 1)
	cell := o[1].MinSize()
	return fyne.NewSize(cell.Width, float32(lines)*(cell.Height+lay.Gap16))
}

// Layout fills lines from the left.
func (l *orderLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].(*canvas.Rectangle).FillColor = theme.Color(look.ColorInfo)
	o[0].Resize(fyne.Size{})
	if len(o) < 2 {
		return
	}
	least := o[1].MinSize()
	l.columns = max(int((size.Width+lay.Gap16)/(least.Width+lay.Gap16)), 1)
	l.cell = fyne.NewSize((size.Width+lay.Gap16)/float32(l.columns), least.Height+lay.Gap16)
	for i, c := range o[1:] {
		c.Resize(l.cell.SubtractWidthHeight(lay.Gap16, lay.Gap16))
		c.Move(l.at(i))
	}
	if l.gap >= 0 {
		o[0].Resize(fyne.NewSize(3, l.cell.Height-lay.Gap16))
		o[0].Move(l.at(l.gap).SubtractXY(lay.Gap8+1.5, 0))
	}
}

// at is the corner of cell i.
func (l *orderLayout) at(i int) fyne.Position {
	return fyne.NewPos(float32(i%l.columns)*l.cell.Width, float32(i/l.columns)*l.cell.Height)
}

// slot is the cell before which something dropped at p goes, n for behind the last.
func (l *orderLayout) slot(p fyne.Position, n int) int {
	line := max(int(p.Y/l.cell.Height), 0)
	column := min(max(int(p.X/l.cell.Width+0.5), 0), l.columns)
	return min(line*l.columns+column, n)
}
