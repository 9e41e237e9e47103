package app

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit/look"
)

// Keys of the settings kept between starts.
const (
	prefSize   = "look.size"
	prefMode   = "look.mode"
	prefLang   = "lang"
	prefWidth  = "window.plain_width" // window.width may hold the size of a screen, see saveSize
	prefHeight = "window.plain_height"
)

// restore reads look and language as they were left.
func (a *App) restore() {
	p := a.fyne.Preferences()
	a.look = look.Look{
		Size: look.TextSize(p.StringWithFallback(prefSize, string(look.Large))),
		Mode: look.Mode(p.StringWithFallback(prefMode, string(look.Light))),
	}
	a.text = a.cfg.Catalogue.In(p.StringWithFallback(prefLang, "zh-Hans")).Calling(a.cfg.Called)
}

// SetTextSize changes the type size of everything.
func (a *App) SetTextSize(size look.TextSize) {
	a.look.Size = size
	a.look = a.look.Fits(a.Size().Height)
	a.fyne.Preferences().SetString(prefSize, string(size))
	a.fyne.Settings().SetTheme(look.NewTheme(a.look))
}

// SetMode makes the window light, dark or as the system is.
func (a *App) SetMode(mode look.Mode) {
	a.look.Mode = mode
	a.fyne.Preferences().SetString(prefMode, string(mode))
	a.fyne.Settings().SetTheme(look.NewTheme(a.look))
}

// SetLang changes the language to "zh-Hans" or "en".
func (a *App) SetLang(lang string) {
	a.text = a.cfg.Catalogue.In(lang).Calling(a.cfg.Called)
	a.fyne.Preferences().SetString(prefLang, a.text.Lang)
	a.rebuild()
}

// Look returns type size and mode.
func (a *App) Look() look.Look { return a.look }

// systemChanged draws everything again when the theme or the system's colours changed.
func (a *App) systemChanged() { a.rebuild() }

// The window's size at its first start fits a screen of 1280 × 720 with the system's bars; what does not fit a
// smaller one scrolls.
const (
	firstWidth, firstHeight = 1200, 640
	leastWidth, leastHeight = 840, 460
)

// lastSize is the window's size as it was left, never smaller than one can work in.
func (a *App) lastSize() fyne.Size {
	p := a.fyne.Preferences()
	w, h := p.FloatWithFallback(prefWidth, firstWidth), p.FloatWithFallback(prefHeight, firstHeight)
	return fyne.NewSize(max(float32(w), leastWidth), max(float32(h), leastHeight))
}

// saveSize keeps the window's size for the next start. That of a full screen is not kept: a window of it, with its
// title bar, would stand beyond the screen with the foot cut.
func (a *App) saveSize() {
	if a.win.FullScreen() {
		return
	}
	s, p := a.Size(), a.fyne.Preferences()
	p.SetFloat(prefWidth, float64(s.Width))
	p.SetFloat(prefHeight, float64(s.Height))
}
