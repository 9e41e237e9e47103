package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Role is what a text is for; it decides its size.
type Role fyne.ThemeSizeName

// The roles: 22, 17, 14 and 12.5 at normal size.
const (
	Title   = Role(theme.SizeNameHeadingText)
	Section = Role(theme.SizeNameSubHeadingText)
	Body    = Role(theme.SizeNameText)
	Note    = Role(theme.SizeNameCaptionText)
)

// Size returns the role's type size in the current theme.
func (r Role) Size() float32 { return theme.Size(fyne.ThemeSizeName(r)) }

// NewText returns one line of text. Use NewPara for anything that may need two.
func NewText(text string, role Role, tone Tone) *canvas.Text {
	t := canvas.NewText(text, tone.Color())
	t.TextSize = role.Size()
	return t
}

// NewStrong returns one line of bold text: one word or a heading, never a sentence.
func NewStrong(text string, role Role, tone Tone) *canvas.Text {
	t := NewText(text, role, tone)
	t.TextStyle.Bold = true
	return t
}

// Em returns the width of n Chinese characters of body text.
func Em(n float32) float32 { return n * Body.Size() }

// RowHeight returns the height of a table row or a button for the current type size: 36, 44 or 56.
func RowHeight() float32 { return rowHeight(Body.Size()) }

func rowHeight(body float32) float32 {
	switch {
	case body < 16:
		return 36
	case body < 20:
		return 44
	}
	return 56
}
