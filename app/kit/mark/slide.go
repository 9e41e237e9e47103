package mark

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
)

// slide sets a value by dragging or pressing on a line. Unlike Fyne's slider it shows when there is no value yet,
// draws its track on white, and the Tab key passes it by: the field next to it does its work for the keyboard.
type slide struct {
	widget.BaseWidget

	most, step float64
	value      float64
	set        bool
	disabled   bool
	changed    func(float64)
}

func newSlide(most, step float64, changed func(float64)) *slide {
	s := &slide{most: most, step: step, changed: changed}
	s.ExtendBaseWidget(s)
	return s
}

// show draws value, or an empty line if set is false.
func (s *slide) show(value float64, set bool) {
	s.value, s.set = value, set
	s.Refresh()
}

// Tapped takes the value at the place pressed.
func (s *slide) Tapped(e *fyne.PointEvent) { s.take(e.Position.X) }

// Dragged takes the value under the pointer.
func (s *slide) Dragged(e *fyne.DragEvent) { s.take(e.Position.X) }

// DragEnd does nothing.
func (s *slide) DragEnd() {}

// Cursor shows a hand.
func (s *slide) Cursor() desktop.Cursor {
	if s.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (s *slide) take(x float32) {
	run := s.Size().Width - 2*s.radius()
	if s.disabled || run <= 0 {
		return
	}
	share := min(max(float64((x-s.radius())/run), 0), 1)
	v := min(math.Round(share*s.most/s.step)*s.step, s.most)
	if !s.set || v != s.value {
		s.show(v, true)
		s.changed(v)
	}
}

func (s *slide) radius() float32 { return look.Body.Size() * 0.6 }

// CreateRenderer implements fyne.Widget.
func (s *slide) CreateRenderer() fyne.WidgetRenderer {
	r := &slideRenderer{slide: s, track: status.NewGauge(look.Info), knob: canvas.NewCircle(look.Info.Color())}
	r.Refresh()
	return r
}

type slideRenderer struct {
	slide *slide
	track *status.Gauge
	knob  *canvas.Circle
}

// MinSize keeps a line of four characters.
func (r *slideRenderer) MinSize() fyne.Size {
	return fyne.NewSize(look.Em(4), 2*r.slide.radius()+lay.Gap8)
}

// Layout places the knob.
func (r *slideRenderer) Layout(size fyne.Size) {
	k := r.slide.radius()
	r.track.Resize(fyne.NewSize(max(size.Width-2*k, 0), status.GaugeHeight))
	r.track.Move(fyne.NewPos(k, (size.Height-status.GaugeHeight)/2))
	x := float32(0)
	if r.slide.most > 0 {
		x = (size.Width - 2*k) * float32(r.slide.value/r.slide.most)
	}
	r.knob.Resize(fyne.NewSquareSize(2 * k))
	r.knob.Move(fyne.NewPos(x, size.Height/2-k))
}

// Refresh draws the value.
func (r *slideRenderer) Refresh() {
	s := r.slide
	tone := look.Info
	if s.disabled {
		tone = look.Quiet
	}
	share := 0.0
	if s.set && s.most > 0 {
		share = s.value / s.most
	}
	r.track.Set(float32(share), tone)
	r.knob.Hidden = !s.set
	r.knob.FillColor = tone.Color()
	r.knob.StrokeColor, r.knob.StrokeWidth = theme.Color(look.ColorSurface), 2
	r.Layout(s.Size())
	canvas.Refresh(s)
}

// Objects lists what is drawn, from the back.
func (r *slideRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.knob} }

// Destroy does nothing.
func (r *slideRenderer) Destroy() {}
