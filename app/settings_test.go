package app

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

func TestACopyIsMadeAndGoneBackToInTheSettings(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "赵一"}); err != nil {
		t.Fatal(err)
	}
	s.app.Navigate(kit.Route{Kind: page.Settings})
	s.shows(t, "还没有备份", o.Dir())
	kittest.Tap(t, s.root(), "备份数据")
	s.app.Reload()
	s.shows(t, "手动备份", "恢复…")
	for _, name := range []string{"钱二", "孙三"} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	kittest.Tap(t, s.root(), "恢复…")
	top := kittest.Top(s.app.win)
	if !kittest.Shows(top, "评委 1 位") || !kittest.Shows(top, "2 项改动不再有效") {
		t.Fatalf("%q", kittest.Texts(top))
	}
	kittest.Tap(t, top, "恢复") // not yet: nothing is ticked
	if s.now() != o {
		t.Fatal("gone back without a tick")
	}
	test.Tap(kittest.All[*choice.Check](top)[0])
	kittest.Tap(t, top, "恢复")
	s.shows(t, "已恢复")
	if all, err := s.now().Assignment().Judges(t.Context()); err != nil || len(all) != 1 {
		t.Fatalf("%+v %v", all, err)
	}
	copies, err := s.now().Backups(t.Context())
	if err != nil || len(copies) != 2 || copies[0].Why != "restore" && copies[1].Why != "restore" {
		t.Errorf("what was there before is not kept: %+v %v", copies, err)
	}
}

func TestOverFinalAwardsACopyNeedsThePassword(t *testing.T) {
	s := sit(t, Inline{})
	o := s.whole(t)
	objections, err := o.Notices().ListNotices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range objections.Objections {
		if _, err := o.Notices().AnswerObjection(t.Context(), x.ID, false, false, "查过，不雷同"); err != nil {
			t.Fatal(err)
		}
	}
	all := office.Ticking(t.Context(), office.PointKinds()...)
	past := awards.NoticeRequest{From: "2020-05-11", Days: 5, Past: true}
	if _, err := o.Notices().CorrectNotice(all, past, "日期有误"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Notices().FinalizeAwards(all); err != nil {
		t.Fatal(err)
	}
	path, err := o.BackupContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	restore := func(word string) fyne.CanvasObject {
		t.Helper()
		s.settings.AskRestore(office.Backup{Path: path})
		top := kittest.Top(s.app.win)
		if fields := kittest.All[*field.Text](top); len(fields) > 0 {
			fields[0].Entry().SetText(word)
		}
		test.Tap(kittest.All[*choice.Check](top)[0])
		kittest.Tap(t, top, "恢复")
		return top
	}
	top := restore("")
	if s.now() != o || !kittest.Shows(top, "须先设置组织者密码") {
		t.Fatalf("restored without a password: %q", kittest.Texts(top))
	}
	s.app.win.Canvas().Overlays().Remove(top)
	if err := o.Secrets().SetPassword(t.Context(), "法治2020"); err != nil {
		t.Fatal(err)
	}
	restore("法治2020")
	if s.now() == o || s.now() == nil {
		t.Fatalf("not restored with the right password: %q", kittest.Texts(kittest.Top(s.app.win)))
	}
	journal, err := s.now().Journal(t.Context())
	if err != nil || journal[len(journal)-1].Verb != "contest.restore" {
		t.Errorf("the journal does not tell of it: %v", err)
	}
	if o = s.now(); o.Secrets().SetPassword(t.Context(), "法治2020") != nil {
		t.Fatal("the copy is of a time without a password")
	}
	if restore("猜的"); s.now() != o {
		t.Fatal("restored with a wrong password")
	}
}

func TestABrokenCopyIsNotGoneBackTo(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	path, err := o.BackupContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.app.Navigate(kit.Route{Kind: page.Settings})
	if err := os.WriteFile(path, []byte("不是数据库"), 0o600); err != nil {
		t.Fatal(err)
	}
	kittest.Tap(t, s.root(), "恢复…")
	if top := kittest.Top(s.app.win); top == nil || !kittest.Shows(top, "没有做成") || s.now() != o {
		t.Fatalf("at %q", kittest.Texts(s.root()))
	}
}

func TestLookAndLockAreChosenInTheSettings(t *testing.T) {
	s := sit(t, Inline{})
	s.create(t, "甲")
	s.app.Navigate(kit.Route{Kind: page.Settings})
	kittest.Tap(t, s.root(), "5 分钟")
	if s.guard.minutes() != 5 {
		t.Errorf("locks after %d minutes", s.guard.minutes())
	}
	kittest.Tap(t, s.root(), s.app.T("shell.mode_dark", nil))
	kittest.Tap(t, s.root(), s.app.T("shell.size_huge", nil))
	if s.app.look.Mode != look.Dark || s.app.look.Size != look.Huge {
		t.Errorf("%+v", s.app.look)
	}
	kittest.Tap(t, s.root(), "English")
	if s.shows(t, "Settings"); s.app.Lang() != "en" {
		t.Errorf("speaks %q", s.app.Lang())
	}
}
