package button

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Rank says how prominent a button is.
type Rank int

// The ranks.
const (
	Secondary Rank = iota // a framed button
	Primary               // cinnabar, one a page
	Danger                // red words in a red frame: destroys or is final
	Flat                  // words only
	Chosen                // framed in indigo: one of several, the one that holds
)

// Button is a verb to press, by mouse, Enter or Space. Its fields may be changed before it is shown; later use
// SetText and Enable.
type Button struct {
	widget.BaseWidget

	Text     string
	Rank     Rank
	Icon     fyne.Resource // or nil
	OnTapped func()
	Menu     []*fyne.MenuItem // what it opens, of a button made by NewMenu

	disabled, hovered, focused bool
}

// New returns a framed button.
func New(text string, tapped func()) *Button {
	return newButton(text, Secondary, tapped)
}

// NewPrimary returns the one cinnabar button of a page.
func NewPrimary(text string, tapped func()) *Button {
	return newButton(text, Primary, tapped)
}

// First reports whether b is drawn as the one to press on its page, with its words.
func (b *Button) First() (words string, is bool) { return b.Text, b.Rank == Primary && !b.disabled }

// NewDanger returns a button for what destroys or is final.
func NewDanger(text string, tapped func()) *Button {
	return newButton(text, Danger, tapped)
}

// NewPlain returns a button of words only, for small acts next to others.
func NewPlain(text string, tapped func()) *Button {
	return newButton(text, Flat, tapped)
}

// NewIcon returns a small button with an icon and no words, for tables and bars.
func NewIcon(icon fyne.Resource, tapped func()) *Button {
	b := newButton("", Flat, tapped)
	b.Icon = icon
	return b
}

func newButton(text string, rank Rank, tapped func()) *Button {
	b := &Button{Text: text, Rank: rank, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes the words.
func (b *Button) SetText(text string) {
	b.Text = text
	b.Refresh()
}

// Enable lets the button be pressed.
func (b *Button) Enable() {
	b.disabled = false
	b.Refresh()
}

// Disable greys the button and makes it ignore presses.
func (b *Button) Disable() {
	b.disabled = true
	b.Refresh()
}

// Disabled reports whether the button is disabled.
func (b *Button) Disabled() bool { return b.disabled }

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.disabled && b.OnTapped != nil {
		b.OnTapped()
	}
}

// FocusGained draws the ring of the keyboard's place.
func (b *Button) FocusGained() {
	b.focused = true
	b.Refresh()
	lay.Reveal(b)
}

// FocusLost takes the ring away.
func (b *Button) FocusLost() {
	b.focused = false
	b.Refresh()
}

// TypedRune does nothing.
func (b *Button) TypedRune(rune) {}

// TypedKey presses the button on Enter and Space.
func (b *Button) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.Tapped(nil)
	default:
		keys.Pass(b, key)
	}
}

// MouseIn darkens the ground a little.
func (b *Button) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
}

// MouseMoved does nothing.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (b *Button) MouseOut() {
	b.hovered = false
	b.Refresh()
}

// Cursor shows a hand over a button that can be pressed.
func (b *Button) Cursor() desktop.Cursor {
	if b.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &buttonRenderer{
		button: b, ground: canvas.NewRectangle(color.Transparent), hover: canvas.NewRectangle(color.Transparent),
		text: canvas.NewText("", color.Transparent), icon: canvas.NewImageFromResource(nil),
	}
	r.icon.FillMode = canvas.ImageFillContain
	r.Refresh()
	return r
}

type buttonRenderer struct {
	button        *Button
	ground, hover *canvas.Rectangle
	text          *canvas.Text
	icon          *canvas.Image
}

// MinSize is at least 88 wide for framed buttons with words, and a row high.
func (r *buttonRenderer) MinSize() fyne.Size {
	h := look.RowHeight()
	w := float32(0)
	if r.button.Text != "" {
		w = r.text.MinSize().Width + 2*lay.Gap16
		if r.button.Rank == Flat {
			w -= lay.Gap16
		}
	}
	if r.button.Icon != nil {
		w += r.iconSize() + lay.Gap8
		if r.button.Text == "" {
			w += lay.Gap8
		}
	}
	if r.button.Rank != Flat {
		w = max(w, 88)
	}
	return fyne.NewSize(w, h)
}

// Layout centres icon and words.
func (r *buttonRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.hover.Resize(size)
	t := r.text.MinSize()
	w := t.Width
	x := (size.Width - w) / 2
	if r.button.Icon != nil {
		s := r.iconSize()
		if r.button.Text != "" {
			s += lay.Gap8
		} else {
			w = 0
		}
		x = (size.Width - w - s) / 2
		r.icon.Resize(fyne.NewSquareSize(r.iconSize()))
		r.icon.Move(fyne.NewPos(x, (size.Height-r.iconSize())/2))
		x += s
	}
	r.text.Resize(t)
	r.text.Move(fyne.NewPos(x, (size.Height-t.Height)/2))
}

// Refresh takes over the button's fields and the theme's colours.
func (r *buttonRenderer) Refresh() {
	b := r.button
	ink, fill, edge := rankColors(b.Rank, b.disabled)
	r.ground.FillColor = theme.Color(fill)
	r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(edge), 1
	if b.Rank == Flat {
		r.ground.StrokeWidth = 0
	}
	if b.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(look.ColorInfo), 2
	}
	r.ground.CornerRadius, r.hover.CornerRadius = look.Radius, look.Radius
	r.hover.FillColor = theme.Color(theme.ColorNameHover)
	r.hover.Hidden = !b.hovered || b.disabled
	r.text.Text, r.text.TextSize, r.text.Color = b.Text, look.Body.Size(), theme.Color(ink)
	r.icon.Hidden = b.Icon == nil
	if b.Icon != nil {
		r.icon.Resource = theme.NewColoredResource(b.Icon, ink)
		r.icon.Refresh()
	}
	r.Layout(b.Size())
	canvas.Refresh(b)
}

// Objects lists what is drawn, from the back.
func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.hover, r.icon, r.text}
}

// Destroy does nothing.
func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) iconSize() float32 { return theme.IconInlineSize() }

// rankColors names the colours of words, ground and edge.
func rankColors(rank Rank, disabled bool) (ink, fill, edge fyne.ThemeColorName) {
	switch {
	case disabled && rank == Flat:
		return theme.ColorNameDisabled, look.ColorNone, look.ColorNone
	case disabled:
		return theme.ColorNameDisabled, theme.ColorNameButton, theme.ColorNameSeparator
	case rank == Primary:
		return look.ColorOnAccent, look.ColorAccent, look.ColorAccent
	case rank == Danger:
		return theme.ColorNameError, look.ColorSurface, theme.ColorNameError
	case rank == Chosen:
		return look.ColorInfo, theme.ColorNameSelection, look.ColorInfo
	case rank == Flat:
		return look.ColorInfo, look.ColorNone, look.ColorNone
	}
	return theme.ColorNameForeground, look.ColorSurface, theme.ColorNameInputBorder
}
