package app

import (
	"path/filepath"
	"testing"
	"time"

	"fayi/app/organizer"
	"fayi/app/organizer/page"
)

func TestTheDraftsOfTheWindowBelongToTheOpenContest(t *testing.T) {
	dir, scope := filepath.Join(t.TempDir(), "drafts"), "甲"
	w := open(t, func(cfg *Config) { cfg.Scope = func() string { return scope } })
	w.KeepDrafts(dir, time.Now())
	w.KeepDraft("judge", []byte("赵"))
	scope = "乙"
	if w.Draft("judge") != nil {
		t.Fatal("another contest has the draft")
	}
	scope = "甲"
	if got := w.Draft("judge"); string(got) != "赵" {
		t.Fatalf("kept %q", got)
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
