package choice

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/lay"
)

// Option is one choice: what is kept and what is shown.
type Option struct {
	Key, Title string
}

// Segments is a choice of one out of few, all visible, in one frame.
type Segments struct {
	lay.Box

	OnChange func(key string)

	chosen  string
	choices []*Word
}

// NewSegments returns the choice with chosen marked. changed is called when the user chooses another one.
func NewSegments(options []Option, chosen string, changed func(key string)) *Segments {
	s := &Segments{OnChange: changed}
	row := lay.Row(0)
	for _, o := range options {
		c := NewWord(o.Key, o.Title)
		c.OnTapped = func() { s.choose(o.Key) }
		s.choices = append(s.choices, c)
		row.Add(c.Press)
	}
	s.Content = lay.Row(0, container.NewStack(Framed(), row)) // never stretched by what stands next to it
	s.ExtendBaseWidget(s)
	s.Choose(chosen)
	return s
}

// Outlined draws the line of an input field over o, which has none.
func Outlined(o fyne.CanvasObject) fyne.CanvasObject {
	line := Framed()
	line.FillColor = color.Transparent
	return container.NewStack(o, line)
}

// Framed is white paper in the line of an input field.
func Framed() *canvas.Rectangle {
	r := lay.Paper()
	r.StrokeColor = theme.Color(theme.ColorNameInputBorder)
	return r
}

// Chosen returns the key that is marked.
func (s *Segments) Chosen() string { return s.chosen }

// Choose marks key without calling OnChange.
func (s *Segments) Choose(key string) {
	s.chosen = key
	for _, c := range s.choices {
		c.Mark(c.Key == key)
	}
}

func (s *Segments) choose(key string) {
	if key == s.chosen {
		return
	}
	s.Choose(key)
	if s.OnChange != nil {
		s.OnChange(key)
	}
}
