package gallery

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
)

// Gallery shows many things as pictures with a caption: one selected, a hundred thousand without delay. Pictures
// come from a small cache of the page's; only those in sight are asked for.
type Gallery[T any] struct {
	lay.Box

	OnSelect func(T)
	OnOpen   func(T) // double tap or Enter

	items    []T
	places   map[string]int // of each key among the items
	key      func(T) string
	caption  func(T) table.Cell
	picture  func(T) (image.Image, fyne.Resource)
	selected string
	lastTap  time.Time
	grid     *galleryGrid
	empty    *fyne.Container
}

// New returns an empty gallery. key names an item for good; picture returns a thumbnail at once, or nil and
// a shape in its place for one that is not there yet or never will be: call Came when it has come.
func New[T any](
	key func(T) string,
	caption func(T) table.Cell,
	picture func(T) (image.Image, fyne.Resource),
) *Gallery[T] {
	g := &Gallery[T]{key: key, caption: caption, picture: picture, empty: container.NewStack()}
	g.grid = newGalleryGrid(func() int { return len(g.items) }, g.fill)
	g.grid.onMove, g.grid.onKey = g.move, g.typed
	g.Content = container.NewStack(g.grid, g.empty)
	g.ExtendBaseWidget(g)
	return g
}

// SetEmpty sets what is drawn when there is nothing to show.
func (g *Gallery[T]) SetEmpty(o fyne.CanvasObject) {
	g.empty.Objects = []fyne.CanvasObject{o}
	g.empty.Refresh()
}

// SetItems replaces the items, which must not be changed afterwards; the selection stays with its key. OnSelect is
// not called.
func (g *Gallery[T]) SetItems(items []T) {
	g.items, g.places = items, make(map[string]int, len(items))
	for i, x := range items {
		g.places[g.key(x)] = i
	}
	if g.find(g.selected) < 0 {
		g.selected = ""
	}
	g.empty.Hidden = len(items) > 0
	g.Refresh()
}

// Select selects the item of key, scrolls to it and calls OnSelect; "" selects none.
func (g *Gallery[T]) Select(key string) {
	i := g.find(key)
	if i < 0 {
		g.selected = ""
		g.Refresh()
		return
	}
	g.choose(i)
}

// Selected returns the selected item.
func (g *Gallery[T]) Selected() (item T, ok bool) {
	if i := g.find(g.selected); i >= 0 {
		return g.items[i], true
	}
	return item, false
}

// Came draws the item of key again, if it is in sight: its picture is there now.
func (g *Gallery[T]) Came(key string) {
	i := g.find(key)
	for _, c := range g.grid.cells { // Fyne's own way draws all that are in sight
		if i >= 0 && c.at == i {
			g.fill(i, c)
		}
	}
}

func (g *Gallery[T]) fill(i int, c *galleryCell) {
	if i >= len(g.items) {
		return
	}
	item := g.items[i]
	c.at = i
	c.show(g.caption(item), g.key(item) == g.selected)
	img, shape := g.picture(item)
	c.image.SetShape(shape)
	c.image.Set(img)
	c.onTap = func() { g.tapped(i) }
}

func (g *Gallery[T]) tapped(i int) {
	if i >= len(g.items) {
		return
	}
	again := g.key(g.items[i]) == g.selected && time.Since(g.lastTap) < keys.DoubleTap
	g.lastTap = time.Now()
	keys.Focus(g.grid)
	g.choose(i)
	if again {
		g.lastTap = time.Time{}
		g.open()
	}
}

func (g *Gallery[T]) choose(i int) {
	key := g.key(g.items[i])
	changed := key != g.selected
	g.selected = key
	if g.grid.Size().Height > 0 {
		g.grid.ScrollTo(i)
	}
	g.grid.Refresh()
	if changed && g.OnSelect != nil {
		g.OnSelect(g.items[i])
	}
}

func (g *Gallery[T]) move(by int) {
	if len(g.items) > 0 {
		g.choose(min(max(g.find(g.selected)+by, 0), len(g.items)-1))
	}
}

func (g *Gallery[T]) typed(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter {
		g.open()
		return
	}
	keys.Pass(g.grid, key)
}

func (g *Gallery[T]) open() {
	if item, ok := g.Selected(); ok && g.OnOpen != nil {
		g.OnOpen(item)
	}
}

func (g *Gallery[T]) find(key string) int {
	if i, ok := g.places[key]; ok && key != "" {
		return i
	}
	return -1
}

// galleryGrid is Fyne's grid with a keyboard of its own.
type galleryGrid struct {
	widget.GridWrap

	onMove func(by int)
	onKey  func(*fyne.KeyEvent)
	cells  []*galleryCell // made so far: as many as were ever in sight at once
}

func newGalleryGrid(length func() int, fill func(int, *galleryCell)) *galleryGrid {
	g := &galleryGrid{}
	g.Length = length
	g.CreateItem = func() fyne.CanvasObject {
		c := newGalleryCell()
		g.cells = append(g.cells, c)
		return c
	}
	g.UpdateItem = func(i int, o fyne.CanvasObject) { fill(i, o.(*galleryCell)) }
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer lets the wheel turn as far as it does elsewhere.
func (g *galleryGrid) CreateRenderer() fyne.WidgetRenderer {
	return lay.NewListRenderer(g.GridWrap.CreateRenderer(), g, nil)
}

// FocusGained does nothing: Fyne's grid would mark an item of its own next to the selected one.
func (g *galleryGrid) FocusGained() {}

// FocusLost does nothing, see FocusGained.
func (g *galleryGrid) FocusLost() {}

// TypedKey moves the selection or passes the key on.
func (g *galleryGrid) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyRight:
		g.onMove(1)
	case fyne.KeyLeft:
		g.onMove(-1)
	case fyne.KeyDown:
		g.onMove(g.ColumnCount())
	case fyne.KeyUp:
		g.onMove(-g.ColumnCount())
	default:
		g.onKey(key)
	}
}

// galleryCell is one picture with its caption.
type galleryCell struct {
	widget.BaseWidget

	onTap  func()
	at     int // the item shown
	ground *canvas.Rectangle
	image  *Thumb
	words  *look.CutText
}

func newGalleryCell() *galleryCell {
	c := &galleryCell{
		ground: lay.Paper(), image: NewThumb(look.Em(9), look.Em(7)), words: look.NewCutText("", look.Note, look.Plain),
	}
	c.ExtendBaseWidget(c)
	return c
}

func (c *galleryCell) show(caption table.Cell, selected bool) {
	if c.words.Text() != caption.Text || c.words.Line.Color != caption.Tone.Color() {
		c.words.Set(caption.Text, caption.Tone)
	}
	c.ground.StrokeColor, c.ground.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
	if selected {
		c.ground.StrokeColor, c.ground.StrokeWidth = theme.Color(look.ColorInfo), 3
	}
	c.ground.Refresh()
}

// Tapped selects the item.
func (c *galleryCell) Tapped(*fyne.PointEvent) {
	if c.onTap != nil {
		c.onTap()
	}
}

// MinSize is the size of every cell.
func (c *galleryCell) MinSize() fyne.Size { return fyne.NewSize(look.Em(11), look.Em(11)) }

// CreateRenderer implements fyne.Widget.
func (c *galleryCell) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.ground,
		lay.Inset(lay.Gap8, container.NewBorder(nil, c.words, nil, nil, c.image))))
}
