package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewEmptyState says in the middle of an empty place what it is for and what to do, with one button or nil.
func NewEmptyState(title, text string, act *Button) fyne.CanvasObject {
	head := container.NewCenter(NewText(title, Section, Plain))
	body := Stack(Gap8, head)
	if text != "" {
		body.Add(container.NewCenter(NewPara(text, Body, Quiet, evenChars(text, 30))))
	}
	if act != nil {
		body.Add(Blank(0, Gap8))
		body.Add(container.NewCenter(act))
	}
	return container.NewCenter(body)
}

// evenChars returns how many characters a line of text may have, at most most, so that its lines come out alike and
// no word is left alone.
func evenChars(text string, most float32) float32 {
	chars := rulerFor(Body.Size(), false).width(text) / Body.Size()
	if chars <= most {
		return most
	}
	lines := float32(math.Ceil(float64(chars / most)))
	return min(chars/lines+2, most)
}
