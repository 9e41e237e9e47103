package organizer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
)

// newHalves sets two objects below each other, each half as high as the room.
func newHalves(upper, lower fyne.CanvasObject) fyne.CanvasObject {
	return container.New(halvesLayout{}, upper, lower)
}

type halvesLayout struct{}

// MinSize is that of both.
func (halvesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), 2*max(a.Height, b.Height)+kit.Gap16)
}

// Layout gives each its half.
func (halvesLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := (size.Height - kit.Gap16) / 2
	for i, x := range o {
		x.Resize(fyne.NewSize(size.Width, h))
		x.Move(fyne.NewPos(0, float32(i)*(h+kit.Gap16)))
	}
}

// clearOfBar keeps what is scrolled from lying under the scroll bar.
func clearOfBar(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, kit.Blank(kit.Gap16, 0), o)
}

// marked is a reading text with the shape of its tone before it, in as much width as there is.
func marked(tone kit.Tone, text string) fyne.CanvasObject {
	shape := container.NewVBox(kit.Row(0, widget.NewIcon(tone.Icon()), kit.Blank(kit.Gap8, 0)))
	return container.NewBorder(nil, nil, shape, nil, kit.NewPara(text, kit.Body, tone, 44).Fluid())
}
