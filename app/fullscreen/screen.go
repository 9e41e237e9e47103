// Package fullscreen gives a page the whole screen: the window's bar and foot go away and come back when the pointer
// is at the upper or lower edge of the screen, when a key asks for them, or when they have something to say. Nothing
// lies over the page, so that what is pressed or dragged on it is its own. It knows no pages.
package fullscreen

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
)

const (
	// Linger is how long bar and foot stay when a page begins to fill the screen: long enough to see where they go.
	Linger = 2 * time.Second
	// strip is the height of an edge, in device-independent pixels, that brings bar and foot back.
	strip = 4
)

// Screen belongs to the UI thread.
type Screen struct {
	window fyne.Window
	after  func(wait time.Duration, f func()) kit.Timer
	stays  func() bool
	menu   func()

	on, grown bool // a page fills the screen; the window was made as large as the screen for it
	shown     bool // bar and foot, while a page fills the screen
	edges     func(shown bool)
	linger    kit.Timer // ends lingers; nil: there was none
	lingers   bool      // bar and foot stay though the pointer is elsewhere

	bar, foot fyne.CanvasObject
	near      []*Presence
}

// New returns the screen of window. stays says whether bar and foot have something to say, and may not go; menu gives
// the window the menu that it should have now.
func New(
	window fyne.Window, after func(wait time.Duration, f func()) kit.Timer, stays func() bool, menu func(),
) *Screen {
	return &Screen{window: window, after: after, stays: stays, menu: menu}
}

// On reports whether a page fills the screen.
func (s *Screen) On() bool { return s.on }

// Fill gives the page the whole screen, or takes it back. edges hears at once, and whenever it changes, whether bar and
// foot are shown; it may be nil.
func (s *Screen) Fill(on bool, edges func(shown bool)) {
	s.stop()
	was := s.on
	s.on, s.edges = on, edges
	if on == was {
		s.tell()
		return
	}
	if on && !s.window.FullScreen() {
		s.grown = true
		s.window.SetFullScreen(true)
	}
	if !on && s.grown {
		s.grown = false
		s.window.SetFullScreen(false)
	}
	s.menu()
	s.show(on)
	if on {
		s.lingers = true
		s.linger = s.after(Linger, func() {
			s.lingers = false
			s.away()
		})
	}
}

// Edges shows bar and foot while a page fills the screen, or hides them.
func (s *Screen) Edges() {
	if s.on {
		s.stop()
		s.show(!s.shown)
	}
}

// Speak shows bar and foot: they have something to say.
func (s *Screen) Speak() { s.show(true) }

// Wrap puts what hears of the pointer below page, bar and foot, and hides the last two where a page fills the screen.
func (s *Screen) Wrap(page, bar, foot fyne.CanvasObject) (p, b, f fyne.CanvasObject) {
	top, bottom := NewPresence(s.Speak), NewPresence(s.Speak)
	middle := NewPresence(func() {
		if !s.lingers {
			s.away()
		}
	})
	top.high, bottom.high = strip, strip
	s.bar, s.foot, s.near = bar, foot, []*Presence{top, middle, bottom}
	s.draw()
	return container.NewStack(middle, page), container.NewStack(top, bar), container.NewStack(bottom, foot)
}

// away hides bar and foot, unless they have something to say.
func (s *Screen) away() {
	if s.shown && !s.stays() {
		s.show(false)
	}
}

func (s *Screen) show(shown bool) {
	if s.shown = shown; s.bar == nil {
		return
	}
	if s.draw() {
		s.window.Content().Refresh()
		s.tell()
	}
}

// draw hides or shows what is to be; it reports whether that changed something.
func (s *Screen) draw() (changed bool) {
	set := func(o fyne.CanvasObject, visible bool) {
		if o.Visible() == visible {
			return
		}
		changed = true
		if visible {
			o.Show()
		} else {
			o.Hide()
		}
	}
	for _, o := range s.near {
		set(o, s.on)
	}
	for _, o := range []fyne.CanvasObject{s.bar, s.foot} {
		set(o, !s.on || s.shown)
	}
	return changed
}

func (s *Screen) tell() {
	if s.edges != nil {
		s.edges(s.shown)
	}
}

func (s *Screen) stop() {
	if s.linger != nil {
		s.linger.Stop()
	}
	s.lingers = false
}
