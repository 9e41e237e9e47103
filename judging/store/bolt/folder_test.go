package bolt_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

func putOne(t *testing.T, dir, value string) {
	t.Helper()
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer blobs.Close()
	defer db.Close()
	if err := db.Update(t.Context(), func(tx store.Tx) error {
		return tx.Put([]byte("k"), []byte(value))
	}); err != nil {
		t.Fatal(err)
	}
}

func getOne(t *testing.T, dir string) string {
	t.Helper()
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer blobs.Close()
	defer db.Close()
	var got string
	err = db.View(t.Context(), func(tx store.Tx) error {
		v, err := tx.Get([]byte("k"))
		got = string(v)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func newFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := firstOf(db.Close(), blobs.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestAFolderInUseIsNotTaken(t *testing.T) {
	dir := newFolder(t)
	_, _, err := bolt.Create(dir)
	if judging.CodeOf(err) != judging.Clash {
		t.Fatalf("%v", err)
	}
	_, _, err = bolt.OpenFolder(filepath.Dir(dir))
	if judging.CodeOf(err) != judging.NotFound {
		t.Fatalf("%v", err)
	}
}

func TestARestoredBackupIsTheContestAndTheOldOneIsKept(t *testing.T) {
	dir := newFolder(t)
	putOne(t, dir, "before")
	backup := filepath.Join(t.TempDir(), "b.db")
	data, err := os.ReadFile(filepath.Join(dir, "contest.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(backup, data, 0o600); err != nil {
		t.Fatal(err)
	}
	putOne(t, dir, "after")
	old, err := bolt.Restore(t.Context(), dir, backup, "kept.db", anyBackup)
	if err != nil {
		t.Fatal(err)
	}
	if got := getOne(t, dir); got != "before" {
		t.Fatalf("restored %q", got)
	}
	if _, err := bolt.Restore(t.Context(), dir, old, "kept2.db", anyBackup); err != nil {
		t.Fatal(err)
	}
	if got := getOne(t, dir); got != "after" {
		t.Fatalf("brought back %q", got)
	}
}

// anyBackup takes every backup.
func anyBackup(context.Context, store.DB, store.DB) error { return nil }

func TestAContestWhoseDatabaseIsGoneOrEmptyIsRestored(t *testing.T) {
	for _, empty := range []bool{false, true} {
		dir := newFolder(t)
		putOne(t, dir, "before")
		current, backup := filepath.Join(dir, "contest.db"), filepath.Join(dir, "backups", "b.db")
		data, err := os.ReadFile(current)
		if err := firstOf(err, os.WriteFile(backup, data, 0o600), os.Remove(current)); err != nil {
			t.Fatal(err)
		}
		if empty {
			if err := os.WriteFile(current, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := bolt.OpenFolder(dir); judging.CodeOf(err) != judging.Corrupt {
			t.Fatalf("empty %v: %v", empty, err)
		}
		leftover := filepath.Join(dir, "contest.db.restoring")
		if err := os.WriteFile(leftover, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		old, err := bolt.Restore(t.Context(), dir, backup, "kept.db", anyBackup)
		if err != nil || (old != "") != empty {
			t.Fatalf("empty %v: %q %v", empty, old, err)
		}
		if got := getOne(t, dir); got != "before" {
			t.Fatalf("restored %q", got)
		}
	}
	if _, err := bolt.Restore(t.Context(), t.TempDir(), filepath.Join(newFolder(t), "contest.db"), "kept.db",
		anyBackup); judging.CodeOf(err) != judging.NotFound {
		t.Errorf("a folder that is no contest: %v", err)
	}
}

func TestABackupThatIsRefusedChangesNothing(t *testing.T) {
	dir := newFolder(t)
	putOne(t, dir, "mine")
	other := newFolder(t)
	putOne(t, other, "theirs")
	no := judging.Fail(judging.Clash, "contest.other_backup", nil)
	_, err := bolt.Restore(t.Context(), dir, filepath.Join(other, "contest.db"), "kept.db",
		func(context.Context, store.DB, store.DB) error { return no })
	if judging.CodeOf(err) != judging.Clash || getOne(t, dir) != "mine" {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "backups", "kept.db")); err == nil {
		t.Error("a refused restore left a copy")
	}
}

func TestABrokenBackupRestoresNothing(t *testing.T) {
	dir := newFolder(t)
	putOne(t, dir, "before")
	backup := filepath.Join(t.TempDir(), "b.db")
	if err := os.WriteFile(backup, bytes.Repeat([]byte("x"), 20000), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := bolt.Restore(t.Context(), dir, backup, "kept.db", anyBackup); judging.CodeOf(err) != judging.Corrupt {
		t.Fatalf("%v", err)
	}
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer blobs.Close()
	defer db.Close()
	if _, err := bolt.Restore(t.Context(), dir, filepath.Join(dir, "contest.db"), "kept.db", anyBackup); judging.CodeOf(
		err,
	) != judging.Busy {
		t.Fatalf("restored an open contest: %v", err)
	}
}
