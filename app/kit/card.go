package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Card is a number with its name and a note on white paper, to be pressed: the way to where the number comes from.
type Card struct {
	box

	label, number, note *canvas.Text
	icon                *widget.Icon
}

// NewCard returns a card; tapped may be nil for one that leads nowhere.
func NewCard(label string, tapped func()) *Card {
	c := &Card{
		label:  NewText(label, Body, Quiet),
		number: NewText("", Title, Plain),
		note:   NewText("", Note, Quiet),
		icon:   widget.NewIcon(nil),
	}
	icon := container.NewGridWrap(fyne.NewSquareSize(theme.IconInlineSize()), c.icon)
	body := Inset(Gap16, Stack(Gap8, Spread(c.label, icon), c.number, c.note))
	c.content = container.NewStack(paper(), body)
	if tapped != nil {
		c.content = container.NewStack(paper(), NewPress(body, tapped))
	}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows number and note; the tone colours the note and puts its shape in the corner.
func (c *Card) Set(number, note string, tone Tone) *Card {
	c.number.Text, c.note.Text = number, note
	c.note.Color = tone.Color()
	if tone == Plain {
		c.note.Color = Quiet.Color()
	}
	c.icon.SetResource(tone.Icon())
	c.Refresh()
	return c
}

// Number returns the number shown.
func (c *Card) Number() string { return c.number.Text }

// StatTile is a number over its name, without paper: several stand side by side at the head of a page.
type StatTile struct {
	box

	number, label *canvas.Text
}

// NewStatTile returns a tile.
func NewStatTile(label, number string, tone Tone) *StatTile {
	s := &StatTile{number: NewText(number, Title, tone), label: NewText(label, Note, Quiet)}
	s.content = Stack(0, s.number, s.label)
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the number and its tone.
func (s *StatTile) Set(number string, tone Tone) {
	s.number.Text, s.number.Color = number, tone.Color()
	s.Refresh()
}
