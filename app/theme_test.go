package app

import (
	"testing"

	"fyne.io/fyne/v2"
)

// A window that is closed on the whole screen must not come back as large as the screen: its title bar would push its
// foot beyond the edge.
func TestTheSizeOfAFullScreenIsNotKept(t *testing.T) {
	s := sit(t, Inline{})
	s.app.win.Resize(fyne.NewSize(1100, 650))
	s.app.saveSize()
	s.app.win.SetFullScreen(true)
	s.app.win.Resize(fyne.NewSize(1920, 1080))
	s.app.saveSize()
	if got := s.app.lastSize(); got != fyne.NewSize(1100, 650) {
		t.Errorf("the next start makes a window of %v", got)
	}
	s.app.win.SetFullScreen(false)
	s.app.win.Resize(fyne.NewSize(1000, 600))
	s.app.saveSize()
	if got := s.app.lastSize(); got != fyne.NewSize(1000, 600) {
		t.Errorf("a window's own size is not kept: %v", got)
	}
}
