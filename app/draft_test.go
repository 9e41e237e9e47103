package app

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fayi/app/organizer"
	"fayi/app/organizer/page"
)

func TestDraftsBelongToTheirContestAndAreForgottenInTime(t *testing.T) {
	dir, scope := filepath.Join(t.TempDir(), "drafts"), "甲"
	window := func(now time.Time) *App {
		w := open(t, func(cfg *Config) { cfg.Scope = func() string { return scope } })
		w.KeepDrafts(dir, now)
		return w.App
	}
	a := window(time.Now())
	a.KeepDraft("judge", []byte("赵"))
	a.KeepDraft("huge", make([]byte, mostDraft+1))
	if again := window(time.Now()); string(again.Draft("judge")) != "赵" || again.Draft("huge") != nil {
		t.Fatalf("%q", again.Draft("judge"))
	}
	scope = "乙"
	if a.Draft("judge") != nil {
		t.Fatal("another contest has the draft")
	}
	scope = "甲"
	if s, err := os.Stat(a.drafts.file("judge")); err != nil || s.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", s, err)
	}
	if old := window(time.Now().Add(draftLife + time.Hour)); old.Draft("judge") != nil {
		t.Fatal("an old draft is kept")
	}
	a.KeepDraft("judge", []byte("钱"))
	a.KeepDraft("judge", nil)
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Fatalf("%v", files)
	}
}

func TestANewContestMayBeginWithItsRules(t *testing.T) {
	s := sit(t, Inline{})
	s.Create(organizer.NewContest{Name: "甲", Folder: s.Home(), Edit: true})
	if r := s.Window().Route(); r.Kind != page.EditRules {
		t.Fatalf("at %v", r)
	}
	s.Window().Back()
	if r := s.Window().Route(); r.Kind != page.Overview {
		t.Fatalf("back at %v", r)
	}
}
