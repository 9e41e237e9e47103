package sealing_test

import (
	"bytes"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/sealing"
	"fayi/judging/store"
	"fayi/judging/store/seal"
)

// lanAddress is a port on this computer that nobody uses.
func lanAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "lan://" + l.Addr().String()
}

// judgesIn are the names of the judges of a contest, which is opened for that, after one was added, "" for none.
func judgesIn(t *testing.T, d *sealing.Door, dir, add string, how seal.Unlock) (names []string) {
	t.Helper()
	o, err := d.Open(t.Context(), dir, how)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if add != "" {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: add}); err != nil {
			t.Fatal(err)
		}
	}
	all, err := o.Assignment().Judges(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range all {
		names = append(names, j.Name)
	}
	return names
}

func wantText(t *testing.T, text string, err error) {
	t.Helper()
	var told *judging.Error
	if !errors.As(err, &told) || told.Text != text {
		t.Errorf("got %v, want %s", err, text)
	}
}

// TestASealedContestIsSharedSealed: each copy under a password of its own, and no file of either shows a name.
func TestASealedContestIsSharedSealed(t *testing.T) {
	first, second := newDoor(), newDoor()
	dir, backup := contest(t, first)
	if _, err := first.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	invitation, err := first.Share(t.Context(), dir, lanAddress(t), "一号机", first.Typed(password), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = first.Share(t.Context(), dir, lanAddress(t), "一号机", first.Typed(password), nil)
	wantText(t, "share.already", err)
	f, err := first.Follow(t.Context(), dir, first.Typed(password))
	if err != nil {
		t.Fatal(err)
	}
	stop, err := f.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "乙.fayi")
	join := sealing.Joining{Invitation: invitation, Dir: copied, Writer: "二号机",
		Password: func() (string, error) { return other, nil }}
	code, err := second.Join(t.Context(), join, nil)
	if err != nil || code == "" {
		t.Fatalf("code %q, %v", code, err)
	}
	_, err = second.Join(t.Context(), join, nil)
	wantText(t, "store.folder_taken", err)
	if _, err := newDoor().Open(t.Context(), copied, nil); !errors.Is(err, seal.Locked) {
		t.Errorf("opened without a password: %v", err)
	}
	added := judgesIn(t, second, copied, "乙老师", second.Typed(other))
	if err := errors.Join(stop(), f.DB.Close()); err != nil {
		t.Fatal(err)
	}
	if here := judgesIn(t, first, dir, "", first.Typed(password)); len(here) != len(added) {
		t.Errorf("here %q, there %q", here, added)
	}
	for _, d := range []string{dir, copied} {
		err := filepath.WalkDir(d, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			for _, word := range append([]string{"乙老师", "二号机"}, secretWords...) {
				if bytes.Contains(raw, []byte(word)) {
					t.Errorf("%s shows %q", e.Name(), word)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	// what would change one copy only
	wantText(t, "share.leave_first", first.Change(t.Context(), dir, first.Typed(password), other))
	wantText(t, "share.leave_first", first.Clear(t.Context(), dir, first.Typed(password)))
	_, err = first.Recode(t.Context(), dir, first.Typed(password))
	wantText(t, "share.leave_first", err)
	if _, err = first.Restore(t.Context(), dir, backup, "kept.db", first.Typed(password)); err != nil {
		t.Error(err)
	}
	if now := judgesIn(t, first, dir, "", first.Typed(password)); len(now) != len(added)-1 {
		t.Errorf("restored here: %q", now)
	}
}

// TestCopiesOfASharedContestStandAlone: a backup, put back or opened elsewhere, does not write into what is shared.
func TestCopiesOfASharedContestStandAlone(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	if _, err := d.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil); err != nil {
		t.Fatal(err)
	}
	o, err := d.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	backup, err := o.BackupContest(t.Context())
	if err := errors.Join(err, o.Close()); err != nil {
		t.Fatal(err)
	}
	before := judgesIn(t, d, dir, "后来的老师", nil)
	alone := filepath.Join(t.TempDir(), "丙.fayi")
	if err := os.MkdirAll(alone, 0o700); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(alone, "contest.db"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	judgesIn(t, d, alone, "另一份里的老师", nil)
	_, err = d.Follow(t.Context(), alone, nil)
	wantText(t, "share.not_shared", err)
	if now := judgesIn(t, d, dir, "", nil); len(now) != len(before) {
		t.Errorf("what was written elsewhere arrived: %q", now)
	}
	_, err = d.Share(t.Context(), alone, "lan://192.0.2.1", "一号机", nil, nil) // no port: nothing is shared
	wantText(t, "share.address", err)
	if kept, err := d.Leave(t.Context(), dir, nil, nil); err != nil || !kept {
		t.Fatal(kept, err)
	}
	_, err = d.Leave(t.Context(), dir, nil, nil)
	wantText(t, "share.not_shared", err)
	if _, err := d.Restore(t.Context(), dir, backup, "kept.db", nil); err != nil {
		t.Fatal(err)
	}
	if now := judgesIn(t, d, dir, "", nil); len(now) != len(before)-1 {
		t.Errorf("the backup was not put back: %q", now)
	}
	if _, err := d.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil); err != nil {
		t.Errorf("not to be shared again: %v", err)
	}
}

// TestAnEndedJoinLeavesNothing: nobody there, a wrong key, half an invitation.
func TestAnEndedJoinLeavesNothing(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	invitation, err := d.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := d.Follow(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	stop, err := f.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	flip := map[byte]string{'a': "b"}[invitation[len(invitation)-10]]
	if flip == "" {
		flip = "a"
	}
	wrong := invitation[:len(invitation)-10] + flip + invitation[len(invitation)-9:]
	for text, typed := range map[string]string{
		"share.not_invited": wrong, "share.invitation": invitation[:len(invitation)-1], "share.address": "ftp://x" +
			invitation[len(invitation)-53:],
	} {
		there := filepath.Join(t.TempDir(), "乙.fayi")
		_, err := d.Join(t.Context(), sealing.Joining{Invitation: typed, Dir: there}, nil)
		wantText(t, text, err)
		if _, err := os.Stat(there); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the folder is there: %v", text, err)
		}
	}
	if err := errors.Join(stop(), f.DB.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestTheWindowServesWhatItHasOpen: others join while the contest is open; where the port is taken it opens all the
// same, and says so.
func TestTheWindowServesWhatItHasOpen(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	address := lanAddress(t)
	invitation, err := d.Share(t.Context(), dir, address, "一号机", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.Serves = true
	o, err := d.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "乙.fayi")
	other := newDoor()
	if _, err := other.Join(t.Context(), sealing.Joining{Invitation: invitation, Dir: copied}, nil); err != nil {
		t.Fatal(err)
	}
	rings, leave := o.Subscribe()
	defer leave()
	judgesIn(t, other, copied, "乙老师", nil)
	<-rings
	all, err := o.Assignment().Judges(t.Context())
	if err != nil || len(all) != 2 || len(o.Found()) != 0 {
		t.Errorf("%d judges, %v, found %v", len(all), err, o.Found())
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	taken, err := net.Listen("tcp", address[len("lan://"):])
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if o, err = d.Open(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if found := o.Found(); len(found) != 1 || found[0] != store.LogNotServed {
		t.Errorf("found %v", found)
	}
}

// TestWhoKeepsTheLogLeavesWithAllOfIt: what others wrote while this computer's copy lagged behind is in it afterwards.
func TestWhoKeepsTheLogLeavesWithAllOfIt(t *testing.T) {
	d, other := newDoor(), newDoor()
	dir, _ := contest(t, d)
	invitation, err := d.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	database := filepath.Join(dir, "contest.db")
	behind, err := os.ReadFile(database)
	if err != nil {
		t.Fatal(err)
	}
	d.Serves = true
	o, err := d.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "乙.fayi")
	if _, err := other.Join(t.Context(), sealing.Joining{Invitation: invitation, Dir: copied}, nil); err != nil {
		t.Fatal(err)
	}
	want := judgesIn(t, other, copied, "乙老师", nil)
	if err := errors.Join(o.Close(), os.WriteFile(database, behind, 0o600)); err != nil {
		t.Fatal(err)
	}
	if kept, err := d.Leave(t.Context(), dir, nil, nil); err != nil || !kept {
		t.Fatal(kept, err)
	}
	if got := judgesIn(t, d, dir, "", nil); len(got) != len(want) {
		t.Errorf("left with %q, others wrote %q", got, want)
	}
}

// TestALogThatWasLeftIsKept: sharing again leaves what one that was cut off left, twice.
func TestALogThatWasLeftIsKept(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	for n, name := range []string{"log-1.db", "log-2.db"} {
		if err := os.WriteFile(filepath.Join(dir, "log.db"), []byte{byte(n)}, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Share(t.Context(), dir, lanAddress(t), "一号机", nil, nil); err != nil {
			t.Fatal(err)
		}
		if raw, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(raw, []byte{byte(n)}) {
			t.Errorf("%s holds %v, %v", name, raw, err)
		}
		if _, err := d.Leave(t.Context(), dir, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
}
