package store_test

import (
	"io/fs"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/store"
)

func TestFilesOfTheProgramAreCalledByTheContest(t *testing.T) {
	for path, want := range map[string]string{
		"/家/甲.fayi/contest.db": "甲.fayi", "/家/甲.fayi/media/ab/ab12": "甲.fayi", "/家/副本/contest.db": "副本",
		"/家/甲.fayi/backups/contest-2026.db": "contest-2026.db", "/家/名单.xlsx": "名单.xlsx", "名单.xlsx": "名单.xlsx",
		"/家/甲.fayi": "甲.fayi", "甲.fayi/thumbs/x.jpg": "甲.fayi",
	} {
		if got := store.Shown(filepath.FromSlash(path)); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	err, _ := store.Translate("/家/甲.fayi/contest.db", fs.ErrPermission).(*judging.Error)
	if err == nil || err.Args["File"] != "甲.fayi" {
		t.Errorf("%v", err)
	}
}
