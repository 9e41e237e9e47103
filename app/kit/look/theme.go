package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/assets/fonts"
)

// Radius rounds the corners of fields, buttons and paper.
const Radius float32 = 6

// Mode says whether the window is light, dark or follows the system.
type Mode string

// The modes.
const (
	System Mode = "system"
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// TextSize is one of the three type sizes a user can choose.
type TextSize string

// The type sizes: 小, 中 and 大 in the window.
const (
	Normal TextSize = "normal"
	Large  TextSize = "large"
	Huge   TextSize = "huge"
)

// Factor returns what all type sizes are multiplied by: 1, 1.25 or 1.6.
func (s TextSize) Factor() float32 {
	switch s {
	case Large:
		return 1.25
	case Huge:
		return 1.6
	}
	return 1
}

// Look is what a user chooses about the window. The zero Look is normal size and follows the system.
type Look struct {
	Mode Mode
	Size TextSize
	// Short says that the window has few rows of this type size one above the other, so that what stands around what
	// is worked on should be small. It is not chosen: it follows from the window's height, see Look.Fits.
	Short bool
}

// Rows of text below which a window is short, and from which one that was short is not short any more: what folds away
// gives it a row.
const (
	shortRows = 16
	tallRows  = 17.2
)

// Fits returns l for a window whose content is so high, in device-independent pixels.
func (l Look) Fits(height float32) Look {
	rows := height / rowHeight(14*l.Size.Factor())
	l.Short = rows < shortRows || l.Short && rows < tallRows
	return l
}

// Short reports whether the window is short: what stands around what is worked on should be small.
func Short() bool {
	t, ok := fyne.CurrentApp().Settings().Theme().(*Theme)
	return ok && t.look.Short
}

// Theme is the product's Fyne theme: its own Chinese type in two weights only (each further style costs 40 MB), its
// colours and sizes.
type Theme struct {
	look Look
}

// NewTheme returns the theme for look.
func NewTheme(look Look) *Theme { return &Theme{look} }

// Look returns what the theme was made for.
func (t *Theme) Look() Look { return t.look }

var (
	regular = fyne.NewStaticResource("regular.otf", fonts.ScreenRegular)
	bold    = fyne.NewStaticResource("bold.otf", fonts.ScreenBold)
)

// Font returns the bold face for bold text and the regular face for all else, italic and monospace too.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return theme.DefaultTheme().Font(s)
	case s.Bold:
		return bold
	}
	return regular
}

// Icon returns Fyne's own icon.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// Color returns the colour of name for the chosen mode, or for the system's variant v.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	p := &LightPalette
	if t.look.Mode == Dark || t.look.Mode != Light && v == theme.VariantDark {
		p = &dark
	}
	if c := p.Color(name); c != nil {
		return c
	}
	return theme.DefaultTheme().Color(name, v)
}

// Size returns a size in device-independent pixels; type grows with the chosen size, gaps do not.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	f := t.look.Size.Factor()
	switch name {
	case theme.SizeNameHeadingText:
		return 22 * f
	case theme.SizeNameSubHeadingText:
		return 17 * f
	case theme.SizeNameText:
		return 14 * f
	case theme.SizeNameCaptionText:
		return 12.5 * f
	case theme.SizeNameInlineIcon:
		return 20 * f
	case theme.SizeNamePadding, theme.SizeNameLineSpacing:
		return 4
	case theme.SizeNameInnerPadding:
		return 8
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return Radius
	}
	return theme.DefaultTheme().Size(name)
}
