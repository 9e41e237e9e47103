package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// CutText is one line that takes what room it is given and ends in an ellipsis where that is too little.
type CutText struct {
	widget.BaseWidget

	Least float32 // width always asked for, in Chinese characters

	full string
	line *canvas.Text
}

// NewCutText returns a line of text that asks for the room of four characters.
func NewCutText(text string, role Role, tone Tone) *CutText {
	c := &CutText{Least: 4, full: text, line: NewText(text, role, tone)}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes words and tone.
func (c *CutText) Set(text string, tone Tone) {
	c.full, c.line.Color = text, tone.Color()
	c.Refresh()
}

// Text returns the words uncut.
func (c *CutText) Text() string { return c.full }

// whole is the width of the words uncut.
func (c *CutText) whole() float32 {
	return rulerFor(c.line.TextSize, c.line.TextStyle.Bold).width(c.full) + 1
}

// CreateRenderer implements fyne.Widget.
func (c *CutText) CreateRenderer() fyne.WidgetRenderer { return &cutRenderer{c} }

type cutRenderer struct{ cut *CutText }

// MinSize is the least width, or less if the words are short.
func (r *cutRenderer) MinSize() fyne.Size {
	c := r.cut
	return fyne.NewSize(min(c.whole(), c.Least*c.line.TextSize), c.line.MinSize().Height)
}

// Layout cuts the words to the room.
func (r *cutRenderer) Layout(size fyne.Size) {
	l := r.cut.line
	l.Text = rulerFor(l.TextSize, l.TextStyle.Bold).cut(r.cut.full, size.Width)
	m := l.MinSize()
	l.Resize(fyne.NewSize(size.Width, m.Height))
	l.Move(fyne.NewPos(0, (size.Height-m.Height)/2))
	l.Refresh()
}

// Refresh cuts the words again.
func (r *cutRenderer) Refresh() {
	r.Layout(r.cut.Size())
	canvas.Refresh(r.cut)
}

// Objects is the line.
func (r *cutRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.cut.line} }

// Destroy does nothing.
func (r *cutRenderer) Destroy() {}
