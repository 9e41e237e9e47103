package app

import (
	"fmt"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
)

// TestTheFormsOfARoomFit measures the form with one address for all and each way of HTTPS, then the open room with
// both, in windows of both sizes; with FAYI_SHOTS it draws them. The short form takes the smallest window in the
// largest type.
func TestTheFormsOfARoomFit(t *testing.T) {
	s := planned(t)
	s.openRoom(t)
	if _, err := s.room.Close(); err != nil {
		t.Fatal(err)
	}
	each := func(what string, draw func(shot string)) {
		for _, size := range []look.TextSize{look.Normal, look.Huge} {
			for _, lang := range []string{"zh-Hans", "en"} {
				mode := look.Light
				if (size == look.Huge) == (lang == "zh-Hans") {
					mode = look.Dark
				}
				s.app.SetTextSize(size)
				s.app.SetMode(mode)
				s.app.SetLang(lang)
				for i, screen := range []fyne.Size{screens[0], screens[2]} {
					if testing.Short() && (size != look.Huge || i > 0) {
						continue // where room is shortest
					}
					s.app.win.Resize(screen)
					draw(fmt.Sprintf("form-%s-%s-%s-%s-%.0f", what, lang, mode, size, screen.Width))
				}
			}
		}
	}
	lays := func() { // out again, as a real window does in its next frame
		size := s.app.win.Canvas().Size()
		s.app.win.Resize(size.AddWidthHeight(2, 2))
		s.app.win.Resize(size)
	}
	shot := func(name string) {
		t.Helper()
		lays()
		for _, f := range kittest.Faults(s.app.win) {
			t.Errorf("%s: %s", name, f)
		}
		if os.Getenv("FAYI_SHOTS") == "" {
			return
		}
		kittest.Shot(t, s.app.win, name)
		for _, scroll := range kittest.All[*container.Scroll](s.root()) {
			scroll.ScrollToBottom()
		}
		kittest.Shot(t, s.app.win, name+"-below")
	}
	for _, way := range []string{"own", "office"} {
		each(way, func(name string) {
			s.app.Restart(kit.Route{Kind: page.Room})
			for _, c := range kittest.All[*choice.Check](s.root()) {
				c.SetChecked(true)
			}
			kittest.Tap(t, s.root(), s.app.T("roompage.way_"+way, nil))
			if way == "office" { // which says loudly that files are missing
				lays()
				kittest.Tap(t, s.root(), s.app.T("roompage.open", nil))
				for _, scroll := range kittest.All[*container.Scroll](s.root()) {
					below := scroll.Content.Size().Height - scroll.Size().Height - scroll.Offset.Y
					if scroll.Content.Size().Height > 300 && below > 2*look.RowHeight() {
						t.Errorf("%s: what is missing is %.0f below what is seen", name, below)
					}
				}
			}
			shot(name)
		})
	}
	s.app.SetLang("zh-Hans")
	s.app.SetTextSize(look.Normal)
	s.app.Restart(kit.Route{Kind: page.Room})
	for _, c := range kittest.All[*choice.Check](s.root()) {
		c.SetChecked(true)
	}
	kittest.Tap(t, s.root(), s.app.T("roompage.way_own", nil))
	kittest.Tap(t, s.root(), s.app.T("roompage.open", nil))
	if !s.room.IsOpen() {
		t.Fatalf("not opened: %q", kittest.Texts(s.root()))
	}
	for what, r := range map[string]kit.Route{"open": {Kind: page.Room}, "names": {Kind: page.Room, ID: "everybody"},
		"code": {Kind: page.Room, ID: "j001"}} {
		each(what, func(name string) {
			s.app.Restart(r)
			shot(name)
		})
	}
}
