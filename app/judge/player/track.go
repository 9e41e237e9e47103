package player

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// track is a line on which a place is pressed, dragged, or moved by the arrow keys.
type track struct {
	widget.BaseWidget

	sh      kit.Shell
	value   float64 // 0 to 1
	step    float64 // of an arrow key
	over    func(float64)
	chosen  func(float64)
	dragged bool
	focused bool
}

// newTrack calls over while a place is dragged over, and chosen when one is chosen.
func newTrack(sh kit.Shell, over, chosen func(float64)) *track {
	t := &track{sh: sh, step: 0.1, over: over, chosen: chosen}
	t.ExtendBaseWidget(t)
	return t
}

var _ fyne.Focusable = (*track)(nil)

// show draws another value, if that moves the knob.
func (t *track) show(v float64) {
	v = min(max(v, 0), 1)
	run := float64(t.Size().Width - 2*t.radius())
	moved := (v - t.value) * max(run, 1) * 2
	if moved < 1 && moved > -1 && v != 0 && v != 1 {
		return
	}
	if v != t.value {
		t.value = v
		t.Refresh()
	}
}

func (t *track) at(x float32) float64 {
	run := t.Size().Width - 2*t.radius()
	if run <= 0 {
		return t.value
	}
	return min(max(float64((x-t.radius())/run), 0), 1)
}

// Tapped chooses the place pressed.
func (t *track) Tapped(e *fyne.PointEvent) { t.choose(t.at(e.Position.X)) }

// Dragged moves the knob with the pointer.
func (t *track) Dragged(e *fyne.DragEvent) {
	t.dragged = true
	t.value = t.at(e.Position.X)
	t.Refresh()
	t.over(t.value)
}

// DragEnd chooses the place under the pointer.
func (t *track) DragEnd() {
	t.dragged = false
	t.choose(t.value)
}

func (t *track) choose(v float64) {
	t.value = min(max(v, 0), 1)
	t.Refresh()
	t.chosen(t.value)
}

// Cursor shows a hand.
func (t *track) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained draws the ring of the keyboard's place.
func (t *track) FocusGained() {
	t.focused = true
	t.Refresh()
	lay.Reveal(t)
}

// FocusLost takes the ring away.
func (t *track) FocusLost() {
	t.focused = false
	t.Refresh()
}

// TypedRune does nothing.
func (t *track) TypedRune(rune) {}

// TypedKey moves the knob by a step; other keys are the page's.
func (t *track) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyLeft, fyne.KeyDown:
		t.choose(t.value - t.step)
	case fyne.KeyRight, fyne.KeyUp:
		t.choose(t.value + t.step)
	case fyne.KeyHome:
		t.choose(0)
	case fyne.KeyEnd:
		t.choose(1)
	default:
		keys.Pass(t, key)
	}
}

func (t *track) radius() float32 { return look.Em(0.55) }

// CreateRenderer implements fyne.Widget.
func (t *track) CreateRenderer() fyne.WidgetRenderer {
	r := &trackRenderer{track: t, rest: &canvas.Rectangle{}, done: &canvas.Rectangle{}, knob: &canvas.Circle{}}
	r.Refresh()
	return r
}

type trackRenderer struct {
	track      *track
	rest, done *canvas.Rectangle
	knob       *canvas.Circle
}

// thick is the height of the line.
const thick = 4

// MinSize keeps a line of five characters.
func (r *trackRenderer) MinSize() fyne.Size {
	return fyne.NewSize(look.Em(5), 2*r.track.radius()+lay.Gap8)
}

// Layout places the knob.
func (r *trackRenderer) Layout(size fyne.Size) {
	k := r.track.radius()
	run, y := max(size.Width-2*k, 0), size.Height/2
	x := run * float32(r.track.value)
	r.rest.Move(fyne.NewPos(k, y-thick/2))
	r.rest.Resize(fyne.NewSize(run, thick))
	r.done.Move(fyne.NewPos(k, y-thick/2))
	r.done.Resize(fyne.NewSize(x, thick))
	r.knob.Move(fyne.NewPos(x, y-k))
	r.knob.Resize(fyne.NewSquareSize(2 * k))
}

// Refresh draws the value.
func (r *trackRenderer) Refresh() {
	r.rest.FillColor, r.rest.CornerRadius = theme.Color(theme.ColorNameInputBorder), thick/2
	r.done.FillColor, r.done.CornerRadius = look.Info.Color(), thick/2
	r.knob.FillColor = look.Info.Color()
	r.knob.StrokeColor, r.knob.StrokeWidth = theme.Color(look.ColorSurface), 2
	if r.track.focused {
		r.knob.StrokeColor, r.knob.StrokeWidth = theme.Color(theme.ColorNameForeground), 3
	}
	r.Layout(r.track.Size())
	canvas.Refresh(r.track)
}

// Objects lists what is drawn, from the back.
func (r *trackRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.rest, r.done, r.knob}
}

// Destroy does nothing.
func (r *trackRenderer) Destroy() {}
