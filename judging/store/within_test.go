package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/store"
)

// A contest that is moved away while it is being opened leaves no folder of its name behind.
func TestNothingIsMadeWhereAContestWas(t *testing.T) {
	gone := filepath.Join(t.TempDir(), "甲.fayi")
	for name, make := range map[string]func(dir string) error{
		"folder": store.MakeWithin,
		"files":  func(dir string) error { _, err := store.OpenBlobs(dir); return err },
	} {
		if err := make(filepath.Join(gone, "media")); judging.CodeOf(err) != judging.NotFound {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(gone); !os.IsNotExist(err) {
			t.Errorf("%s: the contest's folder is there again", name)
		}
	}
	there := t.TempDir()
	for range 2 {
		if err := store.MakeWithin(filepath.Join(there, "media")); err != nil {
			t.Error(err)
		}
	}
}
