package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// NewStrongCut is a strong line that ends in an ellipsis where there is too little room.
func NewStrongCut(text string, role Role) *CutText {
	c := NewCutText(text, role, Plain)
	c.Line.TextStyle.Bold = true
	return c
}

// CutText is one line that takes what room it is given and ends in an ellipsis where that is too little.
type CutText struct {
	widget.BaseWidget

	Least float32 // width always asked for, in Chinese characters

	Full string
	Line *canvas.Text
}

// NewCutText returns a line of text that asks for the room of four characters.
func NewCutText(text string, role Role, tone Tone) *CutText {
	c := &CutText{Least: 4, Full: text, Line: NewText(text, role, tone)}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes words and tone.
func (c *CutText) Set(text string, tone Tone) {
	c.Full, c.Line.Color = text, tone.Color()
	c.Refresh()
}

// Say is Set unless it reads so already: drawing a line again costs the whole window.
func (c *CutText) Say(text string, tone Tone) {
	if c.Full != text || c.Line.Color != tone.Color() {
		c.Set(text, tone)
	}
}

// Text returns the words uncut.
func (c *CutText) Text() string { return c.Full }

// Whole is the width of the words uncut.
func (c *CutText) Whole() float32 {
	return RulerFor(c.Line.TextSize, c.Line.TextStyle.Bold).Width(c.Full) + 1
}

// CreateRenderer implements fyne.Widget.
func (c *CutText) CreateRenderer() fyne.WidgetRenderer { return &cutRenderer{cut: c} }

type cutRenderer struct {
	cut  *CutText
	of   measured // what least is the least size of
	size fyne.Size
}

// measured is all that the least size of a line depends on.
type measured struct {
	full, line  string
	size, least float32
	style       fyne.TextStyle
}

// MinSize is the least width, or less if the words are short. It is measured once: the toolkit asks again for every
// object that the line lies in.
func (r *cutRenderer) MinSize() fyne.Size {
	c := r.cut
	if of := (measured{c.Full, c.Line.Text, c.Line.TextSize, c.Least, c.Line.TextStyle}); of != r.of {
		r.of = of
		r.size = fyne.NewSize(min(c.Whole(), c.Least*c.Line.TextSize), c.Line.MinSize().Height)
	}
	return r.size
}

// Layout cuts the words to the room.
func (r *cutRenderer) Layout(size fyne.Size) {
	l := r.cut.Line
	l.Text = RulerFor(l.TextSize, l.TextStyle.Bold).Cut(r.cut.Full, size.Width)
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
func (r *cutRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.cut.Line} }

// Destroy does nothing.
func (r *cutRenderer) Destroy() {}
