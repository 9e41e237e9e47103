package sealing_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/access"
	"fayi/judging/packet"
	"fayi/judging/sealing"
	"fayi/judging/store/bolt"
	"fayi/judging/store/seal"
	"fayi/judging/tries"
)

// counting is a program that counts tries in the folder own, by a clock that is set by hand.
func counting(own string, at *time.Time) *sealing.Door {
	d := newDoor()
	config := d.Config
	d.Config = func(dir string) office.Config {
		c := config(dir)
		c.Now, c.TriesDir = func() time.Time { return *at }, own
		return c
	}
	return d
}

// guards are ways to open a file by what is typed; the right words open it.
type guarded struct {
	name  string
	right string
	wrong error // of other words
	open  func(d *sealing.Door, typed string) error
}

// archived writes the closed contest in dir as a sealed archive.
func archived(t *testing.T, d *sealing.Door, dir string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "甲.fayiarchive")
	o := opens(t, d, dir, nil)
	_, err := o.Copies().Archive(t.Context(), path, "绿水青山 1949", nil)
	if err := errors.Join(err, o.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// guardedCopy is a backup with a password that seals nothing, as contests had it before.
func guardedCopy(t *testing.T, d *sealing.Door, dir string) string {
	t.Helper()
	o := opens(t, d, dir, nil)
	err := o.Secrets().SetPassword(t.Context(), "autumn")
	path, backing := o.BackupContest(t.Context())
	if err := errors.Join(err, backing, o.Secrets().ClearPassword(t.Context()), o.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

var errPhrase = &judging.Error{Text: "archive.wrong_phrase"}

func guards(t *testing.T) []guarded {
	t.Helper()
	d := newDoor()
	dir, backup := contest(t, d)
	plain := guardedCopy(t, d, dir)
	archive := archived(t, d, dir)
	raw, err := os.ReadFile(plain)
	plain = filepath.Join(t.TempDir(), "plain.db")
	if err := errors.Join(err, os.WriteFile(plain, raw, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	return []guarded{
		{"contest", password, seal.ErrWrong, func(d *sealing.Door, typed string) error {
			o, err := d.Open(t.Context(), dir, d.Typed(typed))
			if err == nil {
				err = o.Close()
			}
			return err
		}},
		{"backup", password, seal.ErrWrong, func(d *sealing.Door, typed string) error {
			_, err := d.Peek(t.Context(), backup, d.Typed(typed))
			return err
		}},
		{"archive", "绿水青山1949", errPhrase, func(d *sealing.Door, typed string) error {
			_, err := d.Unarchive(t.Context(), archive, filepath.Join(out, "back.fayi"), typed, nil)
			return errors.Join(err, os.RemoveAll(filepath.Join(out, "back.fayi")))
		}},
		{"plain", "autumn", &judging.Error{Text: "seal.copy_password"}, func(d *sealing.Door, typed string) error {
			return d.Prove(t.Context(), plain, typed, nil)
		}},
	}
}

// TestWrongTriesAtEachFileAreCountedByWhatTheFileIs tries each kind of file wrongly, by programs started again.
func TestWrongTriesAtEachFileAreCountedByWhatTheFileIs(t *testing.T) {
	all := guards(t)
	for i, g := range all {
		own, at := t.TempDir(), time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
		most := 4 * time.Second
		if g.name == "archive" {
			most = time.Second // each costs what it costs
		}
		for wait := time.Second; wait <= most; wait *= 2 {
			if err := g.open(counting(own, &at), other); !errors.Is(err, g.wrong) {
				t.Fatalf("%s: %v", g.name, err)
			}
			at = at.Add(wait - time.Millisecond)
			if err := g.open(counting(own, &at), g.right); !errors.Is(err, tries.ErrWait) {
				t.Fatalf("%s: after a wrong try, %v before its wait is over: %v", g.name, time.Millisecond, err)
			}
			for j, o := range all { // contest and backup have the same lock
				if same := i < 2 && j < 2; !same && j != i && wait == time.Second && (j != 2 || i == 0) {
					if err := o.open(counting(own, &at), o.right); err != nil {
						t.Errorf("%s has to wait for %s: %v", o.name, g.name, err)
					}
				}
			}
			at = at.Add(time.Millisecond)
		}
		if err := g.open(counting(own, &at), g.right); err != nil {
			t.Fatalf("%s: the right one after the wait: %v", g.name, err)
		}
		for range 2 { // which ended the count
			if err := g.open(counting(own, &at), g.right); err != nil {
				t.Errorf("%s: %v", g.name, err)
			}
		}
	}
}

// TestAnotherCopyIsNotAnotherCount: the same file under another name, and a contest next to its backup.
func TestAnotherCopyIsNotAnotherCount(t *testing.T) {
	d := newDoor()
	dir, backup := contest(t, d)
	archive := archived(t, d, dir)
	if _, err := d.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	own, at := t.TempDir(), time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	copied := func(path string) string {
		to := filepath.Join(t.TempDir(), "x"+filepath.Ext(path))
		raw, err := os.ReadFile(path)
		if err := errors.Join(err, os.WriteFile(to, raw, 0o600)); err != nil {
			t.Fatal(err)
		}
		return to
	}
	peek := func(path, typed string) error {
		d := counting(own, &at)
		_, err := d.Peek(t.Context(), path, d.Typed(typed))
		return err
	}
	unpack := func(path, typed string) error {
		_, err := counting(own, &at).Unarchive(t.Context(), path, filepath.Join(t.TempDir(), "b"), typed, nil)
		return err
	}
	if err := peek(backup, other); !errors.Is(err, seal.ErrWrong) {
		t.Fatal(err)
	}
	if err := peek(copied(backup), password); !errors.Is(err, tries.ErrWait) {
		t.Error("a copy of the backup begins to count again:", err)
	}
	if err := unpack(archive, "别的口令别的口令"); err == nil || errors.Is(err, tries.ErrWait) {
		t.Fatal(err)
	}
	if err := unpack(copied(archive), "绿水青山1949"); !errors.Is(err, tries.ErrWait) {
		t.Error("a copy of the archive begins to count again:", err)
	}

	// under another password it is another file to open: one word may be tried at all of them
	at = at.Add(time.Hour)
	if err := d.Change(t.Context(), dir, nil, other); err != nil {
		t.Fatal(err)
	}
	if err := peek(backup, other); !errors.Is(err, seal.ErrWrong) {
		t.Fatal(err)
	}
	if err := peek(filepath.Join(dir, "contest.db"), other); err != nil {
		t.Error("the contest's password has to wait for that of an older backup:", err)
	}
}

// TestWhatSeveralVariablesHoldIsOneTry as fayictl gives them.
func TestWhatSeveralVariablesHoldIsOneTry(t *testing.T) {
	d := newDoor()
	dir, backup := contest(t, d)
	if _, err := d.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	own, at := t.TempDir(), time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	for range 3 {
		d := counting(own, &at)
		if _, err := d.Peek(t.Context(), backup, d.Typed(other, password)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTriesAtAPlainCopyAreThoseAtItsContest: whoever guesses at a backup does not guess at the contest meanwhile.
func TestTriesAtAPlainCopyAreThoseAtItsContest(t *testing.T) {
	d := newDoor()
	dir, _ := contest(t, d)
	own, at := t.TempDir(), time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	plain := guardedCopy(t, d, dir)
	if err := counting(own, &at).Prove(t.Context(), plain, "winter", nil); judging.CodeOf(err) != judging.Forbidden {
		t.Fatal(err)
	}
	o := opens(t, counting(own, &at), dir, nil)
	if err := o.Secrets().SetPassword(t.Context(), "spring"); err != nil { // which begins the count again
		t.Fatal(err)
	}
	if err := counting(own, &at).Prove(t.Context(), plain, "winter", nil); judging.CodeOf(err) != judging.Forbidden {
		t.Fatal(err)
	}
	var e *judging.Error
	if err := o.Secrets().CheckPassword(t.Context(), "spring"); !errors.As(err, &e) || e.Text != "pin.wait" {
		t.Error("the contest does not know of the tries at its backup:", err)
	}
}

// TestAContestOnAReadOnlyMediumCountsTries apart from it: it can't be written into itself.
func TestAContestOnAReadOnlyMediumCountsTries(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("as the administrator, who may write anywhere: the file is opened to be read only")
	}
	d := newDoor()
	dir, _ := contest(t, d)
	plain := guardedCopy(t, d, dir)
	own, at := t.TempDir(), time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	check := func(typed string) error {
		db, err := bolt.Open(plain, bolt.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		c := counting(own, &at).Config(dir)
		c.DB = db
		o, err := office.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if !o.ReadOnly() {
			t.Fatal("it can be written")
		}
		return errors.Join(o.Secrets().CheckPassword(t.Context(), typed), db.Close())
	}
	if err := check("winter"); judging.CodeOf(err) != judging.Forbidden {
		t.Fatal(err)
	}
	if err := check("autumn"); !errors.Is(err, tries.ErrWait) {
		t.Error("a try on a medium that can't be written is not counted:", err)
	}
	at = at.Add(time.Second)
	if err := check("autumn"); err != nil {
		t.Error(err)
	}
	if tries.Kept(own, "", access.Organiser).Wrong != 0 {
		t.Error("counted for no contest")
	}
}

// TestNothingElseOpensAFileByWhatIsTyped holds that every try comes through this package, or is counted where it is
// made.
func TestNothingElseOpensAFileByWhatIsTyped(t *testing.T) {
	opens := regexp.MustCompile(`\bseal\.With\(|\bbolt\.Unarchive\(|\barchive\.(Read|Database)\(|` +
		`\baccess\.ProveCopy\(|\bpacket\.(Open|Mark)\(|[a-z]\.Open\((typed|one|password|phrase)\)`)
	counted := []string{
		"judging/sealing/typed.go", "judging/sealing/door.go", "judging/office/against.go",
		"judging/office/packets/kept.go", "judging/store/bolt/unarchive.go", "judging/store/seal/lock.go",
		"app/packet.go", // by Door.OpenPacket
		// a running contest's own, which Secrets counts
		"judging/store/bolt/rewrite.go",
	}
	root, seen := filepath.Join("..", ".."), 0
	for _, tree := range []string{"app", "cmd", "judging"} {
		err := filepath.WalkDir(filepath.Join(root, tree), func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			seen++
			name, _ := filepath.Rel(root, path)
			if found := opens.Find(source); found != nil && !slices.Contains(counted, filepath.ToSlash(name)) {
				t.Errorf("%s: %s", name, found)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 500 {
		t.Errorf("only %d files were looked at", seen)
	}
}

// TestAPacketWithAnotherHeadIsNotAnotherCount: the number in its head is plain, and so is what proves the key in what
// age sealed. Whoever writes something else there still tries at the same key.
func TestAPacketWithAnotherHeadIsNotAnotherCount(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "甲.fayipacket")
	var b bytes.Buffer
	c := packet.Contents{Contest: "00000000000000aa", Made: time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC),
		Duties: judging.Duties{Judge: "j001", Plan: "p001"}}
	if _, err := packet.Seal(t.Context(), &b, c, "绿水青山 1949 江南春雨", nil); err != nil {
		t.Fatal(err)
	}
	raw := b.Bytes()
	line := bytes.IndexByte(raw, '\n')
	head := bytes.Fields(raw[:line])
	sealed := raw[line+1:]
	mac := bytes.Index(sealed, []byte("\n--- ")) + len("\n--- ")
	length, err := strconv.Atoi(string(head[4]))
	if err != nil {
		t.Fatal(err)
	}
	// write puts a packet of another number together, with one byte of what is sealed changed at place, and its sum
	write := func(number string, place int) {
		body := bytes.Clone(sealed)
		if place >= 0 {
			body[place] = 'A' + (body[place]-'A'+1)%20
		}
		out := fmt.Appendf(nil, "%s %s %s %s %s %x\n", head[0], head[1], head[2], number, head[4],
			sha256.Sum256(body[:length]))
		if err := os.WriteFile(path, append(out, body...), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	own, at := t.TempDir(), time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	try := func() error {
		identity, err := packet.Identity(path)
		if err != nil {
			t.Fatal(err)
		}
		return counting(own, &at).OpenPacket(identity, func() error {
			_, err := packet.Mark(path, "别的口令别的口令别的")
			return err
		})
	}
	number := string(head[3])
	write(number, -1)
	if err := try(); !errors.Is(err, &judging.Error{Text: "packet.wrong_phrase"}) {
		t.Fatal(err)
	}
	for _, other := range []struct {
		number string
		place  int
	}{{number, -1}, {"0123456789abcdef", -1}, {number, mac}, {"0123456789abcdef", mac + 20}, {number, length - 1}} {
		write(other.number, other.place)
		if err := try(); !errors.Is(err, tries.ErrWait) {
			t.Errorf("%v begins to count again: %v", other, err)
		}
	}
}

// TestTriesInAnOpenContestAreThoseAtItsLock: the door, a backup and the open contest are one place to guess at.
func TestTriesInAnOpenContestAreThoseAtItsLock(t *testing.T) {
	d := newDoor()
	dir, backup := contest(t, d)
	if _, err := d.Set(t.Context(), dir, password); err != nil {
		t.Fatal(err)
	}
	own, at := t.TempDir(), time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	door := counting(own, &at)
	o := opens(t, door, dir, door.Typed(password))
	defer o.Close()
	peek := func(typed string) error {
		d := counting(own, &at)
		_, err := d.Peek(t.Context(), backup, d.Typed(typed))
		return err
	}
	inside := func(typed string) error { return o.Secrets().CheckPassword(t.Context(), typed) }
	ways := []func(string) error{inside, peek}
	for wrong, wait := 0, time.Second; wrong < 4; wrong, wait = wrong+1, 2*wait {
		if err := ways[wrong%2](other); judging.CodeOf(err) != judging.Forbidden || errors.Is(err, tries.ErrWait) {
			t.Fatalf("try %d: %v", wrong, err)
		}
		at = at.Add(wait - time.Millisecond)
		for n, way := range ways {
			if err := way(password); !errors.Is(err, tries.ErrWait) {
				t.Errorf("after %d wrong tries way %d knows nothing of them: %v", wrong+1, n, err)
			}
		}
		at = at.Add(time.Millisecond)
	}
	if err := inside(password); err != nil {
		t.Fatal(err)
	}
	if err := peek(password); err != nil {
		t.Error("the right one did not end the count:", err)
	}
}
