package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/assets"
)

func TestTheFirstStartIsInMiddleType(t *testing.T) {
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	fa := test.NewTempApp(t)
	s := NewSession(fa, texts, boltFiles(), Inline{})
	if got := s.app.Look().Size; got != look.Large {
		t.Errorf("the first start is in %s", got)
	}
	s.app.SetTextSize(look.Normal)
	if again := NewSession(fa, texts, boltFiles(), Inline{}); again.app.Look().Size != look.Normal {
		t.Error("a size that was chosen is not kept")
	}
}

func TestAShortWindowFoldsItsFrame(t *testing.T) {
	w := open(t, nil)
	w.last().kept = " 筛选"
	w.win.Resize(fyne.NewSize(1280, 575))
	if !w.Look().Short || w.win.MainMenu() != nil || !w.shows("菜单 ▾") || w.last().kept != " 筛选" {
		t.Fatalf("%+v, kept %q", w.Look(), w.last().kept)
	}
	kittest.Tap(t, w.win.Content(), "菜单 ▾")
	for _, name := range []string{"文件", "查看", "帮助"} {
		if !kittest.Shows(w.top(t), name) {
			t.Errorf("%s is not in the menu", name)
		}
	}
	w.win.Canvas().Overlays().Remove(w.top(t))
	w.Navigate(kit.Route{Kind: "works"})
	w.menuKey(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
	if w.Route().Kind != "home" {
		t.Error("the menu's keys are gone with it")
	}
	w.win.Resize(fyne.NewSize(1280, 610)) // what the menu takes is not enough to unfold it again
	if !w.Look().Short {
		t.Error("the frame unfolds into too little room")
	}
	w.win.Resize(fyne.NewSize(1280, 700))
	if w.Look().Short || w.win.MainMenu() == nil || w.shows("菜单 ▾") {
		t.Errorf("the frame stays folded: %+v", w.Look())
	}
	w.SetTextSize(look.Huge)
	if !w.Look().Short {
		t.Error("larger type does not fold the frame")
	}
}

func TestTheFoldedMenuIsNotForJudges(t *testing.T) {
	h, _ := newHall(t)
	h.app.win.Resize(fyne.NewSize(1280, 560))
	if !h.app.handedOver() || h.shown("菜单 ▾") {
		t.Error("a judge sees the menu")
	}
	before := h.app.Route()
	h.app.menuKey(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl})
	if h.app.Route() != before {
		t.Error("a judge uses the organiser's keys")
	}
}

func (s *seated) shown(text string) bool { return kittest.Shows(s.root(), text) }

func TestANoticeInAShortWindowMovesNothing(t *testing.T) {
	w := open(t, nil)
	w.win.Resize(fyne.NewSize(1000, 560))
	size, at := w.frame.page.Size(), w.frame.page.Position()
	w.Tell(kit.Notice{Tone: look.Done, Text: "准备清单已存好：/home/某人/文档/二〇二六年/法治文化作品征集/很长的文件夹名称/里面的又一个文件夹/" +
		"准备清单.docx，可以打印。", Action: "打开所在文件夹"})
	if !w.shows("可以打印") || w.frame.page.Size() != size || w.frame.page.Position() != at {
		t.Errorf("the page was %v at %v and is %v at %v", size, at, w.frame.page.Size(), w.frame.page.Position())
	}
}

// TestTheRailOfAShortWindowIsAsBroadAsItsWords also when they come after the frame was laid out.
func TestTheRailOfAShortWindowIsAsBroadAsItsWords(t *testing.T) {
	w := open(t, nil)
	w.win.Resize(fyne.NewSize(1280, 575))
	for _, title := range []string{"征集", "Problems of imports that are open", "征集"} {
		w.frame.status.Stages = []status.Stage{{Key: "works", Title: title, Note: "1920"}}
		w.frame.draw()
		if got, want := w.frame.rail.Size().Width, w.frame.rail.MinSize().Width; got < want || got > want+40 {
			t.Errorf("%s: the rail is %v broad, its words %v", title, got, want)
		}
	}
}
