package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
)

// against compares the open contest with what is typed into the dialog, through the window.
func (s *seated) against(t *testing.T, typed string) {
	t.Helper()
	s.app.Navigate(kit.Route{Kind: page.History})
	kittest.Tap(t, s.root(), s.app.T("history.against", nil))
	if faults := kittest.Faults(s.app.win); len(faults) > 0 {
		t.Errorf("%q", faults)
	}
	s.types(t, "history.against_do", typed)
}

// judged adds a judge, so that the journal goes on.
func judged(t *testing.T, o *office.Office, name string) {
	t.Helper()
	if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: name}); err != nil {
		t.Fatal(err)
	}
}

func markOf(t *testing.T, o *office.Office) string {
	t.Helper()
	c, err := o.CheckContest(t.Context(), "", nil)
	if err != nil || c.Mark == "" {
		t.Fatalf("%q %v", c.Mark, err)
	}
	return c.Mark
}

// TestAPrintedMarkIsComparedInTheWindow types what a paper prints as people copy it, one of a journal that was put
// back, and what is no mark.
func TestAPrintedMarkIsComparedInTheWindow(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲县征集")
	judged(t, o, "欧阳文清")
	printed := markOf(t, o)
	backup, err := o.BackupContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	judged(t, o, "司徒雅")
	at, hash, _ := strings.Cut(printed, "-")
	for _, copied := range []string{
		printed, strings.ToUpper(printed), " " + at + " — " + hash, at + "－" + strings.ReplaceAll(hash, "0", "O"),
	} {
		s.against(t, copied)
		s.shows(t, "纸上的校验码 "+printed, "现在的日志是从那里接着写的", "首尾相接")
	}
	later := markOf(t, o)

	wrong := map[bool]string{true: "1", false: "2"}[hash[0] == '2'] + hash[1:]
	s.against(t, at+"-"+wrong)
	s.shows(t, "在那一处写的是别的内容", "请先不要改动这个征集")

	s.against(t, "示例县司法局")
	if top := kittest.Top(s.app.win); top == nil || !kittest.Shows(top, "看不懂") {
		t.Fatalf("%q", kittest.Texts(s.root()))
	}
	s.closeDialogs()

	// an older copy is put back: what was printed since is not there any more
	s.leave(t)
	raw, err := os.ReadFile(backup)
	if err := errors.Join(err, os.WriteFile(filepath.Join(o.Dir(), "contest.db"), raw, 0o600)); err != nil {
		t.Fatal(err)
	}
	s.Open(o.Dir())
	s.against(t, printed)
	s.shows(t, "现在的日志是从那里接着写的")
	for range 3 { // at least as long as it was, by other entries
		judged(t, s.now(), "别人")
	}
	s.against(t, later)
	s.shows(t, "在那一处写的是别的内容")
	s.against(t, "999-0123abcd")
	s.shows(t, "还没有写到那里")
}

// TestFilesAreComparedInTheWindow chooses a backup, one under another password, a sealed archive, and what carries no
// mark.
func TestFilesAreComparedInTheWindow(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲县征集")
	judged(t, o, "欧阳文清")
	plain, err := o.BackupContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "甲.db")
	raw, err := os.ReadFile(plain)
	if err := errors.Join(err, os.WriteFile(elsewhere, raw, 0o600)); err != nil {
		t.Fatal(err)
	}
	s.against(t, elsewhere)
	s.shows(t, "备份“甲.db”", "现在的日志是从那里接着写的")

	archive := filepath.Join(t.TempDir(), "甲.fayiarchive")
	if _, err := o.Copies().Archive(t.Context(), archive, "1234 5678 1234", nil); err != nil {
		t.Fatal(err)
	}
	s.against(t, archive)
	for n, typed := range []string{"12345678 9999", "12345678 1234"} {
		top := kittest.Top(s.app.win)
		if top == nil || !kittest.Shows(top, "口令或密码") || !kittest.Shows(top, "甲.fayiarchive") {
			t.Fatalf("not asked: %q", kittest.Texts(s.root()))
		}
		if n == 1 && !kittest.Shows(top, "口令不对") {
			t.Errorf("a wrong phrase is not told: %q", kittest.Texts(top))
		}
		s.later(time.Second)
		s.types(t, "history.against_do", typed)
	}
	s.shows(t, "归档“甲.fayiarchive”", "现在的日志是从那里接着写的")

	// a backup sealed under the password of its time, by a contest that has another key now
	s.seals().AskSeal()
	s.types(t, "seal.set_do", "秋雨秋雨秋雨秋雨", "秋雨秋雨秋雨秋雨")
	s.closeDialogs()
	sealed, err := s.now().BackupContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := s.now().Dir()
	away := opener{s.Session}.Away()
	if err := errors.Join(away.Close(), s.files.Door.Clear(t.Context(), dir, nil)); err != nil {
		t.Fatal(err)
	}
	s.forget()
	s.Open(dir)
	s.against(t, sealed)
	s.types(t, "history.against_do", "秋雨秋雨秋雨秋雨")
	s.shows(t, "备份“"+filepath.Base(sealed)+"”", "现在的日志是从那里接着写的")

	s.app.Navigate(kit.Route{Kind: page.History})
	kittest.Tap(t, s.root(), s.app.T("history.against", nil))
	kittest.Shot(t, s.app.win, "against")
	s.types(t, "history.against_do", "") // nothing typed is asked for in place
	if top := kittest.Top(s.app.win); top == nil || len(kittest.All[*field.Entry](top)) != 1 {
		t.Error("nothing typed was compared")
	}
	s.closeDialogs()
	none := filepath.Join(t.TempDir(), "无.db")
	s.against(t, none)
	if top := kittest.Top(s.app.win); top == nil {
		t.Fatalf("a file that is not there: %q", kittest.Texts(s.root()))
	}
}

func (s *seated) closeDialogs() {
	for all := s.app.win.Canvas().Overlays(); all.Top() != nil; {
		all.Remove(all.Top())
	}
}
