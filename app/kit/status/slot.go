package status

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
)

// Slot is where a window shows one notice at a time. What it covers is hidden meanwhile, so that nothing moves.
type Slot struct {
	Box *fyne.Container // to be put into the window

	under    fyne.CanvasObject
	takeBack func() // nil unless the notice tells of something that can be taken back
}

// NewSlot returns an empty slot over under.
func NewSlot(under fyne.CanvasObject) *Slot { return &Slot{Box: container.NewStack(), under: under} }

// Tell shows n until its button or its cross is pressed, or another comes; one without a text only ends the last.
func (s *Slot) Tell(n kit.Notice) {
	if s.Clear(); n.Text == "" {
		return
	}
	do := n.Do
	n.Do = func() {
		s.Clear()
		if do != nil {
			do()
		}
	}
	s.Box.Objects = []fyne.CanvasObject{NewNotice(n, s.Clear)}
	if n.Undo {
		s.takeBack = n.Do
	}
	s.under.Hide()
	s.Box.Refresh()
}

// Shown reports whether there is a notice.
func (s *Slot) Shown() bool { return len(s.Box.Objects) > 0 }

// Clear ends the notice.
func (s *Slot) Clear() {
	s.Box.Objects, s.takeBack = nil, nil
	s.under.Show()
	s.Box.Refresh()
}

// TakeBack does what a notice offers that tells of something to be taken back.
func (s *Slot) TakeBack() {
	if s.takeBack != nil {
		s.takeBack()
	}
}
