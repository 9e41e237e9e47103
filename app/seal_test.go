package app

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/store/seal"
)

// cheapDoor seals at a cost that tests can bear.
func cheapDoor(config func(dir string) office.Config) *sealing.Door {
	return &sealing.Door{Cost: seal.Cost{Passes: 1, Memory: 64, Threads: 1}, Config: config}
}

func openKnown(door *sealing.Door) func(context.Context, string) (*office.Office, error) {
	return func(ctx context.Context, dir string) (*office.Office, error) {
		return door.Open(ctx, dir, door.Known(nil))
	}
}

// types writes into the fields of the dialog on top, in their order, and presses its act.
func (s *seated) types(t *testing.T, act string, words ...string) {
	t.Helper()
	top := kittest.Top(s.app.win)
	if top == nil {
		t.Fatalf("no dialog: %q", kittest.Texts(s.root()))
	}
	for i, f := range kittest.All[*field.Entry](top)[:len(words)] {
		f.SetText(words[i])
	}
	kittest.Tap(t, top, s.app.T(act, nil))
}

// reopened is the same user's program started again.
func reopened(t *testing.T, s *seated, dir string) {
	t.Helper()
	if o := s.now(); o != nil {
		s.swap(nil)
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
	}
	s.guard.on, s.guard.seated = false, ""
	s.app.Restart(kit.Route{Kind: page.Start})
	s.forget()
	s.Open(dir)
}

// forget takes the door away that knows the key, as the end of the program does.
func (s *seated) forget() {
	door := cheapDoor(s.files.Door.Config)
	s.files.Door, s.files.Open, s.files.Whole = door, openKnown(door), wholeBy(door)
}

func TestASealedContestAsksBeforeAnyPage(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲县征集")
	dir := o.Dir()
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "欧阳文清"}); err != nil {
		t.Fatal(err)
	}
	s.app.Navigate(kit.Route{Kind: page.Settings})
	s.shows(t, "没有设密码：能用这台电脑的人")
	kittest.Tap(t, s.root(), s.app.T("settings.set_password", nil))
	s.types(t, "seal.set_do", "秋雨秋雨秋雨秋雨", "秋雨秋雨秋雨秋风")
	s.types(t, "seal.set_do", "秋雨", "秋雨")
	if o.Secrets().Sealed() {
		t.Fatal("sealed under two passwords, or under a short one")
	}
	s.types(t, "seal.set_do", "秋雨秋雨秋雨秋雨", "秋雨秋雨秋雨秋雨")
	code := codeShown(t, s)
	if o = s.now(); o == nil || !o.Secrets().Sealed() {
		t.Fatal("the contest is not open and sealed")
	}
	top := kittest.Top(s.app.win)
	kittest.All[*choice.Check](top)[0].SetChecked(true)
	kittest.Tap(t, top, s.app.T("seal.code_done", nil))
	s.shows(t, "数据文件和新的备份已经加密")

	reopened(t, s, dir)
	s.shows(t, "打开加密的征集", "评委请找组织者")
	at := kittest.All[*field.Entry](s.root())[0]
	at.SetText("秋雨秋雨秋雨秋风")
	kittest.Tap(t, s.root(), s.app.T("seal.open", nil))
	s.shows(t, "密码或恢复码不对")
	if s.now() != nil || kittest.Top(s.app.win) != nil {
		t.Fatal("a wrong password opened something")
	}
	at.SetText("秋雨秋雨秋雨秋雨")
	kittest.Tap(t, s.root(), s.app.T("seal.open", nil))
	s.shows(t, "刚才输错了，请等 1 秒再试")
	s.later(time.Second)
	kittest.Tap(t, s.root(), s.app.T("seal.open", nil))
	s.shows(t, "下一步")

	// a computer that was handed over shows the judges' list, but only after the organiser was there
	s.app.Restart(kit.Route{Kind: page.HandOver})
	for _, forget := range []bool{false, true} {
		if forget {
			s.Prefs.RemoveValue(prefGuarded)
		}
		reopened(t, s, dir)
		s.shows(t, "打开加密的征集")
		kittest.Tap(t, s.root(), s.app.T("seal.use_code", nil))
		kittest.All[*field.Entry](s.root())[0].SetText(strings.ReplaceAll(code, "-", " "))
		kittest.Tap(t, s.root(), s.app.T("seal.open", nil))
		if want := map[bool]string{false: "请评委点自己的姓名", true: "下一步"}[forget]; !kittest.Shows(s.root(), want) {
			t.Fatalf("forgotten %v: %q", forget, kittest.Texts(s.root()))
		}
	}

	s.app.Navigate(kit.Route{Kind: page.Settings})
	kittest.Tap(t, s.root(), s.app.T("seal.change", nil))
	s.types(t, "kit.save", "秋雨秋雨秋雨秋雨", "春风春风春风春风", "春风春风春风春风")
	s.shows(t, "密码已更换")
	kittest.Tap(t, s.root(), s.app.T("seal.recode", nil))
	s.types(t, "seal.recode", "春风春风春风春风")
	if again := codeShown(t, s); again == code {
		t.Error("the new recovery code is the old one")
	}
	s.app.win.Canvas().Overlays().Remove(s.app.win.Canvas().Overlays().Top())
	kittest.Tap(t, s.root(), s.app.T("seal.clear", nil))
	s.types(t, "seal.clear", "秋雨秋雨秋雨秋雨")
	if !s.now().Secrets().Sealed() {
		t.Fatal("the old password took the seal away")
	}
	s.app.win.Canvas().Overlays().Remove(s.app.win.Canvas().Overlays().Top())
	// the clock of this test stands still, and the next try would wait: the door needs none
	o = opener{s.Session}.Away()
	if err := errors.Join(o.Close(), s.files.Door.Clear(t.Context(), dir, nil)); err != nil {
		t.Fatal(err)
	}
	s.Open(dir)
	s.shows(t, "下一步")
}

// codeShown reads the recovery code off the dialog on top.
func codeShown(t *testing.T, s *seated) string {
	t.Helper()
	top := kittest.Top(s.app.win)
	if top == nil {
		t.Fatalf("no recovery code: %q", kittest.Texts(s.root()))
	}
	for _, text := range kittest.Texts(top) {
		if len(text) == 34 && strings.Count(text, "-") == 6 {
			return text
		}
	}
	t.Fatalf("no recovery code in %q", kittest.Texts(top))
	return ""
}

func TestAPasswordOfOldIsOfferedToSeal(t *testing.T) {
	h, o := newHall(t)
	if err := o.Secrets().SetPassword(t.Context(), "司法为民2020"); err != nil {
		t.Fatal(err)
	}
	h.guard.leave()
	h.app.win.Canvas().Focused().(*field.Entry).SetText("司法为民2020")
	kittest.Tap(t, kittest.Top(h.app.win), "继续")
	h.shows(t, "这个密码只拦住界面")
	if o.Secrets().Sealed() {
		t.Fatal("sealed without asking")
	}
	kittest.Tap(t, h.root(), "设密码并加密…")
	if top := kittest.Top(h.app.win); top == nil || !kittest.Shows(top, "设组织者密码") {
		t.Fatal("the offer leads nowhere")
	}
}

// TestARecoveryCodeClosedByMistakeIsNotLost: who puts the code off hears how to get another one, who notes it does not.
func TestARecoveryCodeClosedByMistakeIsNotLost(t *testing.T) {
	for how := range 3 {
		s := sit(t, Inline{})
		s.create(t, "甲县征集")
		t.Cleanup(func() { s.leave(t) }) // what is sealed can't be checked at the end
		s.seals().AskSeal()
		s.types(t, "seal.set_do", "秋雨秋雨秋雨秋雨", "秋雨秋雨秋雨秋雨")
		codeShown(t, s)
		top := kittest.Top(s.app.win)
		if how == 0 {
			kittest.All[*choice.Check](top)[0].SetChecked(true)
			kittest.Tap(t, top, s.app.T("seal.code_done", nil))
			if kittest.Shows(s.root(), "还没有记下") {
				t.Error("a code that is on paper is said to be on none")
			}
			continue
		}
		if how == 1 {
			kittest.Press(s.app.win, fyne.KeyEscape)
		} else {
			kittest.Tap(t, top, s.app.T("seal.code_later", nil))
		}
		s.shows(t, "恢复码还没有记下")
		s.closeDialogs()
		for _, b := range kittest.All[*button.Button](s.root()) { // that of the notice comes first or last
			if b.Text == s.app.T("seal.recode", nil) {
				b.Tapped(nil)
				break
			}
		}
		s.types(t, "seal.recode", "秋雨秋雨秋雨秋雨")
		codeShown(t, s)
	}
}
