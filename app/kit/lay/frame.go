package lay

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Frame sets page, bar, foot and side edge to edge, the page in what the others leave, and says how large all is.
func Frame(sized func(fyne.Size), page, bar, foot, side fyne.CanvasObject) *fyne.Container {
	return container.New(frameLayout{sized}, page, side, foot, bar) // what hangs out of the bar lies over the others
}

// frameLayout sets page, bar, foot and side edge to edge, and says how large the window is.
type frameLayout struct{ sized func(fyne.Size) }

// MinSize is what all four need.
func (frameLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	page, side, foot, bar := o[0].MinSize(), o[1].MinSize(), o[2].MinSize(), o[3].MinSize()
	return fyne.NewSize(
		max(bar.Width, foot.Width, side.Width+page.Width), bar.Height+foot.Height+max(side.Height, page.Height),
	)
}

// Layout gives the page what the others leave.
func (l frameLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	defer l.sized(size)
	top, bottom, left := o[3].MinSize().Height, o[2].MinSize().Height, o[1].MinSize().Width
	middle := size.Height - top - bottom
	set := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	set(o[0], left, top, size.Width-left, middle)
	set(o[1], 0, top, left, middle)
	set(o[2], 0, size.Height-bottom, size.Width, bottom)
	set(o[3], 0, 0, size.Width, top)
}

// Pad keeps v free above and below o and h at both sides.
func Pad(v, h float32, o fyne.CanvasObject) *fyne.Container { return container.New(inset{v, h}, o) }

// inset keeps v free above and below and h at both sides.
type inset struct{ v, h float32 }

// MinSize is that of the object and the room around it.
func (l inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*l.h, 2*l.v)
}

// Layout fills what is left.
func (l inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size.SubtractWidthHeight(2*l.h, 2*l.v))
	objects[0].Move(fyne.NewPos(l.h, l.v))
}

// Hang sets objects over each other in the full width; one that is higher than the room hangs out of it below, over
// what is drawn before, so that nothing moves when it comes.
func Hang(objects ...fyne.CanvasObject) *fyne.Container { return container.New(hang{}, objects...) }

type hang struct{}

// MinSize asks for width only.
func (hang) MinSize(objects []fyne.CanvasObject) (min fyne.Size) {
	for _, o := range visible(objects) {
		min.Width = max(min.Width, o.MinSize().Width)
	}
	return min
}

// Layout fills the room, and more where an object needs it.
func (hang) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(size.Width, max(size.Height, o.MinSize().Height)))
		o.Move(fyne.Position{})
	}
}
