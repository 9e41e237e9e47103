package mark

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

// nub is a small button for the mouse alone: Tab passes it by, because the field next to it does its work for the
// keyboard.
type nub struct {
	widget.BaseWidget

	tapped        func()
	text          *canvas.Text
	ground        *canvas.Rectangle
	wide          float32 // characters of body text that it is wide at least
	chosen        bool
	off, hovering bool
}

func newNub(word string, wide float32, tapped func()) *nub {
	n := &nub{
		text: look.NewText(word, look.Body, look.Info), ground: canvas.NewRectangle(color.Transparent), wide: wide,
	}
	n.tapped = tapped
	n.text.Alignment = fyne.TextAlignCenter
	n.ground.CornerRadius = look.Radius
	n.ExtendBaseWidget(n)
	n.draw()
	return n
}

// Tapped presses it.
func (n *nub) Tapped(*fyne.PointEvent) {
	if !n.off {
		n.tapped()
	}
}

// Cursor shows a hand over what can be pressed.
func (n *nub) Cursor() desktop.Cursor {
	if n.off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MouseIn darkens the ground a little.
func (n *nub) MouseIn(*desktop.MouseEvent) { n.hover(true) }

// MouseMoved does nothing.
func (n *nub) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (n *nub) MouseOut() { n.hover(false) }

func (n *nub) hover(on bool) {
	n.hovering = on
	n.draw()
}

// set says whether it is the one chosen and whether it can be pressed.
func (n *nub) set(chosen, off bool) {
	if n.chosen != chosen || n.off != off {
		n.chosen, n.off = chosen, off
		n.draw()
	}
}

func (n *nub) draw() {
	n.ground.StrokeColor, n.ground.StrokeWidth = theme.Color(theme.ColorNameInputBorder), 1
	n.ground.FillColor, n.text.Color = theme.Color(look.ColorSurface), look.Info.Color()
	switch {
	case n.chosen:
		n.ground.FillColor, n.ground.StrokeColor = look.Info.Tint(), look.Info.Color()
	case n.off:
		n.text.Color = theme.Color(theme.ColorNameDisabled)
	case n.hovering:
		n.ground.FillColor = theme.Color(theme.ColorNameHover)
	}
	n.text.TextStyle.Bold = n.chosen
	n.ground.Refresh()
	n.text.Refresh()
}

// MinSize is wide enough for the word and as high as a field.
func (n *nub) MinSize() fyne.Size {
	return fyne.NewSize(
		max(look.Em(n.wide), n.text.MinSize().Width+lay.Gap8),
		look.NewText("0", look.Body, look.Plain).MinSize().Height+lay.Gap8,
	)
}

// CreateRenderer implements fyne.Widget.
func (n *nub) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{
		Layout: nubLayout{}, Objects: []fyne.CanvasObject{n.ground, n.text},
	})
}

// nubLayout fills with the ground and centres the word.
type nubLayout struct{}

// MinSize is that of the word.
func (nubLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[1].MinSize() }

// Layout places both.
func (nubLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	put(o[1], 0, 0, size.Width, size.Height)
}
