package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewEmptyState says in the middle of an empty place what it is for and what to do, with one button or nil.
func NewEmptyState(title, text string, act *Button) fyne.CanvasObject {
	head := container.NewCenter(NewText(title, Section, Plain))
	body := Stack(Gap8, head)
	if text != "" {
		body.Add(container.NewCenter(NewPara(text, Body, Quiet, 30)))
	}
	if act != nil {
		body.Add(Blank(0, Gap8))
		body.Add(container.NewCenter(act))
	}
	return container.NewCenter(body)
}
