package app

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
)

func TestSizeAndLanguageRebuildThePageAndStay(t *testing.T) {
	w := open(t, nil)
	w.win.Resize(fyne.NewSize(1280, 1000)) // high enough for a whole frame in any size
	w.last().kept = " 筛选"
	kittest.Tap(t, w.win.Content(), "大")
	if len(w.made) != 2 || w.last().kept != " 筛选" || look.Body.Size() != 14*1.6 {
		t.Errorf("%d pages, kept %q, body %v", len(w.made), w.last().kept, look.Body.Size())
	}
	kittest.Tap(t, w.win.Content(), "English")
	if w.Lang() != "en" || !w.shows("Help F1") || w.last().kept != " 筛选" {
		t.Errorf("language %s, kept %q", w.Lang(), w.last().kept)
	}
	w.SetMode(look.Dark)
	if c := theme.Color(theme.ColorNameBackground); c != (look.NewTheme(look.Look{
		Mode: look.Dark,
	}).Color(theme.ColorNameBackground, 0)) {
		t.Errorf("ground is %v", c)
	}
	again := New(w.fyne, w.cfg)
	if l := again.Look(); again.Lang() != "en" || l.Mode != look.Dark || l.Size != look.Huge {
		t.Errorf("at the next start: %s %v", again.Lang(), again.Look())
	}
}

func TestBarePageHasNoRail(t *testing.T) {
	w := open(t, func(c *Config) {
		c.Status = func(context.Context, kit.Texter) (Status, error) {
			return Status{Stages: []status.Stage{{Key: "works", Title: "征集"}}}, nil
		}
	})
	if !w.shows("征集") {
		t.Fatal("no rail on a page that has one")
	}
	w.Navigate(kit.Route{Kind: "bare"})
	if w.shows("征集") || !w.shows("空白页") {
		t.Error("a bare page has a rail")
	}
}

func TestPagesOfOneShapeStandInOneFrame(t *testing.T) {
	w := open(t, nil)
	first := w.frame
	field := field.NewEntry()
	first.page.Add(field)
	w.Focus(field)
	w.Tell(kit.Notice{Text: "说过了"})
	w.Navigate(kit.Route{Kind: "works"})
	if w.frame != first || len(first.page.Objects) != 1 {
		t.Error("the next page has a frame of its own, or stands beside the one before")
	}
	if w.win.Canvas().Focused() != nil || w.shows("说过了") {
		t.Error("cursor or notice of the page before stayed")
	}
	w.Navigate(kit.Route{Kind: "bare"})
	if w.frame == first {
		t.Error("a bare page stands in the same frame")
	}
}

func TestRailLeadsToItsPage(t *testing.T) {
	w := open(t, func(c *Config) {
		c.Status = func(context.Context, kit.Texter) (Status, error) {
			return Status{Stages: []status.Stage{{Key: "works", Title: "征集"}}}, nil
		}
	})
	kittest.Tap(t, w.win.Content(), "征集")
	if w.Route().Kind != "works" {
		t.Errorf("at %v", w.Route())
	}
}

func TestKeysGoToThePageFirst(t *testing.T) {
	w := open(t, nil)
	before := w.last().loads
	kittest.Press(w.win, fyne.KeyF5)
	if w.last().loads != before || !slices.Contains(w.last().keys, fyne.KeyF5) {
		t.Error("the window took a key the page wanted")
	}
	kittest.Press(w.win, fyne.KeyF1)
	if !kittest.Shows(w.top(t), "快捷键") {
		t.Error("F1 shows no help")
	}
}

func TestMenuHoldsTheGlobalShortcuts(t *testing.T) {
	asked := 0
	w := open(t, func(c *Config) {
		c.Menus = func(kit.Shell) []*fyne.Menu { return []*fyne.Menu{fyne.NewMenu("征集")} }
		c.Help = func(kit.Shell) { asked++ }
		c.Search = func() (kit.Route, bool) { return kit.Route{Kind: "works", Tab: "found"}, true }
	})
	byKey := map[string]func(){}
	var menus []string
	for _, m := range w.win.MainMenu().Items {
		menus = append(menus, m.Label)
		for _, item := range m.Items {
			if s, ok := item.Shortcut.(*desktop.CustomShortcut); ok {
				if name := s.ShortcutName(); byKey[name] != nil {
					t.Errorf("%s is taken twice", name)
				}
				byKey[s.ShortcutName()] = item.Action
			}
		}
	}
	if !slices.Equal(menus, []string{"文件", "征集", "查看", "帮助"}) {
		t.Errorf("menus %v", menus)
	}
	byKey["CustomDesktop:Control+F"]()
	byKey["CustomDesktop:Control+H"]()
	if w.last().found != 1 || asked != 1 {
		t.Errorf("found %d times, helped %d times", w.last().found, asked)
	}
	byKey["CustomDesktop:Control+3"]()
	if w.Look().Size != look.Huge {
		t.Errorf("size %s", w.Look().Size)
	}
	w.Navigate(kit.Route{Kind: "works"})
	byKey["CustomDesktop:Alt+Left"]()
	if w.Route().Kind != "home" {
		t.Errorf("at %v", w.Route())
	}
	byKey["CustomDesktop:Control+K"]()
	if w.Route().Tab != "found" {
		t.Errorf("the search led to %v", w.Route())
	}
}

func TestClosingAsksWhileTasksRun(t *testing.T) {
	closed := 0
	run := &runHeld{}
	w := open(t, func(c *Config) {
		c.Runner = run
		c.Closed = func() { closed++ }
	})
	var got error
	w.Run("导入", func(ctx context.Context, _ kit.Progress) error {
		if got = ctx.Err(); closed != 0 {
			t.Error("closed before the task ended")
		}
		return got
	}, func(error) { t.Error("a result came to a window that is closing") })
	w.close()
	if closed != 0 {
		t.Fatal("closed without asking")
	}
	kittest.Tap(t, w.top(t), "停下并退出")
	if closed != 0 || !w.shows("正在停下") {
		t.Error("the wait for the task is not told")
	}
	run.letGo()
	if closed != 1 || got != context.Canceled || w.last().left != 1 {
		t.Errorf("closed %d times, task ended with %v, page left %d times", closed, got, w.last().left)
	}
}

func TestClosingTwiceDoesNotWait(t *testing.T) {
	closed := 0
	run := &runHeld{}
	w := open(t, func(c *Config) {
		c.Runner = run
		c.Closed = func() { closed++ }
	})
	w.Run("导入", func(context.Context, kit.Progress) error { return nil }, func(error) {})
	w.close()
	kittest.Tap(t, w.top(t), "停下并退出")
	w.close()
	run.letGo()
	if closed != 1 {
		t.Errorf("closed %d times", closed)
	}
}

// TestFrameFits draws the frame in each size, colour and language and finds no words cut or sticking out, even
// where the window is small and the contest's name long.
func TestFrameFits(t *testing.T) {
	w := open(t, func(c *Config) {
		c.Search = func() (kit.Route, bool) { return kit.Route{Kind: "works"}, true }
		c.Status = func(_ context.Context, text kit.Texter) (Status, error) {
			return Status{
				Subject: "某某县2020年度法治文化作品征集评选活动（含书法、绘画、摄影、微视频、文学作品）",
				Saved:   "已自动保存 14:32 · 备份 今天 09:10 · 数据在 D 盘",
				Stages: []status.Stage{{
					Key:   "home",
					Title: text.T("kit.all", nil),
					State: status.Place,
				}, {
					Key:   "works",
					Title: "征集",
					Note:  "1638",
					State: status.Finished,
				},
					{Key: "b", Title: "Publication", Note: "45%", State: status.Next}},
			}, nil
		}
	})
	w.Tell(kit.Notice{Tone: look.Info, Text: "已导入 638 件作品。"})
	for _, size := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		w.SetTextSize(size)
		for _, mode := range []look.Mode{look.Light, look.Dark} {
			w.SetMode(mode)
			for _, lang := range []string{"zh-Hans", "en"} {
				w.SetLang(lang)
				for _, room := range []fyne.Size{fyne.NewSize(1270, 650), fyne.NewSize(1900, 1000)} {
					w.tasks.running = []*task{{name: "正在生成缩略图", done: 212, total: 640}}
					w.tasks.show()
					w.win.Resize(room)
					shot := fmt.Sprintf("frame-%s-%s-%s-%.0f", mode, size, lang, room.Width)
					if room.Width < 1300 && lang == "en" {
						kittest.Shot(t, w.win, shot)
					}
					for _, m := range kittest.Misfits(w.win) {
						t.Errorf("%s: %s", shot, m)
					}
				}
			}
		}
	}
}
