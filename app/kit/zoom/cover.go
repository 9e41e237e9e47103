package zoom

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/look"
)

// Cover is a rectangle laid over a picture, in parts of the upright picture's width and height, 0-1, from its upper
// left corner.
type Cover struct{ X, Y, W, H float64 }

// Covers shows one picture and lets the user draw covers over it by dragging; a press on a cover picks it, to be
// taken off. The wheel enlarges around the pointer.
type Covers struct {
	widget.BaseWidget

	// OnChange is called on the UI thread after the user drew a cover.
	OnChange func()

	pic    *Picture
	raster *canvas.Raster
	covers []Cover
	picked int // -1 for none
	from   fyne.Position
	draft  *Cover  // being drawn
	held   bool    // the mouse button is down since from
	zoom   float64 // 1 shows all of the picture
	cx, cy float64 // the place of the picture in the middle, in parts of it
}

// NewCovers returns an editor without a picture.
func NewCovers() *Covers {
	e := &Covers{picked: -1, zoom: 1, cx: .5, cy: .5}
	e.raster = canvas.NewRaster(e.paint)
	e.ExtendBaseWidget(e)
	return e
}

// SetPicture shows p with its covers; nil shows nothing. OnChange is not called.
func (e *Covers) SetPicture(p *Picture, covers []Cover) {
	e.pic, e.draft = p, nil
	e.zoom, e.cx, e.cy = 1, .5, .5
	e.SetCovers(covers)
}

// SetCovers shows other covers. OnChange is not called.
func (e *Covers) SetCovers(covers []Cover) {
	e.covers, e.picked = slices.Clone(covers), -1
	e.Refresh()
}

// Covers returns the covers in the order they were drawn.
func (e *Covers) Covers() []Cover { return slices.Clone(e.covers) }

// TakeOff takes off the cover that is picked, or the last one, and reports whether there was one.
func (e *Covers) TakeOff() bool {
	if len(e.covers) == 0 {
		return false
	}
	at := e.picked
	if at < 0 {
		at = len(e.covers) - 1
	}
	e.covers = slices.Delete(e.covers, at, at+1)
	e.picked = -1
	e.Refresh()
	return true
}

// CreateRenderer implements fyne.Widget.
func (e *Covers) CreateRenderer() fyne.WidgetRenderer {
	r := &coverRenderer{editor: e}
	r.Refresh()
	return r
}

// MinSize leaves room for something to be seen.
func (e *Covers) MinSize() fyne.Size { return fyne.NewSize(look.Em(10), look.Em(8)) }

func (e *Covers) paint(w, h int) image.Image {
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if e.pic != nil && w > 0 && h > 0 {
		scale := min(float64(w)/e.pic.w, float64(h)/e.pic.h, fitLimit) * e.zoom
		e.cx, e.cy = inside(e.cx, 1, float64(w)/(e.pic.w*scale)), inside(e.cy, 1, float64(h)/(e.pic.h*scale))
		e.pic.draw(dst, scale, e.cx*e.pic.w, e.cy*e.pic.h)
	}
	return dst
}

// frame is where the picture lies in the widget. Its pixels are those of the screen, which may be finer than the
// widget's units; only when a small picture is not enlarged to fill the room does that matter.
func (e *Covers) frame() (at fyne.Position, size fyne.Size) {
	room := e.Size()
	if e.pic == nil || room.Width <= 0 || room.Height <= 0 {
		return at, size
	}
	fine := float64(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		fine = float64(c.Scale())
	}
	scale := min(float64(room.Width)/e.pic.w, float64(room.Height)/e.pic.h, fitLimit/fine) * e.zoom
	w, h := e.pic.w*scale, e.pic.h*scale
	e.cx, e.cy = inside(e.cx, 1, float64(room.Width)/w), inside(e.cy, 1, float64(room.Height)/h)
	at = fyne.NewPos(float32(float64(room.Width)/2-e.cx*w), float32(float64(room.Height)/2-e.cy*h))
	return at, fyne.NewSize(float32(w), float32(h))
}

// between is the cover from one place of the widget to another, within the picture.
func (e *Covers) between(a, b fyne.Position) Cover {
	at, size := e.frame()
	part := func(v, from, length float32) float64 { return min(max(float64((v-from)/length), 0), 1) }
	x1, x2 := part(a.X, at.X, size.Width), part(b.X, at.X, size.Width)
	y1, y2 := part(a.Y, at.Y, size.Height), part(b.Y, at.Y, size.Height)
	return Cover{min(x1, x2), min(y1, y2), math.Abs(x1 - x2), math.Abs(y1 - y2)}
}

// MouseDown notes where drawing begins.
func (e *Covers) MouseDown(m *desktop.MouseEvent) { e.from, e.held = m.Position, true }

// MouseUp ends what MouseDown began.
func (e *Covers) MouseUp(*desktop.MouseEvent) { e.held = false }

// Dragged draws a cover.
func (e *Covers) Dragged(d *fyne.DragEvent) {
	if e.pic == nil {
		return
	}
	if e.draft == nil && !e.held {
		e.from = d.Position.Subtract(d.Dragged)
	}
	c := e.between(e.from, d.Position)
	e.draft = &c
	e.Refresh()
}

// leastCover is the length of a cover's sides below which a drag was meant as a press, in parts of the picture.
const leastCover = 0.004

// DragEnd keeps the cover that was drawn.
func (e *Covers) DragEnd() {
	c := e.draft
	e.draft = nil
	if c != nil && c.W >= leastCover && c.H >= leastCover {
		e.covers, e.picked = append(e.covers, *c), -1
		e.Refresh()
		if e.OnChange != nil {
			e.OnChange()
		}
		return
	}
	e.Refresh()
}

// Scrolled enlarges around the pointer, or shrinks until all is seen again.
func (e *Covers) Scrolled(s *fyne.ScrollEvent) {
	far := float64(s.Scrolled.DY * look.Turn())
	e.zoomAt(s.Position, math.Exp(min(max(far, -wheelMost), wheelMost)/wheelFold))
}

// ZoomBy enlarges the middle by a factor, above 0; it never goes below all of the picture.
func (e *Covers) ZoomBy(factor float64) {
	e.zoomAt(fyne.NewPos(e.Size().Width/2, e.Size().Height/2), factor)
}

func (e *Covers) zoomAt(p fyne.Position, factor float64) {
	at, size := e.frame()
	next := min(max(e.zoom*factor, 1), zoomLimit)
	if size.Width <= 0 || size.Height <= 0 || next == e.zoom {
		return
	}
	part := func(v, from, length float32) float64 { return float64((v - from) / length) }
	ratio := e.zoom / next
	x, y := part(p.X, at.X, size.Width), part(p.Y, at.Y, size.Height)
	e.cx, e.cy, e.zoom = x+(e.cx-x)*ratio, y+(e.cy-y)*ratio, next
	e.Refresh()
}

// Tapped picks the cover under the pointer, or none.
func (e *Covers) Tapped(p *fyne.PointEvent) {
	at := e.between(p.Position, p.Position)
	e.picked = -1
	for i, c := range e.covers {
		if at.X >= c.X && at.X <= c.X+c.W && at.Y >= c.Y && at.Y <= c.Y+c.H {
			e.picked = i
		}
	}
	e.Refresh()
}

// Cursor is a cross: one draws here.
func (e *Covers) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// coverRenderer lays rectangles over the picture.
type coverRenderer struct {
	editor *Covers
	rects  []fyne.CanvasObject
}

func (r *coverRenderer) Layout(size fyne.Size) {
	e := r.editor
	e.raster.Resize(size)
	at, whole := e.frame()
	for i, c := range r.shown() {
		x, w := clip(at.X+float32(c.X)*whole.Width, float32(c.W)*whole.Width, size.Width)
		y, h := clip(at.Y+float32(c.Y)*whole.Height, float32(c.H)*whole.Height, size.Height)
		o := r.rects[i]
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
}

// clip keeps a length from at within a room from 0.
func clip(at, length, room float32) (float32, float32) {
	from, to := min(max(at, 0), room), min(max(at+length, 0), room)
	return from, to - from
}

func (r *coverRenderer) shown() []Cover {
	if r.editor.draft != nil {
		return append(slices.Clone(r.editor.covers), *r.editor.draft)
	}
	return r.editor.covers
}

func (r *coverRenderer) MinSize() fyne.Size { return r.editor.MinSize() }

// coverPaper is how judges see what is covered.
var coverPaper = color.NRGBA{200, 200, 196, 255}

func (r *coverRenderer) Refresh() {
	r.rects = nil
	for i := range r.shown() {
		o := canvas.NewRectangle(coverPaper)
		o.StrokeWidth, o.StrokeColor = 1, theme.Color(theme.ColorNameForeground)
		if i == r.editor.picked || i == len(r.editor.covers) {
			o.StrokeWidth, o.StrokeColor = 3, theme.Color(look.ColorInfo)
		}
		r.rects = append(r.rects, o)
	}
	r.Layout(r.editor.Size())
	if r.editor.draft == nil {
		r.editor.raster.Refresh()
	}
	canvas.Refresh(r.editor)
}

func (r *coverRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{r.editor.raster}, r.rects...)
}

func (r *coverRenderer) Destroy() {}
