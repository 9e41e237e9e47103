package sealing_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/sealing"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
)

// recordsOf reads all of a contest's file besides how it is shared.
func recordsOf(t *testing.T, path string) map[string]string {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := map[string]string{}
	err = db.View(t.Context(), func(tx store.Tx) error {
		return tx.Scan(nil, func(key, value []byte) error {
			all[string(key)] = string(value)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	delete(all, "\x00log")
	return all
}

// TestRestoringASharedContestRestoresAllCopies: by whichever computer; what was stays among its copies. Nothing is
// written where the log is away.
func TestRestoringASharedContestRestoresAllCopies(t *testing.T) {
	first, second := newDoor(), newDoor()
	dir, _ := contest(t, first)
	invitation, err := first.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	judgesIn(t, first, dir, "早先的老师", nil)
	o, err := first.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	backup, err := o.BackupContest(t.Context())
	if err := errors.Join(err, o.Close()); err != nil {
		t.Fatal(err)
	}
	serve := func() (stop func()) {
		f, err := first.Follow(t.Context(), dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		end, err := f.Serve(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := errors.Join(end(), f.DB.Close()); err != nil {
				t.Error(err)
			}
		}
	}
	stop := serve()
	copied := filepath.Join(t.TempDir(), "乙.fayi")
	if _, err := second.Join(t.Context(), sealing.Joining{Invitation: invitation, Dir: copied}, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"甲老师", "乙老师", "丙老师"} {
		judgesIn(t, second, copied, name, nil)
	}
	o, err = second.Open(t.Context(), copied, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := second.Standing(copied)
	open, err := f.Differs(t.Context(), backup, second.Known(nil))
	if err := errors.Join(err, o.Close()); err != nil {
		t.Fatal(err)
	}
	is, err := second.Differs(t.Context(), copied, backup, nil)
	if open != is {
		t.Errorf("open, %+v would change, closed %+v", open, is)
	}
	if err != nil || is.Gone < 3 || is == (replica.Difference{}) {
		t.Errorf("differs by %+v, %v", is, err)
	}
	old, err := second.Restore(t.Context(), copied, backup, "kept.db", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := recordsOf(t, backup)
	if got := recordsOf(t, filepath.Join(copied, "contest.db")); !maps.Equal(got, want) {
		t.Errorf("the copy holds %d records, the backup %d", len(got), len(want))
	}
	if p, err := second.Peek(t.Context(), old, nil); err != nil || p.Judges != is.Gone && p.Judges < 4 {
		t.Errorf("what was is kept as %+v, %v", p, err)
	}
	stop()
	judgesIn(t, first, dir, "", nil)
	if got := recordsOf(t, filepath.Join(dir, "contest.db")); !maps.Equal(got, want) {
		t.Errorf("the other copy holds %d records, the backup %d", len(got), len(want))
	}
	before := recordsOf(t, filepath.Join(copied, "contest.db"))
	_, err = second.Restore(t.Context(), copied, old, "again.db", nil) // the first computer is off
	if judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Join(copied, "backups", "again.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a copy is left of what was not done: %v", err)
	}
	if got := recordsOf(t, filepath.Join(copied, "contest.db")); !maps.Equal(got, before) {
		t.Error("written without the log")
	}
	if _, err := first.Restore(t.Context(), dir, old, "forth.db", nil); err != nil {
		t.Fatal(err)
	}
	if got := recordsOf(t, filepath.Join(dir, "contest.db")); !maps.Equal(got, recordsOf(t, old)) {
		t.Error("not forth again")
	}
}

// TestAForeignCopyIsNotPutIntoASharedContest: that of another contest, and one that is damaged.
func TestAForeignCopyIsNotPutIntoASharedContest(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	foreign, _ := contest(t, d)
	if _, err := d.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil); err != nil {
		t.Fatal(err)
	}
	before := recordsOf(t, filepath.Join(dir, "contest.db"))
	_, err := d.Restore(t.Context(), dir, filepath.Join(foreign, "contest.db"), "kept.db", nil)
	if judging.CodeOf(err) != judging.Clash {
		t.Errorf("got %v", err)
	}
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	raw, err := os.ReadFile(filepath.Join(dir, "contest.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(damaged, raw[:3*4096], 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = d.Restore(t.Context(), dir, damaged, "kept.db", nil)
	if judging.CodeOf(err) != judging.Corrupt {
		t.Errorf("got %v", err)
	}
	if got := recordsOf(t, filepath.Join(dir, "contest.db")); !maps.Equal(got, before) {
		t.Error("something was written")
	}
}
