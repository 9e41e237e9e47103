package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/judging"
)

func TestErrorsAreToldInWordsAndNilIsNot(t *testing.T) {
	w := open(t, nil)
	w.ShowError(nil)
	if kittest.Top(w.win) != nil {
		t.Fatal("nil opened a dialog")
	}
	w.ShowError(context.Canceled)
	if kittest.Top(w.win) != nil || !w.shows("已取消") {
		t.Fatal("a cancelled task is not told as a notice")
	}
	w.ShowError(judging.Fail(judging.Unavailable, "media.unwritable", nil))
	if top := w.top(t); !kittest.Shows(top, "写入文件失败") {
		t.Errorf("told %q", kittest.Texts(top))
	}
	kittest.Tap(t, w.top(t), "关闭")
	if kittest.Top(w.win) != nil {
		t.Error("the dialog stays")
	}
}

func TestDialogStartsOnTheSafeButtonAndHidesThePageFromKeys(t *testing.T) {
	w := open(t, nil)
	done := 0
	w.Ask(kit.Question{Title: "作废作品", Action: "作废", Danger: true, Do: func() error { done++; return nil }})
	kittest.Press(w.win, fyne.KeyReturn)
	if done != 0 || kittest.Top(w.win) != nil {
		t.Fatal("Enter did the dangerous act, or did not close")
	}
	w.Ask(kit.Question{Title: "导入", Action: "导入", Do: func() error { done++; return nil }})
	kittest.Press(w.win, fyne.KeyF5)
	if len(w.last().keys) != 0 {
		t.Error("the page heard a key through the dialog")
	}
	kittest.Press(w.win, fyne.KeyEscape)
	if kittest.Top(w.win) != nil || done != 0 {
		t.Error("Escape did not close the dialog")
	}
}

func TestEnterWorksAfterAClickNextToTheButtons(t *testing.T) {
	w := open(t, nil)
	done := 0
	w.Ask(kit.Question{Title: "导入", Action: "导入", Do: func() error { done++; return nil }})
	w.win.Canvas().Unfocus()
	kittest.Press(w.win, fyne.KeyReturn)
	if done != 1 || kittest.Top(w.win) != nil {
		t.Errorf("done %d times", done)
	}
	w.Ask(kit.Question{Title: "作废作品", Action: "作废", Danger: true, Do: func() error { done++; return nil }})
	w.win.Canvas().Unfocus()
	kittest.Press(w.win, fyne.KeyReturn)
	if done != 1 || kittest.Top(w.win) == nil || w.win.Canvas().Focused() == nil {
		t.Error("what is dangerous was done, or the keyboard is nowhere")
	}
}

func TestNoticeStandsUntilThePageIsLeft(t *testing.T) {
	w := open(t, nil)
	undone := 0
	w.Tell(kit.Notice{Tone: look.Done, Text: "已导入 638 件。", Action: "撤销导入", Do: func() { undone++ }})
	if !w.shows("已导入 638 件。") {
		t.Fatal("not shown")
	}
	kittest.Tap(t, w.win.Content(), "撤销导入")
	if undone != 1 || w.shows("已导入 638 件。") {
		t.Errorf("undone %d times, or still shown", undone)
	}
	w.Tell(kit.Notice{Text: "已保存。"})
	w.Navigate(kit.Route{Kind: "works"})
	if w.shows("已保存。") {
		t.Error("the notice went along")
	}
}

func TestSaveAsksBeforeReplacing(t *testing.T) {
	w := open(t, nil)
	dir := t.TempDir()
	w.SaveNextIn(dir)
	if err := os.WriteFile(filepath.Join(dir, "名单.xlsx"), []byte("旧"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []string
	w.SaveFile("名单.xlsx", func(path string) { got = append(got, path) })
	kittest.Tap(t, w.top(t), "保存")
	if len(got) != 0 || !kittest.Shows(w.top(t), "已有“名单.xlsx”") {
		t.Fatalf("saved to %v without asking", got)
	}
	kittest.Tap(t, w.top(t), "保存")
	if len(got) != 1 || got[0] != filepath.Join(dir, "名单.xlsx") || kittest.Top(w.win) != nil {
		t.Errorf("saved to %v", got)
	}
	if b, err := os.ReadFile(got[0]); err != nil || string(b) != "旧" {
		t.Errorf("choosing a name changed the file: %q %v", b, err)
	}
}

func TestSaveRefusesNamesThatLeadElsewhere(t *testing.T) {
	w := open(t, nil)
	w.SaveNextIn(t.TempDir())
	for _, name := range []string{"", "..", "../名单.xlsx", "a/b.xlsx", "."} {
		w.SaveFile("名单.xlsx", func(path string) { t.Errorf("%q led to %s", name, path) })
		kittest.All[*field.Entry](w.top(t))[0].SetText(name)
		kittest.Tap(t, w.top(t), "保存")
		if !kittest.Shows(w.top(t), "文件名不能为空") {
			t.Errorf("%q: told %q", name, kittest.Texts(w.top(t)))
		}
		kittest.Tap(t, w.top(t), "取消")
	}
}

// TestAWholePathTypedAsANameAsksBeforeReplacing, too: it shows where it leads.
func TestAWholePathTypedAsANameAsksBeforeReplacing(t *testing.T) {
	w := open(t, nil)
	w.SaveNextIn(t.TempDir())
	old := filepath.Join(t.TempDir(), "旧.xlsx")
	if err := os.WriteFile(old, []byte("旧"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []string
	w.SaveFile("名单.xlsx", func(path string) { got = append(got, path) })
	kittest.All[*field.Entry](w.top(t))[0].SetText(old)
	kittest.Tap(t, w.top(t), "保存")
	if len(got) > 0 || !kittest.Shows(w.top(t), filepath.Dir(old)) {
		t.Fatalf("saved to %v without asking, or not shown where: %q", got, kittest.Texts(w.top(t)))
	}
	kittest.Tap(t, w.top(t), "保存")
	if !slices.Equal(got, []string{old}) {
		t.Errorf("saved to %v", got)
	}
}

func TestFileDialogsComeUp(t *testing.T) {
	w := open(t, nil)
	w.Remember(filepath.Join(t.TempDir(), "gone"))
	for name, show := range map[string]func(){
		"file":   func() { w.OpenFile([]string{".xlsx"}, func(string) {}) },
		"folder": func() { w.OpenFolder(func(string) {}) },
		"new":    func() { w.SaveIn(func(string) {}) },
	} {
		show()
		if top := w.top(t); !kittest.Shows(top, "取消") {
			t.Errorf("%s: shown %q", name, kittest.Texts(top))
		}
		kittest.Tap(t, w.top(t), "取消")
	}
}

// What units sent is read from one folder; what is written goes to another, and each is found again.
func TestWritingDoesNotBeginWhereFilesWereRead(t *testing.T) {
	w := open(t, nil)
	from, to := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(from, "报名表.xlsx"), []byte("表"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Remember(from)
	w.SaveNextIn(to)
	got := ""
	w.OpenFile([]string{".xlsx"}, func(path string) { got = path })
	kittest.TapRow(t, w.top(t), "报名表.xlsx", 1)
	kittest.Tap(t, w.top(t), "打开")
	if got != filepath.Join(from, "报名表.xlsx") {
		t.Fatalf("chose %q", got)
	}
	w.SaveFile("名单.xlsx", func(path string) { got = path })
	kittest.Tap(t, w.top(t), "保存")
	if got != filepath.Join(to, "名单.xlsx") {
		t.Fatalf("would write to %q", got)
	}
	w.SaveNextIn(filepath.Join(to, "gone"))
	w.SaveFile("名单.xlsx", func(path string) { got = path })
	if strings.Contains(strings.Join(kittest.Texts(w.top(t)), "\n"), from) {
		t.Error("a lost folder leads to that of the units")
	}
	kittest.Tap(t, w.top(t), "取消")
}

func TestDroppedFilesGoToThePage(t *testing.T) {
	w := open(t, nil)
	page, err := storage.ParseURI("https://example.org/x")
	if err != nil {
		t.Fatal(err)
	}
	uris := []fyne.URI{storage.NewFileURI("/tmp/报名表.xlsx"), page}
	w.dropped(fyne.Position{}, uris)
	if got := w.last().dropped; len(got) != 1 || got[0] != "/tmp/报名表.xlsx" {
		t.Errorf("the page got %v", got)
	}
	w.Navigate(kit.Route{Kind: "plain"})
	w.dropped(fyne.Position{}, uris)
	if !w.shows("这一页不接收文件") {
		t.Error("a page that takes no files says nothing")
	}
}
