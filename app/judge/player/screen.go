package player

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/draw"

	"fayi/app/kit/look"
)

// screen shows the pictures of a film; a press plays or pauses it.
type screen struct {
	widget.BaseWidget

	raster  *canvas.Raster
	disc    *canvas.Circle
	sign    *canvas.Image
	now     *image.RGBA // nil for black
	room    image.Point // pixels of the screen
	pressed func()
	sized   func(image.Point)
	closed  bool
}

// playSign is white in dark colours, too: its disc is dark in both.
var playSign = fyne.NewStaticResource("play.svg", []byte(
	`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><path fill="#fff" d="M8 5v14l11-7z"/></svg>`,
))

// newScreen shows a poster, nil for none. sized is called with the room there is when it changed.
func newScreen(poster *image.RGBA, pressed func(), sized func(image.Point)) *screen {
	s := &screen{now: poster, pressed: pressed, sized: sized}
	s.raster = canvas.NewRaster(s.paint)
	s.disc = canvas.NewCircle(color.NRGBA{0, 0, 0, 0x99})
	s.sign = canvas.NewImageFromResource(playSign)
	s.ExtendBaseWidget(s)
	return s
}

// show draws another picture, nil for the same, with the sign of playing over it while nothing plays.
func (s *screen) show(p *image.RGBA, playing bool) {
	if p != nil {
		s.now = p
		s.raster.Refresh()
	}
	if s.disc.Hidden != playing {
		s.disc.Hidden, s.sign.Hidden = playing, playing
		s.Refresh()
	}
}

func (s *screen) close() { s.closed, s.now = true, nil }

// Tapped plays or pauses.
func (s *screen) Tapped(*fyne.PointEvent) { s.pressed() }

// paint draws w by h pixels of the screen.
func (s *screen) paint(w, h int) image.Image {
	if room := image.Pt(w, h); room != s.room && w > 0 && h > 0 && !s.closed {
		s.room = room
		s.sized(room)
	}
	if s.now != nil && alike(s.now.Rect.Size(), image.Pt(w, h)) {
		return s.now
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Rect, image.Black, image.Point{}, draw.Src)
	if s.now != nil {
		draw.ApproxBiLinear.Scale(dst, fitted(s.now.Rect.Size(), dst.Rect.Size()), s.now, s.now.Rect, draw.Src, nil)
	}
	return dst
}

// alike reports whether a picture fills a room without being bent to the eye.
func alike(pic, room image.Point) bool {
	a, b := pic.X*room.Y, pic.Y*room.X
	return room.X > 0 && room.Y > 0 && max(a, b)-min(a, b) < max(a, b)/100
}

// fitted is where a picture of a size stands in a room.
func fitted(pic, room image.Point) image.Rectangle {
	if pic.X <= 0 || pic.Y <= 0 {
		return image.Rectangle{}
	}
	w, h := room.X, pic.Y*room.X/pic.X
	if h > room.Y {
		w, h = pic.X*room.Y/pic.Y, room.Y
	}
	return image.Rect(0, 0, w, h).Add(image.Pt((room.X-w)/2, (room.Y-h)/2))
}

// CreateRenderer implements fyne.Widget.
func (s *screen) CreateRenderer() fyne.WidgetRenderer { return &screenRenderer{s} }

type screenRenderer struct{ screen *screen }

// MinSize leaves room for something to be seen.
func (r *screenRenderer) MinSize() fyne.Size { return fyne.NewSize(look.Em(10), look.Em(8)) }

// Layout sets the sign in the middle.
func (r *screenRenderer) Layout(size fyne.Size) {
	s := r.screen
	s.raster.Resize(size)
	d, i := look.Em(4), look.Em(2.4)
	s.disc.Resize(fyne.NewSquareSize(d))
	s.disc.Move(fyne.NewPos((size.Width-d)/2, (size.Height-d)/2))
	s.sign.Resize(fyne.NewSquareSize(i))
	s.sign.Move(fyne.NewPos((size.Width-i)/2, (size.Height-i)/2))
}

// Refresh draws all again.
func (r *screenRenderer) Refresh() { canvas.Refresh(r.screen) }

// Objects lists what is drawn, from the back.
func (r *screenRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.screen.raster, r.screen.disc, r.screen.sign}
}

// Destroy does nothing.
func (r *screenRenderer) Destroy() {}
