package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Wide keeps room for a choice whose titles hold numbers.
func Wide(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(lay.Blank(look.Em(19), 0), o)
}

// SetBody shows o as the only object in body.
func SetBody(body *fyne.Container, o fyne.CanvasObject) {
	body.Objects = []fyne.CanvasObject{o}
	body.Refresh()
}

// NewHalves sets two objects below each other, each half as high as the room, or as high as it must be.
func NewHalves(upper, lower fyne.CanvasObject) fyne.CanvasObject {
	return container.New(halvesLayout{}, upper, lower)
}

type halvesLayout struct{}

// MinSize is that of both.
func (halvesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+lay.Gap16)
}

// Layout gives each its half, or what it needs.
func (halvesLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	room := size.Height - lay.Gap16
	upper := max(min(room/2, room-o[1].MinSize().Height), o[0].MinSize().Height)
	o[0].Resize(fyne.NewSize(size.Width, upper))
	o[0].Move(fyne.Position{})
	o[1].Resize(fyne.NewSize(size.Width, room-upper))
	o[1].Move(fyne.NewPos(0, upper+lay.Gap16))
}

// ClearOfBar keeps what is scrolled from lying under the scroll bar.
func ClearOfBar(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap16, 0), o)
}

// Marked is a reading text with the shape of its tone before it, in as much width as there is.
func Marked(tone look.Tone, text string) fyne.CanvasObject {
	shape := lay.Stack(lay.Gap4, lay.Row(0, widget.NewIcon(tone.Icon()), lay.Blank(lay.Gap8, 0)))
	return container.NewBorder(nil, nil, shape, nil, look.NewPara(text, look.Body, tone, 44).Fluid())
}

// Grid sets rows of texts in columns by weight; the first row is the head.
func Grid(weights []float32, rows [][]string) fyne.CanvasObject {
	list := lay.Stack(lay.Gap4)
	for i, row := range rows {
		role, tone := look.Body, look.Plain
		if i == 0 {
			role, tone = look.Note, look.Quiet
		}
		var cells []fyne.CanvasObject
		for _, text := range row {
			cells = append(cells, look.NewCutText(text, role, tone))
		}
		list.Add(lay.Split(lay.Gap16, weights, cells...))
		if i == 0 {
			list.Add(lay.Line())
		}
	}
	return list
}
