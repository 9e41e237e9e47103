package zoom

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/look"
)

// Bounds of enlarging: how much a small picture is enlarged to fill its room, and the most a user can enlarge.
const (
	fitLimit  = 2
	zoomLimit = 8
)

// Zoom shows one picture: fitted into its room, or enlarged around a place and dragged about. It draws what is seen
// and no more.
type Zoom struct {
	widget.BaseWidget

	// OnCoarse is called once, on the UI thread, when more pixels are asked for than a preview has: read the
	// picture and Sharpen.
	OnCoarse func()
	// OnEnd is called when the wheel goes on beyond the lower end of a picture read downwards, or with -1 beyond
	// its upper end; it may be nil.
	OnEnd func(by int)

	pic      *Picture
	raster   *canvas.Raster
	fitted   bool
	wide     bool    // as wide as its room, if not fitted
	scale    float64 // pixels of the screen to one of the picture, if not fitted
	cx, cy   float64 // the place of the picture in the middle
	seen     image.Point
	onChange func() // the scale changed
	coarse   bool   // OnCoarse was called
}

// New shows p, fitted; p may be nil, which shows nothing. changed is called on the UI thread whenever scale or
// position change; it may be nil.
func New(p *Picture, changed func()) *Zoom {
	z := &Zoom{pic: p, fitted: true, onChange: changed}
	z.raster = canvas.NewRaster(z.paint)
	z.ExtendBaseWidget(z)
	return z
}

// Close lets go of the picture, and of what the toolkit keeps of it, which it would else for a minute after it was last
// seen. Nothing is shown any more.
func (z *Zoom) Close() {
	z.pic = nil
	z.raster.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (z *Zoom) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(z.raster) }

// MinSize leaves room for something to be seen.
func (z *Zoom) MinSize() fyne.Size { return fyne.NewSize(look.Em(10), look.Em(8)) }

// paint draws w by h pixels of the screen.
func (z *Zoom) paint(w, h int) image.Image {
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	z.seen = image.Pt(w, h)
	if z.pic != nil && w > 0 && h > 0 {
		z.settle()
		z.pic.draw(dst, z.scale, z.cx, z.cy)
	}
	return dst
}

// fit is the scale at which all of the picture is seen.
func (z *Zoom) fit() float64 {
	if z.pic == nil || z.seen.X == 0 || z.seen.Y == 0 {
		return 1
	}
	return min(float64(z.seen.X)/z.pic.w, float64(z.seen.Y)/z.pic.h, fitLimit)
}

// settle keeps the picture in its room.
func (z *Zoom) settle() {
	if z.fitted {
		z.scale, z.cx, z.cy = z.fit(), z.pic.w/2, z.pic.h/2
		return
	}
	if z.wide {
		z.scale = z.width()
	}
	if z.seen.X == 0 {
		return // not drawn yet
	}
	z.cx = inside(z.cx, z.pic.w, float64(z.seen.X)/z.scale)
	z.cy = inside(z.cy, z.pic.h, float64(z.seen.Y)/z.scale)
}

// inside returns the middle c moved so that a window of room around it stays within whole, or the middle of whole
// if it is smaller.
func inside(c, whole, room float64) float64 {
	if room >= whole {
		return whole / 2
	}
	return min(max(c, room/2), whole-room/2)
}

// Percent is the scale against the picture's own pixels.
func (z *Zoom) Percent() int { return int(math.Round(z.scale * 100)) }

// Toggle goes from fitted to the picture's own pixels and back.
func (z *Zoom) Toggle() {
	if !z.fitted {
		z.fitted = true
		z.changed()
		return
	}
	own := 1.0
	if z.fit() >= 1 {
		own = z.fit() * 2
	}
	z.zoomAt(fyne.NewPos(z.Size().Width/2, z.Size().Height/2), own/z.scale)
}

// Fitted reports whether all of the picture is seen.
func (z *Zoom) Fitted() bool { return z.fitted }

// ZoomBy enlarges the middle by a factor, above 0; it never goes below fitted nor above eight times the picture's
// own pixels.
func (z *Zoom) ZoomBy(factor float64) {
	z.zoomAt(fyne.NewPos(z.Size().Width/2, z.Size().Height/2), factor)
}

// zoomStep and panStep are what one key does: a factor, and a part of what is seen.
const (
	zoomStep = 1.25
	panStep  = 0.2
)

// TypedKey does what a page that shows a picture hands on: + and - enlarge and shrink, 0 fits, the arrows move an
// enlarged picture. It reports whether it used the key.
func (z *Zoom) TypedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyPlus, fyne.KeyEqual:
		z.ZoomBy(zoomStep)
	case fyne.KeyMinus:
		z.ZoomBy(1 / zoomStep)
	case fyne.Key0:
		if !z.fitted {
			z.Toggle()
		}
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown:
		return z.pan(key.Name)
	default:
		return false
	}
	return true
}

// pan moves an enlarged picture; a fitted one leaves the arrows to the page.
func (z *Zoom) pan(key fyne.KeyName) bool {
	if z.fitted || z.pic == nil {
		return false
	}
	dx, dy := panStep*float64(z.seen.X)/z.scale, panStep*float64(z.seen.Y)/z.scale
	switch key {
	case fyne.KeyLeft:
		z.cx -= dx
	case fyne.KeyRight:
		z.cx += dx
	case fyne.KeyUp:
		z.cy -= dy
	case fyne.KeyDown:
		z.cy += dy
	}
	z.changed()
	return true
}

// zoomAt enlarges by a factor so that what is at the place stays there.
func (z *Zoom) zoomAt(at fyne.Position, by float64) {
	if z.pic == nil || z.scale == 0 || z.Size().Width == 0 {
		return
	}
	ratio := float64(z.seen.X) / float64(z.Size().Width)
	dx, dy := float64(at.X)*ratio-float64(z.seen.X)/2, float64(at.Y)*ratio-float64(z.seen.Y)/2
	px, py := z.cx+dx/z.scale, z.cy+dy/z.scale
	next := min(z.scale*by, max(zoomLimit, z.fit()))
	z.fitted, z.wide = next <= z.fit()*1.001, false
	z.scale = next
	z.cx, z.cy = px-dx/next, py-dy/next
	z.changed()
}

func (z *Zoom) changed() {
	if z.pic != nil {
		z.settle()
	}
	z.raster.Refresh()
	if z.onChange != nil {
		z.onChange()
	}
	if z.pic != nil && !z.coarse && z.OnCoarse != nil && !z.pic.enough(0, z.scale) {
		z.coarse = true
		z.OnCoarse()
	}
}

// Sharpen puts p in the place of a preview of the same picture; what is seen stays where it is.
func (z *Zoom) Sharpen(p *Picture) {
	z.pic = p
	z.raster.Refresh()
}

// wheelMost bounds one turn of the wheel, and wheelFold is how far it is turned to enlarge e times: a notch of 108
// pixels is about a quarter.
const (
	wheelMost = 120
	wheelFold = 450
)

// Scrolled enlarges around the pointer, or turns on a picture that is read downwards.
func (z *Zoom) Scrolled(e *fyne.ScrollEvent) {
	if z.Wide() {
		z.turned(e)
		return
	}
	far := float64(e.Scrolled.DY * look.Turn())
	z.zoomAt(e.Position, math.Exp(min(max(far, -wheelMost), wheelMost)/wheelFold))
}

// Dragged moves the picture under the pointer.
func (z *Zoom) Dragged(e *fyne.DragEvent) {
	if z.fitted || z.pic == nil || z.Size().Width == 0 {
		return
	}
	ratio := float64(z.seen.X) / float64(z.Size().Width) / z.scale
	z.cx -= float64(e.Dragged.DX) * ratio
	z.cy -= float64(e.Dragged.DY) * ratio
	z.changed()
}

// DragEnd does nothing.
func (z *Zoom) DragEnd() {}

// DoubleTapped enlarges at the place pressed, or fits again.
func (z *Zoom) DoubleTapped(e *fyne.PointEvent) {
	if !z.fitted {
		z.Toggle()
		return
	}
	z.zoomAt(e.Position, max(1, z.fit()*2)/z.scale)
}
