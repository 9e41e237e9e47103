package choice

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
)

// Select is the toolkit's choice of one, which keeps still while it is on no canvas. The toolkit forgets the canvas of
// what was not drawn for a minute, as a field is that has the cursor but is scrolled out of sight, and a menu that
// opens on no canvas ends the program.
type Select struct {
	widget.Select
}

// NewSelect returns a choice of titles; changed, which may be nil, is called with each title chosen.
func NewSelect(titles []string, changed func(title string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = titles, changed
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained brings the choice into sight.
func (s *Select) FocusGained() {
	s.Select.FocusGained()
	lay.Reveal(s)
}

// Tapped opens the menu.
func (s *Select) Tapped(e *fyne.PointEvent) {
	if onCanvas(s) {
		s.Select.Tapped(e)
	}
}

// TypedKey opens the menu with Space, Up and Down, and changes what is chosen with Left and Right. Other keys are the
// window's.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyUp, fyne.KeyDown:
		if onCanvas(s) {
			s.Select.TypedKey(e)
		}
	case fyne.KeyLeft, fyne.KeyRight:
		s.Select.TypedKey(e)
	default:
		keys.Pass(s, e)
	}
}

func onCanvas(o fyne.CanvasObject) bool { return fyne.CurrentApp().Driver().CanvasForObject(o) != nil }
