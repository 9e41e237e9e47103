package app

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// TestTheKeyboardIsNeverTrapped goes by Tab over every page and the dialogs of the desk: Tab leaves each place and
// comes round, and F1 and Escape reach the window from every field. The short form takes every third page.
func TestTheKeyboardIsNeverTrapped(t *testing.T) {
	s := sit(t, Inline{})
	o := s.whole(t)
	for i, r := range routes {
		if testing.Short() && i%3 != 0 {
			continue
		}
		r = filled(t, o, r)
		if r.Kind == page.Desk {
			s.guard.begin()
			s.guard.sit(judging.JudgeID(r.ID), false)
		} else {
			s.app.Restart(r)
		}
		s.untrapped(t, name(r), s.app.win.Content())
		s.guard.end()
	}
}

func TestTheKeyboardIsNotTrappedInTheQuestionsOfTheDesk(t *testing.T) {
	h, _ := newHall(t)
	kittest.Tap(t, h.root(), "钱二")
	kittest.Tap(t, h.root(), "我是钱二，开始评分")
	kittest.Tap(t, h.root(), "去评分")
	h.untrapped(t, "work", h.root())
	h.app.Restart(kit.Route{Kind: page.HandOver})
	kittest.Tap(t, h.root(), "钱二")
	kittest.Tap(t, h.root(), "我是钱二，开始评分")
	kittest.Tap(t, h.root(), "去评分")
	for _, act := range []string{"弃权…", "回避…", "举手…"} {
		kittest.Tap(t, h.root(), act)
		top := kittest.Top(h.app.win)
		if top == nil {
			t.Fatalf("%s opens nothing", act)
		}
		h.untrapped(t, act, top)
		h.app.win.Canvas().Overlays().Remove(top)
	}
}

// untrapped checks all places of root, which is a page or lies over one, that the keyboard comes to.
func (s *seated) untrapped(t *testing.T, where string, root fyne.CanvasObject) {
	t.Helper()
	c := s.app.win.Canvas()
	heard := map[fyne.KeyName]bool{}
	c.SetOnTypedKey(func(key *fyne.KeyEvent) { heard[key.Name] = true })
	defer c.SetOnTypedKey(s.app.typed)
	var places []fyne.Focusable
	kittest.Walk(root, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if f, ok := o.(fyne.Focusable); ok {
			places = append(places, f)
		}
		return true
	})
	for _, f := range places {
		if tab, ok := f.(fyne.Tabbable); ok && tab.AcceptsTab() {
			t.Errorf("%s: Tab stays in %T", where, f)
		}
		if e, can := f.(fyne.Disableable); can && e.Disabled() {
			continue
		}
		if _, menu := f.(*widget.PopUpMenu); menu { // it closes itself
			continue
		}
		clear(heard)
		for _, key := range []fyne.KeyName{fyne.KeyF1, fyne.KeyEscape} {
			f.TypedKey(&fyne.KeyEvent{Name: key})
			if !heard[key] {
				t.Errorf("%s: %s stays in %T", where, key, f)
			}
		}
	}
	c.Unfocus()
	seen := map[string]int{}
	for range 2*len(places) + 2 {
		c.(interface{ FocusNext() }).FocusNext()
		seen[fmt.Sprintf("%p", c.Focused())]++
	}
	for at, n := range seen {
		if n > 4 && len(places) > 4 {
			t.Errorf("%s: the cursor came to %s %d times", where, at, n)
		}
	}
}

func TestALetterThatOpensAQuestionDoesNotFallIntoIt(t *testing.T) {
	w := open(t, nil)
	field := field.NewText(w, "原因", "", field.TextRule{Lines: 2})
	w.page = &letterPage{w.page, func() { w.Ask(kit.Question{Title: "退回", Content: field, Action: "退回"}) }}
	w.typed(&fyne.KeyEvent{Name: fyne.KeyR})
	w.win.Canvas().Focused().TypedRune('r')
	test.Type(w.win.Canvas().Focused(), "落款不清")
	if got := field.Text(); got != "落款不清" {
		t.Errorf("the field reads %q", got)
	}
}

// letterPage asks at each key.
type letterPage struct {
	kit.Page

	ask func()
}

func (p *letterPage) TypedKey(*fyne.KeyEvent) bool {
	p.ask()
	return true
}

func TestCtrlTabTypesATabInAFieldOfSeveralLines(t *testing.T) {
	w := open(t, nil)
	field := field.NewText(w, "评语", "", field.TextRule{Lines: 2})
	w.Ask(kit.Question{Title: "评语", Content: field, Action: "存"})
	test.Type(field.Entry(), "甲")
	field.Entry().TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyTab, Modifier: fyne.KeyModifierControl})
	test.Type(field.Entry(), "乙")
	if field.Text() != "甲\t乙" {
		t.Errorf("the field reads %q", field.Text())
	}
}

func TestANoticeThatComesAndGoesMovesNothing(t *testing.T) {
	w := open(t, nil)
	before := w.frame.page.Size()
	w.Tell(kit.Notice{Tone: look.Done, Text: "已导入 12 件", Action: "撤销"})
	if got := w.frame.page.Size(); got != before {
		t.Errorf("the page was %v and is %v with a notice", before, got)
	}
	w.frame.notice.Clear()
	if got := w.frame.page.Size(); got != before {
		t.Errorf("the page was %v and is %v after it", before, got)
	}
}
