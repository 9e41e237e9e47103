package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// choice is one of several words to press, of which one is marked.
type choice struct {
	*Press

	key   string
	title *canvas.Text
}

func newChoice(key, title string, after ...fyne.CanvasObject) *choice {
	c := &choice{key: key, title: NewStrong(title, Body, Plain)}
	words := Row(Gap4, append([]fyne.CanvasObject{c.title}, after...)...)
	// The room is measured in bold, so that marking moves nothing.
	c.Press = NewPress(
		container.NewStack(Blank(words.MinSize().Width+Gap16, RowHeight()), container.NewCenter(words)),
		nil,
	)
	return c
}

// mark shows whether c is the chosen one.
func (c *choice) mark(on bool) {
	c.title.TextStyle.Bold = on
	c.title.Color = Plain.Color()
	c.ground.FillColor = color.Transparent
	if on {
		c.title.Color = Info.Color()
		c.ground.FillColor = theme.Color(theme.ColorNameSelection)
	}
	c.Refresh()
}
