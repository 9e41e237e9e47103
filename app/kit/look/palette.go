package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colour names of the product next to Fyne's own.
const (
	ColorSurface  fyne.ThemeColorName = "fayiSurface"  // cards, tables, fields: on the ground paper
	ColorAccent   fyne.ThemeColorName = "fayiAccent"   // cinnabar: one primary action a page, and the seal
	ColorOnAccent fyne.ThemeColorName = "fayiOnAccent" // words on cinnabar
	ColorInfo     fyne.ThemeColorName = "fayiInfo"     // indigo: focus, selection, links
	ColorNone     fyne.ThemeColorName = "fayiNone"     // see-through
)

// Palette holds the colours of one variant. Texts in done, waiting, problem, info and quiet keep 4.5 : 1 on ground
// and surface.
type Palette struct {
	ground, Surface, line, ink, quiet color.NRGBA
	accent, onAccent, border, faint   color.NRGBA
	done, waiting, problem, info      color.NRGBA
	shadow                            color.NRGBA // below what floats, and where a list goes on
}

// LightPalette are the colours by day, and those of what is printed or sent.
var LightPalette = Palette{
	ground: rgb(0xFAF8F4), Surface: rgb(0xFFFFFF), line: rgb(0xE3DED4), ink: rgb(0x22201D), quiet: rgb(0x6F6A61),
	accent: rgb(0xB5342B), onAccent: rgb(0xFFFFFF), border: rgb(0xA09889), faint: rgb(0xF1EDE5),
	done: rgb(0x33704E), waiting: rgb(0x8F5C12), problem: rgb(0xB3261E), info: rgb(0x2F5D8C),
	shadow: color.NRGBA{0x22, 0x20, 0x1D, 0x24},
}

var dark = Palette{
	ground: rgb(0x1B1A18), Surface: rgb(0x252321), line: rgb(0x3A3733), ink: rgb(0xEDE9E1), quiet: rgb(0xA39D92),
	accent: rgb(0xE0695F), onAccent: rgb(0x1B1A18), border: rgb(0x726C62), faint: rgb(0x2E2B28),
	done: rgb(0x7DC09B), waiting: rgb(0xE0AE5C), problem: rgb(0xF0877E), info: rgb(0x8DB7E6),
	shadow: color.NRGBA{0, 0, 0, 0x66},
}

// Color returns the colour of a theme name, nil for names the palette leaves to Fyne.
func (p *Palette) Color(name fyne.ThemeColorName) color.Color {
	switch name {
	case theme.ColorNameBackground:
		return p.ground
	case ColorSurface, theme.ColorNameInputBackground, theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground:
		return p.Surface
	case theme.ColorNameHeaderBackground, theme.ColorNameButton, theme.ColorNameDisabledButton:
		return p.faint
	case ColorNone:
		return color.NRGBA{}
	case theme.ColorNameSeparator:
		return p.line
	case theme.ColorNameInputBorder:
		return p.border
	case theme.ColorNameForeground:
		return p.ink
	case theme.ColorNamePlaceHolder:
		return p.quiet
	case ColorAccent:
		return p.accent
	case ColorOnAccent, theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnError,
		theme.ColorNameForegroundOnSuccess, theme.ColorNameForegroundOnWarning:
		return p.onAccent
	}
	return p.state(name)
}

// state returns the colours that tell a state or the pointer's doing.
func (p *Palette) state(name fyne.ThemeColorName) color.Color {
	switch name {
	case theme.ColorNameSuccess:
		return p.done
	case theme.ColorNameWarning:
		return p.waiting
	case theme.ColorNameError:
		return p.problem
	case ColorInfo, theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return p.info
	case theme.ColorNameFocus:
		return Alpha(p.info, 0x50)
	case theme.ColorNameSelection:
		return Alpha(p.info, 0x2A)
	case theme.ColorNameHover:
		return Alpha(p.ink, 0x0D)
	case theme.ColorNamePressed:
		return Alpha(p.ink, 0x1F)
	case theme.ColorNameDisabled:
		return Alpha(p.quiet, 0xA0)
	case theme.ColorNameShadow:
		return p.shadow
	case theme.ColorNameScrollBar:
		return Alpha(p.quiet, 0x90)
	}
	return nil
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF}
}

// Alpha returns c with the opacity a, 255 for all of it.
func Alpha(c color.NRGBA, a uint8) color.NRGBA {
	c.A = a
	return c
}

// Tone is the meaning a colour carries. It is always shown with a word or a shape as well.
type Tone int

// The tones.
const (
	Plain   Tone = iota // ink
	Quiet               // second-rank text
	Done                // bamboo green: finished
	Waiting             // ochre: to be done
	Problem             // red: wrong, in the way
	Info                // indigo: worth knowing
	Accent              // cinnabar
)

// ColorName returns the theme colour of t.
func (t Tone) ColorName() fyne.ThemeColorName {
	switch t {
	case Quiet:
		return theme.ColorNamePlaceHolder
	case Done:
		return theme.ColorNameSuccess
	case Waiting:
		return theme.ColorNameWarning
	case Problem:
		return theme.ColorNameError
	case Info:
		return ColorInfo
	case Accent:
		return ColorAccent
	}
	return theme.ColorNameForeground
}

// Color returns t's colour in the current theme.
func (t Tone) Color() color.Color { return theme.Color(t.ColorName()) }

// Tint returns t's colour thinned to a background.
func (t Tone) Tint() color.Color {
	c := color.NRGBAModel.Convert(t.Color()).(color.NRGBA)
	return Alpha(c, 0x1C)
}

// Icon returns the shape of t in t's colour, nil for tones without one.
func (t Tone) Icon() fyne.Resource {
	var r fyne.Resource
	switch t {
	case Done:
		r = theme.ConfirmIcon()
	case Waiting:
		r = theme.HistoryIcon()
	case Problem:
		r = theme.WarningIcon()
	case Info:
		r = theme.InfoIcon()
	default:
		return nil
	}
	return theme.NewColoredResource(r, t.ColorName())
}
