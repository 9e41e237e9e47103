package judge

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// titleLayout sets what a work is called, and its number and category at the end of the same line, or above where the
// title is too long for that.
type titleLayout struct {
	width float32 // of the last layout: the height depends on it
}

// inLine reports whether both stand in one line.
func (l *titleLayout) inLine(o []fyne.CanvasObject) bool {
	title := o[0].(*look.Para)
	whole := look.RulerFor(look.Section.Size(), false).Width(title.Text())
	return whole+lay.Gap16+o[1].MinSize().Width <= l.width
}

// MinSize is as high as the last layout came out.
func (l *titleLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	title, code := o[0].MinSize(), o[1].MinSize()
	if l.inLine(o) {
		return fyne.NewSize(title.Width, title.Height)
	}
	return fyne.NewSize(max(title.Width, code.Width), title.Height+code.Height)
}

// Layout places both.
func (l *titleLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	code := o[1].MinSize()
	if l.inLine(o) {
		o[0].Resize(fyne.NewSize(size.Width-code.Width-lay.Gap8, size.Height))
		o[0].Move(fyne.NewPos(0, 0))
		o[1].Resize(code)
		o[1].Move(fyne.NewPos(size.Width-code.Width, max(0, o[0].MinSize().Height-code.Height)/2))
		return
	}
	o[1].Resize(code)
	o[1].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width, max(0, size.Height-code.Height)))
	o[0].Move(fyne.NewPos(0, code.Height))
}
