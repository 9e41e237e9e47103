package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"fayi/app/kit"
	"fayi/app/organizer/page"
)

// drops lets files fall on the window.
func (s *seated) drops(paths ...string) {
	var uris []fyne.URI
	for _, p := range paths {
		uris = append(uris, storage.NewFileURI(p))
	}
	s.app.dropped(fyne.Position{}, uris)
}

func TestOwnFilesDroppedAreOpenedOrNamed(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	file := filepath.Join(s.home, "一.fayiarchive")
	if _, err := o.Copies().Archive(t.Context(), file, "", nil); err != nil {
		t.Fatal(err)
	}
	backup, err := o.BackupContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	table := filepath.Join(s.home, "表.csv")
	if err := os.WriteFile(table, []byte("a,b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, on := range []string{page.Overview, page.Works, page.Import} {
		s.app.Navigate(kit.Route{Kind: on})
		s.drops(backup)
		s.shows(t, "是备份")
		s.drops(table, file)
		s.shows(t, "请只拖这一个文件")
		s.drops(file)
		s.shows(t, "从归档文件恢复")
		s.app.Back()
	}
	s.app.Navigate(kit.Route{Kind: page.Settings})
	s.drops(o.Dir())
	s.drops(filepath.Join(o.Dir(), "contest.db"))
	if again := s.now(); again == nil || !sameFolder(again.Dir(), o.Dir()) {
		t.Error("its own folder closed the contest")
	}
	s.drops(table)
	s.shows(t, "这一页不接收文件")
}

func TestWhatFilesAreOurs(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for path, want := range map[string]ownKind{
		put("甲.FAYIARCHIVE", "x"): ownArchive, put("a.db", "no store"): "", put("a.xlsx", "PK"): "",
		dir: "", filepath.Join(dir, "none"): "",
	} {
		if got := ownKindOf(path); got != want {
			t.Errorf("%s: %q", filepath.Base(path), got)
		}
	}
}
