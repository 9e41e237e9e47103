package button

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Press makes any content a thing to press: with a ground that answers the pointer, a ring for the keyboard's
// place, Enter and Space.
type Press struct {
	widget.BaseWidget

	OnTapped func()

	Content          fyne.CanvasObject
	Ground, Over     *canvas.Rectangle
	hovered, focused bool

	self fyne.Widget // what the window knows: the widget that this one is a part of
}

// NewPress returns content made pressable.
func NewPress(content fyne.CanvasObject, tapped func()) *Press {
	p := &Press{
		Content:  content,
		OnTapped: tapped,
		Ground:   canvas.NewRectangle(color.Transparent),
		Over:     canvas.NewRectangle(color.Transparent),
	}
	p.Ground.CornerRadius, p.Over.CornerRadius = look.Radius, look.Radius
	p.Extend(p)
	return p
}

// Extend makes self, which holds p, the widget that the window knows: it is brought into sight, and keys go on from it.
func (p *Press) Extend(self fyne.Widget) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// Tapped presses it.
func (p *Press) Tapped(*fyne.PointEvent) {
	if p.OnTapped != nil {
		p.OnTapped()
	}
}

// TypedKey presses it on Enter and Space.
func (p *Press) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.Tapped(nil)
	default:
		keys.Pass(p.self, key)
	}
}

// TypedRune does nothing.
func (p *Press) TypedRune(rune) {}

// FocusGained draws the ring of the keyboard's place.
func (p *Press) FocusGained() {
	p.focused = true
	p.Refresh()
	lay.Reveal(p.self)
}

// FocusLost takes the ring away.
func (p *Press) FocusLost() {
	p.focused = false
	p.Refresh()
}

// MouseIn darkens the ground a little.
func (p *Press) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
}

// MouseMoved does nothing.
func (p *Press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (p *Press) MouseOut() {
	p.hovered = false
	p.Refresh()
}

// Cursor shows a hand.
func (p *Press) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Refresh draws what pointer and keyboard do.
func (p *Press) Refresh() {
	p.Over.FillColor, p.Over.StrokeWidth = color.Transparent, 0
	if p.hovered {
		p.Over.FillColor = theme.Color(theme.ColorNameHover)
	}
	if p.focused {
		p.Over.StrokeColor, p.Over.StrokeWidth = theme.Color(look.ColorInfo), 2
	}
	p.Over.Refresh()
	p.BaseWidget.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Press) CreateRenderer() fyne.WidgetRenderer {
	return &pressRenderer{p}
}

type pressRenderer struct{ press *Press }

func (r *pressRenderer) objects() [3]fyne.CanvasObject {
	return [3]fyne.CanvasObject{r.press.Ground, r.press.Content, r.press.Over}
}

// MinSize is that of the content.
func (r *pressRenderer) MinSize() fyne.Size { return r.press.Content.MinSize() }

// Layout fills all.
func (r *pressRenderer) Layout(size fyne.Size) {
	for _, o := range r.objects() {
		o.Resize(size)
	}
}

// Refresh redraws.
func (r *pressRenderer) Refresh() {
	r.press.Ground.Refresh()
	canvas.Refresh(r.press)
}

// Objects lists what is drawn, from the back.
func (r *pressRenderer) Objects() []fyne.CanvasObject {
	o := r.objects()
	return o[:]
}

// Destroy does nothing.
func (r *pressRenderer) Destroy() {}
