package fullscreen_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"fayi/app/fullscreen"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
)

func line(text string) fyne.CanvasObject { return look.NewText(text, look.Body, look.Plain) }

// over moves the pointer over one of the three things that Wrap returns.
func over(o fyne.CanvasObject) {
	if below := o.(*fyne.Container).Objects[0]; below.Visible() {
		below.(desktop.Cursorable).Cursor()
	}
}

func TestBarAndFootGoAfterAMomentAndStayWhileTheySpeak(t *testing.T) {
	s := kittest.New(t)
	s.Clock = &kittest.Clock{}
	menus, speaks, told := 0, false, []bool(nil)
	screen := fullscreen.New(s.Win, s.After, func() bool { return speaks }, func() { menus++ })
	page, bar, foot := screen.Wrap(line("页"), line("上"), line("下"))
	s.Win.SetContent(container.NewBorder(bar, foot, nil, nil, page))
	shown := func(when string, want bool) {
		t.Helper()
		for _, word := range []string{"上", "下"} {
			if kittest.Shows(s.Win.Content(), word) != want {
				t.Errorf("%s: %s is shown: %v", when, word, !want)
			}
		}
	}
	screen.Edges()
	over(page)
	shown("no page fills the screen", true)

	screen.Fill(true, func(on bool) { told = append(told, on) })
	over(page)
	if !s.Win.FullScreen() || !screen.On() || menus != 1 {
		t.Errorf("full %v, on %v, menus %d", s.Win.FullScreen(), screen.On(), menus)
	}
	shown("at first", true)
	s.Clock.Advance(fullscreen.Linger)
	shown("after a moment", false)
	over(foot)
	shown("at the lower edge", true)
	over(page)
	shown("in the page", false)
	over(bar)
	shown("at the upper edge", true)
	speaks = true
	over(page)
	shown("with something to say", true)
	speaks = false
	over(page)
	screen.Speak()
	shown("told of something", true)
	screen.Edges()
	shown("sent away by a key", false)

	screen.Fill(false, nil)
	if s.Win.FullScreen() || screen.On() || menus != 2 {
		t.Errorf("full %v, on %v, menus %d", s.Win.FullScreen(), screen.On(), menus)
	}
	over(page)
	shown("at the end", true)
	if len(told) == 0 || told[len(told)-1] {
		t.Errorf("the page heard %v", told)
	}
}

func TestAWindowThatFilledTheScreenBeforeDoesSoAfterwards(t *testing.T) {
	s := kittest.New(t)
	s.Win.SetFullScreen(true)
	screen := fullscreen.New(s.Win, s.After, func() bool { return false }, func() {})
	page, bar, foot := screen.Wrap(line("页"), line("上"), line("下"))
	s.Win.SetContent(container.NewBorder(bar, foot, nil, nil, page))
	screen.Fill(true, nil)
	screen.Fill(false, nil)
	if !s.Win.FullScreen() {
		t.Error("the computer that was handed over shows a window")
	}
}
