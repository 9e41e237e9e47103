package sealing_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/rules"
	"fayi/judging/sealing"
	"fayi/judging/store/seal"
	"fayi/judging/tries"
)

const password, other = "司法为民2020", "秋雨秋雨秋雨秋雨"

// secretWords are what no file of a sealed contest may show.
var secretWords = []string{"张秘密", "绝密县第九中学", "2048密语"}

// chance is randomness that repeats.
type chance struct {
	mu  sync.Mutex
	rnd *rand.ChaCha8
}

func (c *chance) Read(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rnd.Read(p)
}

func newDoor() *sealing.Door {
	random := &chance{rnd: rand.NewChaCha8([32]byte{1})}
	at := time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	now := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		at = at.Add(time.Second)
		return at
	}
	return &sealing.Door{Cost: seal.Cost{Passes: 1, Memory: 64, Threads: 1}, Config: func(dir string) office.Config {
		return office.Config{Dir: dir, Now: now, Random: random, Actor: "organiser"}
	}}
}

// contest makes a closed contest with a judge of a telling name and a backup.
func contest(t *testing.T, d *sealing.Door) (dir, backup string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "甲.fayi")
	c, err := d.Blank(t.Context(), dir, "")
	if err != nil {
		t.Fatal(err)
	}
	r, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(t.Context(), c, "2048密语", "示例县司法局", r)
	if err != nil {
		t.Fatal(err)
	}
	judge := judging.Judge{Name: "张秘密", Unit: "绝密县第九中学"}
	if _, err := o.Assignment().AddJudge(t.Context(), judge); err != nil {
		t.Fatal(err)
	}
	if backup, err = o.BackupContest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, backup
}

// shows lists the files below dir in which a secret can be read.
func shows(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, s := range secretWords {
			if bytes.Contains(raw, []byte(s)) {
				out = append(out, filepath.Base(path)+": "+s)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func opens(t *testing.T, d *sealing.Door, dir string, how seal.Unlock) *office.Office {
	t.Helper()
	o, err := d.Open(t.Context(), dir, how)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

func verbs(t *testing.T, o *office.Office) string {
	t.Helper()
	entries, err := o.Journal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Verb)
	}
	return strings.Join(out, " ")
}

func TestAPasswordSealsTheContestAndItsBackups(t *testing.T) {
	d := newDoor()
	dir, backup := contest(t, d)
	if len(shows(t, dir)) != 2*len(secretWords) {
		t.Fatal("the plain contest does not show what this test looks for:", shows(t, dir))
	}
	if _, err := d.Set(t.Context(), dir, "1234567"); judging.CodeOf(err) != judging.Invalid {
		t.Error(err)
	}
	done, err := d.Set(t.Context(), dir, password)
	if err != nil || done.Copies != 1 || len(done.Left) != 0 {
		t.Fatalf("%+v %v", done, err)
	}
	if found := shows(t, dir); len(found) > 0 {
		t.Error("a sealed contest shows", found)
	}
	if _, err := d.Set(t.Context(), dir, other); judging.CodeOf(err) != judging.Clash {
		t.Error("sealed twice:", err)
	}
	fresh := newDoor() // another program
	if _, err := fresh.Open(t.Context(), dir, nil); !errors.Is(err, seal.Locked) {
		t.Error("opened by nobody:", err)
	}
	if _, err := fresh.Open(t.Context(), dir, seal.With(other)); !errors.Is(err, seal.ErrWrong) {
		t.Error("opened by a wrong password:", err)
	}
	if _, err := fresh.Peek(t.Context(), backup, nil); !errors.Is(err, seal.Locked) {
		t.Error("looked into a sealed backup:", err)
	}
	o := opens(t, fresh, dir, seal.With(done.Code))
	if has, err := o.Secrets().HasPassword(t.Context()); !has || err != nil || !o.Secrets().Sealed() {
		t.Error("the office does not know its password", err)
	}
	if p, err := fresh.Peek(t.Context(), backup, nil); err != nil || p.Judges != 1 {
		t.Error("the backup of an open contest asks again:", err)
	}
	if _, err := o.BackupContest(t.Context()); err != nil {
		t.Fatal(err)
	}
	report, err := o.CheckContest(t.Context(), backup, nil)
	if err != nil || !report.OK || !report.Continues {
		t.Errorf("%+v %v", report, err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if found := shows(t, dir); len(found) > 0 {
		t.Error("a backup of a sealed contest shows", found)
	}
}

func TestTheOrganiserProvesByPasswordOrCode(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	done, err := d.Set(t.Context(), dir, password)
	if err != nil {
		t.Fatal(err)
	}
	o := opens(t, d, dir, seal.With(password))
	for _, typed := range []string{password, done.Code} {
		if err := o.Secrets().CheckPassword(t.Context(), typed); err != nil {
			t.Error(err)
		}
	}
	for range 6 { // each wait is longer than what the clock of this test goes on by itself
		if err := o.Secrets().CheckPassword(t.Context(), other); judging.CodeOf(err) != judging.Forbidden {
			t.Error(err)
		}
	}
	if err := o.Secrets().CheckPassword(t.Context(), password); !errors.Is(err, tries.ErrWait) {
		t.Error("wrong tries cost no wait:", err)
	}
}

func TestEachChangeOfAPasswordIsInTheJournal(t *testing.T) {
	d := newDoor()
	dir, backup := contest(t, d)
	gate := opens(t, d, dir, nil) // as contests had it before
	if err := gate.Secrets().SetPassword(t.Context(), "autumn"); err != nil {
		t.Fatal(err)
	}
	if err := gate.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	if err := d.Change(t.Context(), dir, seal.With(password), other); err != nil {
		t.Fatal(err)
	}
	code, err := d.Recode(t.Context(), dir, seal.With(other))
	if err != nil {
		t.Fatal(err)
	}
	fresh := newDoor()
	for typed, want := range map[string]error{password: seal.ErrWrong, other: nil, code: nil} {
		o, err := fresh.Open(t.Context(), dir, seal.With(typed))
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", typed, err)
		}
		if err == nil {
			o.Close()
		}
	}
	if p, err := newDoor().Peek(t.Context(), backup, seal.With(password)); err != nil || p.Judges != 1 {
		t.Error("a backup does not open with the password of its time:", err)
	}
	if err := fresh.Clear(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	o := opens(t, fresh, dir, nil)
	want := "contest.new judges.add" + strings.Repeat(" contest.password", 5)
	if got := verbs(t, o); got != want {
		t.Errorf("the journal says %s, want %s", got, want)
	}
	if has, err := o.Secrets().HasPassword(t.Context()); has || err != nil {
		t.Error("a password is left", err)
	}
	if r, err := o.CheckContest(t.Context(), "", nil); err != nil || !r.OK {
		t.Errorf("%+v %v", r, err)
	}
	for _, err := range []error{
		fresh.Clear(t.Context(), dir+"x", nil), newDoor().Change(t.Context(), dir+"x", nil, other),
	} {
		if judging.CodeOf(err) != judging.NotFound {
			t.Error(err)
		}
	}
}

// TestARestoredContestStaysSealed restores copies of each kind into a contest whose password was changed since.
func TestARestoredContestStaysSealed(t *testing.T) {
	d := newDoor()
	dir, backup := contest(t, d)
	plain := filepath.Join(t.TempDir(), "plain.db")
	raw, err := os.ReadFile(backup)
	if err := errors.Join(err, os.WriteFile(plain, raw, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	if err := d.Change(t.Context(), dir, nil, other); err != nil {
		t.Fatal(err)
	}
	if _, err := newDoor().Restore(t.Context(), dir, backup, "kept-0.db", nil); !errors.Is(err, seal.Locked) {
		t.Error("restored by nobody:", err)
	}
	for i, from := range []string{backup, plain} {
		kept := "kept-" + string('1'+rune(i)) + ".db"
		if _, err := newDoor().Restore(t.Context(), dir, from, kept, seal.With(other)); err != nil {
			t.Fatal(err)
		}
		if _, err := newDoor().Open(t.Context(), dir, seal.With(password)); !errors.Is(err, seal.ErrWrong) {
			t.Error("a restore brought an old password back:", err)
		}
		if err := opens(t, newDoor(), dir, seal.With(other)).Close(); err != nil {
			t.Fatal(err)
		}
	}
	if found := shows(t, dir); len(found) > 0 {
		t.Error("after a restore one can read", found)
	}
}

func TestCopiesFromBeforeAreSealedLater(t *testing.T) {
	d := newDoor()
	dir, backup := contest(t, d)
	raw, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"old.db": raw, "broken.db": raw[:len(raw)/2]} {
		if err := os.WriteFile(filepath.Join(dir, "backups", name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	done, err := newDoor().SealCopies(t.Context(), dir, seal.With(password))
	if err != nil || done.Copies != 1 || strings.Join(done.Left, " ") != "broken.db" {
		t.Errorf("%+v %v", done, err)
	}
	if is, err := sealing.Sealed(filepath.Join(dir, "backups", "old.db")); !is || err != nil {
		t.Error(err)
	}
}

func TestCopiesAreSealedWhileTheContestIsOpen(t *testing.T) {
	d := newDoor()
	dir, backup := contest(t, d)
	raw, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(dir, "backups", "old.db")
	if err := os.WriteFile(old, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	opens(t, d, dir, seal.With(password))
	if plain := sealing.PlainCopies(dir); len(plain) != 1 || plain[0] != "old.db" {
		t.Errorf("%q", plain)
	}
	if done, err := d.SealCopies(t.Context(), dir, nil); err != nil || done.Copies != 1 {
		t.Errorf("%+v %v", done, err)
	}
	if plain := sealing.PlainCopies(dir); len(plain) > 0 {
		t.Errorf("%q", plain)
	}
	if p, err := d.Peek(t.Context(), old, seal.With(password)); err != nil || p.Judges != 1 {
		t.Errorf("%+v %v", p, err)
	}
}

func TestARehearsalOfASealedContestIsSealed(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	if _, err := d.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	o := opens(t, d, dir, seal.With(password))
	defer o.Close()
	next := filepath.Join(t.TempDir(), "演练.fayi")
	c, err := d.Blank(t.Context(), next, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Blobs.Close(), c.DB.Close()); err != nil {
		t.Fatal(err)
	}
	if is, err := sealing.Sealed(next); !is || err != nil {
		t.Error("a copy of a sealed contest can be read by anyone", err)
	}
}
