package choice

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Word is one of several words to press, of which one is marked.
type Word struct {
	*button.Press

	Key   string
	title *canvas.Text
}

// NewWord returns a word that is not marked; after stands behind its title.
func NewWord(key, title string, after ...fyne.CanvasObject) *Word {
	c := &Word{Key: key, title: look.NewStrong(title, look.Body, look.Plain)}
	words := lay.Row(lay.Gap4, append([]fyne.CanvasObject{c.title}, after...)...)
	// The room is measured in bold, so that marking moves nothing.
	c.Press = button.NewPress(
		container.NewStack(lay.Blank(words.MinSize().Width+lay.Gap16, look.RowHeight()), container.NewCenter(words)),
		nil,
	)
	return c
}

// Mark shows whether c is the chosen one.
func (c *Word) Mark(on bool) {
	c.title.TextStyle.Bold = on
	c.title.Color = look.Plain.Color()
	c.Ground.FillColor = color.Transparent
	if on {
		c.title.Color = look.Info.Color()
		c.Ground.FillColor = theme.Color(theme.ColorNameSelection)
	}
	c.Refresh()
}
