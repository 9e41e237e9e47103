package status

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// NewEmpty says in the middle of an empty place what it is for and what to do, with one button or nil.
func NewEmpty(title, text string, act *button.Button) fyne.CanvasObject {
	head := container.NewCenter(look.NewText(title, look.Section, look.Plain))
	body := lay.Stack(lay.Gap8, head)
	if text != "" {
		body.Add(container.NewCenter(look.NewPara(text, look.Body, look.Quiet, evenChars(text, 30))))
	}
	if act != nil {
		body.Add(lay.Blank(0, lay.Gap8))
		body.Add(container.NewCenter(act))
	}
	return container.NewCenter(body)
}

// evenChars returns how many characters a line of text may have, at most most, so that its lines come out alike and
// no word is left alone.
func evenChars(text string, most float32) float32 {
	chars := look.RulerFor(look.Body.Size(), false).Width(text) / look.Body.Size()
	if chars <= most {
		return most
	}
	lines := float32(math.Ceil(float64(chars / most)))
	return min(chars/lines+2, most)
}
