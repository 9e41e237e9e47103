package status

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// NewNotice draws n as a bar with its shape, its words, its button and a cross that calls closed; a nil closed
// draws no cross. Pages show one by Shell.Tell; one may also stand inside a page.
func NewNotice(n kit.Notice, closed func()) fyne.CanvasObject {
	ground := canvas.NewRectangle(n.Tone.Tint())
	ground.CornerRadius = look.Radius
	bar := canvas.NewRectangle(n.Tone.Color())
	bar.SetMinSize(fyne.NewSize(3, 0))
	bar.TopLeftCornerRadius, bar.BottomLeftCornerRadius = look.Radius, look.Radius
	left := lay.Row(lay.Gap8, lay.Blank(lay.Gap4, look.RowHeight()))
	if icon := n.Tone.Icon(); icon != nil {
		left.Add(widget.NewIcon(icon))
	}
	words := container.New(&centreLine{}, look.NewPara(n.Text, look.Body, look.Plain, 60).Fluid())
	right := lay.Row(0)
	if n.Action != "" {
		right.Add(button.NewPlain(n.Action, n.Do))
	}
	if closed != nil {
		right.Add(button.NewIcon(theme.CancelIcon(), closed))
	}
	return container.NewStack(
		surfaceOnly(),
		ground,
		container.NewBorder(
			nil, nil, left, right, container.New(layout.NewCustomPaddedLayout(0, 0, lay.Gap4, 0), words),
		),
		container.NewBorder(nil, nil, bar, nil),
	)
}

// surfaceOnly is the opaque ground under a tint.
func surfaceOnly() fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(look.ColorSurface))
	r.CornerRadius = look.Radius
	return r
}

// centreLine centres its object in height, at its own height and full width.
type centreLine struct{}

// MinSize is that of the object and a little air.
func (centreLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(0, lay.Gap8)
}

// Layout centres.
func (centreLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(size.Width, h))
	objects[0].Move(fyne.NewPos(0, (size.Height-h)/2))
}
