package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Option is one choice: what is kept and what is shown.
type Option struct {
	Key, Title string
}

// Segments is a choice of one out of few, all visible, in one frame.
type Segments struct {
	box

	OnChange func(key string)

	options []Option
	chosen  string
	row     *fyne.Container
}

// NewSegments returns the choice with chosen marked. changed is called when the user chooses another one.
func NewSegments(options []Option, chosen string, changed func(key string)) *Segments {
	s := &Segments{options: options, chosen: chosen, OnChange: changed, row: Row(0)}
	frame := canvas.NewRectangle(theme.Color(ColorSurface))
	frame.StrokeColor, frame.StrokeWidth, frame.CornerRadius = theme.Color(theme.ColorNameInputBorder), 1, radius
	s.content = container.NewStack(frame, s.row)
	s.ExtendBaseWidget(s)
	s.draw()
	return s
}

// Chosen returns the key that is marked.
func (s *Segments) Chosen() string { return s.chosen }

// Choose marks key without calling OnChange.
func (s *Segments) Choose(key string) {
	s.chosen = key
	s.draw()
}

func (s *Segments) draw() {
	s.row.RemoveAll()
	for _, o := range s.options {
		on := o.Key == s.chosen
		tone := Plain
		if on {
			tone = Info
		}
		label := NewText(o.Title, Body, tone)
		label.TextStyle.Bold = on
		p := NewPress(container.NewStack(Blank(label.MinSize().Width+Gap24, RowHeight()), container.NewCenter(label)), func() { s.choose(o.Key) })
		if on {
			p.ground.FillColor = theme.Color(theme.ColorNameSelection)
		}
		s.row.Add(p)
	}
	s.Refresh()
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
