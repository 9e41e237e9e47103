package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
)

// TestCtrlZTakesBackWhatTheNoticeTells: a page without an undo of its own takes back what was done last, once, and only
// while the notice of it stands; what another notice offers is left alone, and so is all below a dialog.
func TestCtrlZTakesBackWhatTheNoticeTells(t *testing.T) {
	s := sit(t, Inline{})
	undone := 0
	tell := func(undo bool) {
		s.app.Tell(kit.Notice{Text: "已归位", Action: "撤销", Undo: undo, Do: func() { undone++ }})
	}
	press := func() {
		s.app.win.Canvas().(interface{ TypedShortcut(fyne.Shortcut) }).TypedShortcut(&fyne.ShortcutUndo{})
	}
	tell(true)
	press()
	press()
	if undone != 1 {
		t.Fatalf("taken back %d times", undone)
	}
	tell(true)
	tell(false)
	press()
	if undone != 1 {
		t.Error("Ctrl+Z did what is no undo, or what no notice says any more")
	}
	tell(true)
	s.app.Ask(kit.Question{Title: "问题", Action: "好", Do: func() error { return nil }})
	press()
	if undone != 1 {
		t.Error("Ctrl+Z reached what lies under a dialog")
	}
}
