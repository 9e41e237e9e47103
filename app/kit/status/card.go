package status

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Card is a number with its name and a note on white paper, to be pressed: the way to where the number comes from.
type Card struct {
	lay.Box

	label, number, note *canvas.Text
	icon                *widget.Icon
}

// NewCard returns a card; tapped may be nil for one that leads nowhere.
func NewCard(label string, tapped func()) *Card {
	c := &Card{
		label:  look.NewText(label, look.Body, look.Quiet),
		number: look.NewText("", look.Title, look.Plain),
		note:   look.NewText("", look.Note, look.Quiet),
		icon:   widget.NewIcon(nil),
	}
	icon := container.NewGridWrap(fyne.NewSquareSize(theme.IconInlineSize()), c.icon)
	body := lay.Inset(lay.Gap16, lay.Stack(lay.Gap8, lay.Spread(c.label, icon), c.number, c.note))
	c.Content = container.NewStack(lay.Paper(), body)
	if tapped != nil {
		c.Content = container.NewStack(lay.Paper(), button.NewPress(body, tapped))
	}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows number and note; the tone colours the note and puts its shape in the corner.
func (c *Card) Set(number, note string, tone look.Tone) *Card {
	c.number.Text, c.note.Text = number, note
	c.note.Color = tone.Color()
	if tone == look.Plain {
		c.note.Color = look.Quiet.Color()
	}
	c.icon.SetResource(tone.Icon())
	c.Refresh()
	return c
}

// Number returns the number shown.
func (c *Card) Number() string { return c.number.Text }

// Tile is a number over its name, without paper: several stand side by side at the head of a page.
type Tile struct {
	lay.Box

	number, label *canvas.Text
}

// NewTile returns a tile.
func NewTile(label, number string, tone look.Tone) *Tile {
	s := &Tile{number: look.NewText(number, look.Title, tone), label: look.NewText(label, look.Note, look.Quiet)}
	s.Content = lay.Stack(0, s.number, s.label)
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the number and its tone.
func (s *Tile) Set(number string, tone look.Tone) {
	s.number.Text, s.number.Color = number, tone.Color()
	s.Refresh()
}
