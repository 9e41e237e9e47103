package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/kittest"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/sight"
	"fayi/judging"
)

var parts = sight.Parts(func(w fyne.Widget) []fyne.CanvasObject { return test.WidgetRenderer(w).Objects() })

// point moves the pointer to a place of the window: the toolkit asks each object there for its cursor.
func point(win fyne.Window, at fyne.Position) {
	var under []desktop.Cursorable
	parts.Walk(win.Content(), func(o fyne.CanvasObject, place fyne.Position) bool {
		d := at.Subtract(place)
		inside := d.X >= 0 && d.Y >= 0 && d.X < o.Size().Width && d.Y < o.Size().Height
		if c, ok := o.(desktop.Cursorable); ok && inside {
			under = append(under, c)
		}
		return inside
	})
	for _, c := range under {
		c.Cursor()
	}
}

// words of the bar of the window and of the line below a work.
var edgeWords = []string{"帮助", "下一件"}

func TestAWorkInFullScreenHasAllOfIt(t *testing.T) {
	for _, size := range []look.TextSize{look.Normal, look.Huge} {
		h, _ := newHall(t)
		h.app.SetTextSize(size)
		h.app.win.Resize(fyne.NewSize(1280, 720))
		h.guard.sit(judging.JudgeID("j002"), false)
		kittest.Tap(t, h.root(), "去评分")
		h.shows(t, edgeWords...)
		h.press(fyne.KeyF11)
		h.hides(t, edgeWords...)
		for _, w := range parts.Look(h.app.win).Words {
			if w.Text == "保存并下一件" {
				t.Errorf("%s: the ballot is shown", size)
			}
		}
		win := h.app.win.Canvas().Size()
		if room := workRoom(h); room.Width < win.Width-1 || room.Height < win.Height-2*8 {
			t.Errorf("%s: the work has %v of %v", size, room, win)
		}
		for name, way := range map[string]func(){
			"upper edge": func() { point(h.app.win, fyne.NewPos(600, 1)) },
			"lower edge": func() { point(h.app.win, fyne.NewPos(600, win.Height-1)) },
			"F12":        func() { h.press(fyne.KeyF12) },
			"notice":     func() { h.app.Tell(kit.Notice{Text: "磁盘已满"}) },
		} {
			way()
			h.shows(t, edgeWords...)
			point(h.app.win, fyne.NewPos(600, 300))
			if name == "notice" {
				h.shows(t, "磁盘已满", edgeWords[0]) // it stays until it is closed
				h.app.Tell(kit.Notice{})
				point(h.app.win, fyne.NewPos(600, 301))
			}
			h.hides(t, edgeWords...)
		}
		h.press(fyne.KeyF12)
		h.app.SetMode(look.Dark) // all is made again
		h.app.rebuild()
		point(h.app.win, fyne.NewPos(600, 300))
		h.hides(t, edgeWords...)
		h.hides(t, "保存并下一件")
		h.press(fyne.KeyEscape)
		h.shows(t, append(edgeWords, "保存并下一件")...)
		h.press(fyne.KeyF11)
		h.guard.lock()
		h.shows(t, edgeWords[0])
	}
}

// workRoom is the room of the page.
func workRoom(h *hall) fyne.Size { return h.app.frame.page.Size() }
