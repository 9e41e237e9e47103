package drafts_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fayi/app/drafts"
)

func TestDraftsBelongToTheirContestAndAreForgottenInTime(t *testing.T) {
	dir, scope := filepath.Join(t.TempDir(), "drafts"), "甲"
	opened := func(now time.Time) *drafts.Store {
		s := drafts.New(func() string { return scope })
		s.KeepDrafts(dir, now)
		return s
	}
	a := opened(time.Now())
	a.KeepDraft("judge", []byte("赵"))
	a.KeepDraft("huge", make([]byte, 5<<20))
	if again := opened(time.Now()); string(again.Draft("judge")) != "赵" || again.Draft("huge") != nil {
		t.Fatalf("%q", again.Draft("judge"))
	}
	scope = "乙"
	if a.Draft("judge") != nil {
		t.Fatal("another contest has the draft")
	}
	scope = "甲"
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	if s, err := files[0].Info(); err != nil || s.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", s, err)
	}
	if old := opened(time.Now().Add(31 * 24 * time.Hour)); old.Draft("judge") != nil {
		t.Fatal("an old draft is kept")
	}
	a.KeepDraft("judge", []byte("钱"))
	a.KeepDraft("judge", nil)
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Fatalf("%v", files)
	}
}

func TestAStoreWithoutAFolderKeepsNothing(t *testing.T) {
	s := drafts.New(nil)
	s.KeepDraft("judge", []byte("赵"))
	if s.Draft("judge") != nil {
		t.Fatal("a draft was kept nowhere")
	}
}
