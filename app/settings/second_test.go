package settings

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/app/seal"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/store/archive"
	"fayi/judging/store/bolt"
)

// fakeHost is a window with one contest; what it remembers is in kept.
type fakeHost struct {
	kit.Shell

	office *office.Office
	kept   map[string]string
}

func (h *fakeHost) Office() *office.Office { return h.office }
func (h *fakeHost) Seals() *seal.Dialogs {
	return &seal.Dialogs{Shell: h.Shell, Office: h.Office, Now: h.Now}
}
func (h *fakeHost) Now() time.Time {
	return time.Date(2026, 5, 12, 9, 30, 0, 0, time.UTC)
}

func (h *fakeHost) Peek(context.Context, string) (p office.Peek, err error) { return p, err }
func (h *fakeHost) Restore(string, office.State)                            {}
func (h *fakeHost) Computer() page.Computer {
	return page.Computer{
		Called: func() string { return h.kept["computer"] },
		Call:   func(name string) error { h.kept["computer"] = name; return nil },
	}
}
func (h *fakeHost) Backup()                    {}
func (h *fakeHost) LockMinutes() int           { return 10 }
func (h *fakeHost) LockAfter(int)              {}
func (h *fakeHost) LockChoices() []int         { return []int{10, 0} }
func (h *fakeHost) Kept(key string) string     { return h.kept[key] }
func (h *fakeHost) Keep(key, value string)     { h.kept[key] = value }
func (h *fakeHost) NewPhrase() (string, error) { return "1234 5678 1234 5678 1234", nil }
func (h *fakeHost) Look() look.Look            { return look.Look{Mode: look.Light} }
func (h *fakeHost) SetLang(string)             {}
func (h *fakeHost) SetTextSize(look.TextSize)  {}
func (h *fakeHost) SetMode(look.Mode)          {}

// open shows the settings of a contest with a picture.
func open(t *testing.T) (*kittest.Shell, *fakeHost) {
	t.Helper()
	o := pagetest.NewContest(t)
	works := pagetest.WorksFolder(t, 2)
	req := intake.ImportRequest{Sources: []string{filepath.Join(works, "汇总表.csv")}, Media: []string{works}}
	if _, err := o.Intake().ImportWorks(t.Context(), req, nil); err != nil {
		t.Fatal(err)
	}
	sh := kittest.New(t)
	h := &fakeHost{Shell: sh, office: o, kept: map[string]string{}}
	sh.Open(New(h).Page(sh))
	return sh, h
}

// blob is the one file of the contest in dir.
func blob(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "media", "??", strings.Repeat("?", 64)))
	if err != nil || len(found) != 1 {
		t.Fatalf("files %v: %v", found, err)
	}
	return found[0]
}

func TestASecondCopyIsKeptAndFilesArePutBackFromIt(t *testing.T) {
	sh, h := open(t)
	root := sh.Win.Content()
	if !kittest.Shows(root, "还没有第二份") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	sh.Path = t.TempDir()
	kittest.Tap(t, root, "选一个文件夹…")
	second := filepath.Join(sh.Path, filepath.Base(h.office.Dir()))
	if !kittest.Shows(root, "上次更新 2026") || !strings.Contains(sh.Told[0].Text, "新抄 1 个文件") {
		t.Fatalf("%q %v", kittest.Texts(root), sh.Errors)
	}
	kittest.Shot(t, sh.Win, "second")

	// a file that is damaged here is named, and what the second copy has stays
	path := blob(t, h.office.Dir())
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	pagetest.Write(t, path, []byte("坏了"))
	kittest.Tap(t, root, "现在更新")
	q := sh.Asked[len(sh.Asked)-1]
	if q.Title != "损坏的文件" || !kittest.Shows(q.Content, "作品01：作品01.png") {
		t.Fatalf("%q %v", q.Title, sh.Errors)
	}
	if info, err := os.Stat(blob(t, second)); err != nil || info.Size() < 20 {
		t.Fatalf("the second copy's file is not the whole one: %v", err)
	}
	kittest.Tap(t, root, "从第二份补回文件…")
	if err := sh.Answer(t); err != nil || len(sh.Errors) > 0 {
		t.Fatal(err, sh.Errors)
	}
	if last := sh.Told[len(sh.Told)-1].Text; !strings.Contains(last, "补回 1 个文件") {
		t.Errorf("%q", last)
	}
	if check, err := h.office.CheckContest(t.Context(), "", nil); err != nil || !check.OK {
		t.Errorf("%+v %v", check, err)
	}
	kittest.Tap(t, root, "从第二份补回文件…")
	if err := sh.Answer(t); err != nil || !strings.Contains(sh.Told[len(sh.Told)-1].Text, "都完好") {
		t.Errorf("%v", err)
	}
}

func TestASecondCopyInTheContestItselfIsNotRemembered(t *testing.T) {
	sh, h := open(t)
	sh.Path = filepath.Dir(h.office.Dir())
	kittest.Tap(t, sh.Win.Content(), "选一个文件夹…")
	if len(sh.Errors) != 1 || len(h.kept) != 0 || !kittest.Shows(sh.Win.Content(), "还没有第二份") {
		t.Errorf("%v %v", sh.Errors, h.kept)
	}
}

func TestAContestIsSavedAsOneFile(t *testing.T) {
	sh, h := open(t)
	for _, seal := range []bool{false, true} {
		kittest.Tap(t, sh.Win.Content(), "存成一个文件…")
		q := sh.Asked[len(sh.Asked)-1]
		kittest.All[*choice.Check](q.Content)[0].SetChecked(seal)
		sh.Path = filepath.Join(t.TempDir(), "甲")
		if err := sh.Answer(t); err != nil || len(sh.Errors) > 0 {
			t.Fatal(err, sh.Errors)
		}
		file := sh.Path + archive.Ending
		if last := sh.Told[len(sh.Told)-1].Text; !strings.Contains(last, file) || !strings.Contains(last, "1 个作品文件") {
			t.Errorf("%q", last)
		}
		phrase := ""
		if seal {
			q = sh.Asked[len(sh.Asked)-1]
			phrase, _ = h.NewPhrase()
			if q.Check == "" || !kittest.Shows(q.Content, phrase) {
				t.Fatalf("the phrase is not shown: %q", q.Title)
			}
			kittest.Tap(t, q.Content, "复制口令")
			if got := fyne.CurrentApp().Clipboard().Content(); got != phrase {
				t.Errorf("%q was copied", got)
			}
		}
		dir := filepath.Join(t.TempDir(), "乙.fayi")
		if _, err := bolt.Unarchive(t.Context(), file, dir, "", office.HoldsContest, nil); (err != nil) != seal {
			t.Errorf("sealed %v: opened without a phrase: %v", seal, err)
		}
		if !seal {
			continue
		}
		r, err := bolt.Unarchive(t.Context(), file, dir, phrase, office.HoldsContest, nil)
		if err != nil || r.Files != 1 {
			t.Errorf("%+v %v", r, err)
		}
	}
}
