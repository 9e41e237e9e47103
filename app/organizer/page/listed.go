package page

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/lay"
)

// Listed is a list that is drawn by hand: it is printed and copied as tables are.
type Listed struct {
	lay.Box

	sheet func() kit.Sheet
}

// NewListed returns drawn, which lists what sheet says in words.
func NewListed(drawn fyne.CanvasObject, sheet func() kit.Sheet) *Listed {
	l := &Listed{sheet: sheet}
	l.Content = drawn
	l.ExtendBaseWidget(l)
	return l
}

// Sheet implements kit.Listed.
func (l *Listed) Sheet() kit.Sheet { return l.sheet() }
