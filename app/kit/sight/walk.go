// Package sight describes what a window shows: each line of text with its place and what can be pressed, and what a
// user would see cut off, sticking out or overlapping. Tests without a screen and the probe of the running program
// both use it. It knows nothing of contests and changes nothing.
package sight

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Parts lists what a widget is drawn with. The toolkit shows it only to tests, so the caller supplies it.
type Parts func(w fyne.Widget) []fyne.CanvasObject

// Walk calls visit for root and all visible objects in it, in drawing order, with the position in root. If visit
// returns false, the object's children are left out.
func (p Parts) Walk(root fyne.CanvasObject, visit func(o fyne.CanvasObject, at fyne.Position) bool) {
	p.walk(root, fyne.Position{}, visit)
}

func (p Parts) walk(o fyne.CanvasObject, at fyne.Position, visit func(fyne.CanvasObject, fyne.Position) bool) {
	if o == nil || !o.Visible() || !visit(o, at) {
		return
	}
	for _, child := range p.of(o) {
		if child != nil {
			p.walk(child, at.Add(child.Position()), visit)
		}
	}
}

func (p Parts) of(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return p(o)
	}
	return nil
}

// Root is what a user can look at and press: the window's content, or what lies over it, as a dialog or a menu.
func Root(win fyne.Window) fyne.CanvasObject {
	if top := win.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return win.Content()
}

// Box is a rectangle in device-independent pixels from the window's upper left corner. One whose right is not right
// of its left holds nothing.
type Box struct{ Left, Top, Right, Bottom float32 }

func boxOf(at fyne.Position, size fyne.Size) Box {
	return Box{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

// Empty reports whether b holds nothing.
func (b Box) Empty() bool { return b.Right <= b.Left || b.Bottom <= b.Top }

// Middle is the place in the middle of b.
func (b Box) Middle() (x, y float32) { return (b.Left + b.Right) / 2, (b.Top + b.Bottom) / 2 }

// meet is what two boxes have in common.
func (b Box) meet(o Box) Box {
	return Box{max(b.Left, o.Left), max(b.Top, o.Top), min(b.Right, o.Right), min(b.Bottom, o.Bottom)}
}

// sticksOut reports whether b leaves room by more than slack.
func (b Box) sticksOut(room Box, slack float32) bool {
	return b.Left < room.Left-slack || b.Right > room.Right+slack || b.Top < room.Top-slack ||
		b.Bottom > room.Bottom+slack
}

// inked is where the words of c are drawn, at being the place of c.
func inked(c *canvas.Text, at fyne.Position) Box {
	m := c.MinSize()
	switch c.Alignment {
	case fyne.TextAlignTrailing:
		at.X += c.Size().Width - m.Width
	case fyne.TextAlignCenter:
		at.X += (c.Size().Width - m.Width) / 2
	}
	return boxOf(at, m)
}

func scrolls(o fyne.CanvasObject) bool {
	_, is := o.(*container.Scroll)
	return is
}
