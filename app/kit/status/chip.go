package status

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Chip is a state in one word, with the colour and shape of its tone.
type Chip struct {
	lay.Box

	ground *canvas.Rectangle
	icon   *widget.Icon
	word   *canvas.Text
}

// NewChip returns the chip of a state.
func NewChip(word string, tone look.Tone) *Chip {
	c := &Chip{
		ground: canvas.NewRectangle(color.Transparent),
		icon:   widget.NewIcon(nil),
		word:   look.NewText("", look.Note, look.Plain),
	}
	size := look.Note.Size() + 2
	c.Content = container.NewStack(c.ground, container.New(&chipLayout{size}, c.icon, c.word))
	c.ExtendBaseWidget(c)
	c.Set(word, tone)
	return c
}

// Set changes word and tone.
func (c *Chip) Set(word string, tone look.Tone) {
	c.word.Text, c.word.Color = word, tone.Color()
	c.ground.FillColor, c.ground.CornerRadius = tone.Tint(), (look.Note.Size()*1.5+lay.Gap4)/2
	icon := tone.Icon()
	c.icon.Hidden = icon == nil
	c.icon.SetResource(icon)
	c.Refresh()
}

// Word returns the word shown.
func (c *Chip) Word() string { return c.word.Text }

// chipLayout sets a small icon and a word with round ends at both sides.
type chipLayout struct{ icon float32 }

// MinSize is as high as its type and a little air.
func (l *chipLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := o[1].MinSize().Width + 2*lay.Gap8
	if o[0].Visible() {
		w += l.icon + lay.Gap4
	}
	return fyne.NewSize(w, look.Note.Size()*1.5+lay.Gap4)
}

// Layout centres both in height.
func (l *chipLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := lay.Gap8
	if o[0].Visible() {
		o[0].Resize(fyne.NewSquareSize(l.icon))
		o[0].Move(fyne.NewPos(x, (size.Height-l.icon)/2))
		x += l.icon + lay.Gap4
	}
	m := o[1].MinSize()
	o[1].Resize(m)
	o[1].Move(fyne.NewPos(x, (size.Height-m.Height)/2))
}
