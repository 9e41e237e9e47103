package main

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/seal"
)

// TestTheTableOfRolesIsComplete: each command stands in it, and nothing else; a command on a contest is the organiser's
// unless it is one of those named here.
func TestTheTableOfRolesIsComplete(t *testing.T) {
	roles := command.Roles()
	_, all := fullTree(t, "zh-Hans").Described()
	open := []string{"contest new", "contest show", "contest check", "contest backup", "contest backups",
		"contest password", "contest restore", "scores enter", "scores submit"}
	seen := map[string]bool{}
	for _, c := range all {
		if c.Example == "" {
			continue
		}
		seen[c.Command] = true
		role, ok := roles[c.Command]
		if !ok {
			t.Errorf("%s stands in no row of the table of roles", c.Command)
		}
		onContest := strings.HasPrefix(c.Usage, "fayictl "+c.Command+" CONTEST")
		if onContest && role != command.Organiser && !slices.Contains(open, c.Command) {
			t.Errorf("%s works on a contest and is open to %s", c.Command, role)
		}
		if c.Role != role {
			t.Errorf("the help of %s says %q", c.Command, c.Role)
		}
	}
	for words := range roles {
		if !seen[words] {
			t.Errorf("the table of roles has %q, which is no command", words)
		}
	}
}

const (
	secretWord = "司法为民2020"
	judgesPIN  = "2468"
)

// secretPeople must not be shown to who proves nothing.
var secretPeople = []string{"佟", "示例第", "1390000", "佟审"}

// guarded makes the folder dir with a contest: a published plan, works and judges with names, the organiser's password
// that seals nothing, as older programs set it, and a PIN of j001. Both are cheap to try.
func guarded(t *testing.T, j *roleRun, dir string) {
	t.Helper()
	list := "作品名称,类别,组别,作者,单位,指导教师,联系电话\n"
	for i := range 12 {
		list += fmt.Sprintf("法治之光%d,征文,小学组,佟作者%d,示例第%d小学,佟老师,1390000%04d\n", i, i, i, i)
	}
	must(t, os.WriteFile("list.csv", []byte(list), 0o600))
	j.want(0, "contest new "+dir+" --name 示例征集")
	j.want(0, "works import "+dir+" list.csv")
	for _, name := range []string{"佟审一", "佟审二", "佟审三", "佟审四", "佟审五"} {
		j.want(0, "judges add "+dir+" --name "+name+" --categories 征文")
	}
	j.want(0, "assign plan "+dir+" --seed 7 --per-work 2")
	j.want(0, "assign publish "+dir)
	j.want(0, "contest backup "+dir)
	lockCheaply(t, dir, "organiser", secretWord)
	lockCheaply(t, dir, "j001", judgesPIN)
}

// lockCheaply writes a secret whose tries cost next to nothing.
func lockCheaply(t *testing.T, dir, of, plain string) {
	t.Helper()
	salt := bytes.Repeat([]byte{7}, 16)
	doc, err := json.Marshal(map[string]any{
		"of": of, "salt": salt, "passes": 1, "memory": 64, "threads": 1,
		"hash": argon2.IDKey([]byte(plain), salt, 1, 64, 1, 32),
	})
	must(t, err)
	paths, err := filepath.Glob(filepath.Join(dir, "backups", "*.db"))
	must(t, err)
	for _, path := range append(paths, filepath.Join(dir, "contest.db")) {
		db, err := bolt.Open(path, bolt.Options{})
		must(t, err)
		must(t, db.Update(t.Context(), func(tx store.Tx) error {
			return tx.Put([]byte("secret\x00"+of), append([]byte("1\n"), doc...))
		}))
		must(t, db.Close())
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// roleRun runs command lines, each a day after the one before, so that nobody has to wait after a wrong try.
type roleRun struct {
	t   *testing.T
	now time.Time
	ask func(string) (string, error)

	at time.Duration // from a run to the next; zero: a day
}

// run runs a line and returns its exit code, the key of its error, and all that it printed.
func (r *roleRun) run(args ...string) (code int, key, printed string) {
	r.t.Helper()
	r.now = r.now.Add(cmp.Or(r.at, 24*time.Hour))
	var out, told bytes.Buffer
	code = command.Run(r.t.Context(), nouns, append(args, "--format", "json"), command.World{
		Out: &out, Err: &told, In: strings.NewReader(""), Lang: "zh_CN.UTF-8", Now: func() time.Time { return r.now },
		Random: rand.Reader, Cost: seal.Cost{Passes: 1, Memory: 64, Threads: 1}, Ask: r.ask,
		Ended: func(e command.Ending) {
			if !e.Declared {
				r.t.Errorf("%s: exit %d, which its help does not name", e.Command, e.Exit)
			}
		},
	})
	var doc struct{ Error struct{ Key string } }
	_ = json.Unmarshal(out.Bytes(), &doc)
	return code, doc.Error.Key, out.String() + told.String()
}

func (r *roleRun) want(code int, line string) string {
	r.t.Helper()
	got, key, printed := r.run(strings.Fields(line)...)
	if got != code {
		r.t.Fatalf("%s: exit %d %s, want %d\n%s", line, got, key, code, printed)
	}
	return printed
}

// refused runs a line that must end with exit 6 and a key, and neither name anybody nor write anything.
func (r *roleRun) refused(key string, args []string) {
	r.t.Helper()
	before := filesIn(r.t)
	code, got, printed := r.run(args...)
	if code != 6 || got != key {
		r.t.Errorf("%s: exit %d %s, want 6 %s", strings.Join(args, " "), code, got, key)
	}
	for _, name := range secretPeople {
		if strings.Contains(printed, name) {
			r.t.Errorf("%s names people:\n%s", strings.Join(args, " "), printed)
		}
	}
	if after := filesIn(r.t); !slices.Equal(before, after) {
		r.t.Errorf("%s: there were %v, there are %v", strings.Join(args, " "), before, after)
	}
}

// filesIn lists what lies in the working folder and in the contest's, without what the program keeps for itself.
func filesIn(t *testing.T) (out []string) {
	t.Helper()
	for _, pattern := range []string{"*", "2020.fayi/*", "2020.fayi/backups/*"} {
		found, err := filepath.Glob(pattern)
		must(t, err)
		out = append(out, found...)
	}
	return out
}

// lineOf makes a command line of an example, on the contest of the test.
func lineOf(t *testing.T, example string) []string {
	t.Helper()
	args := strings.Fields(strings.TrimPrefix(example, "fayictl "))
	if !slices.Contains(args, "2020.fayi") {
		t.Fatalf("the example %q works on no contest", example)
	}
	return briefly(args)
}

// briefly adds to the line of a command that would wait for a person to end it, that it ends by itself. The room counts
// its time from when it says where it is: however short, and however slow the computer, it says so first.
func briefly(args []string) []string {
	if len(args) > 1 && args[0] == "collect" && args[1] == "watch" {
		args = append(args, "--for=1ns")
	}
	if len(args) > 1 && (args[0] == "room" || args[0] == "collect") && args[1] == "serve" {
		args = append(args, "--for=1ns", "--addr=127.0.0.1:0") // no port that another program may have
	}
	if len(args) > 1 && args[0] == "contest" && args[1] == "share" {
		args = append(args, "--for=1ns", "--to=lan://127.0.0.1:0")
	}
	return args
}

// journalOf reads the journal of the contest in dir.
func journalOf(t *testing.T, dir string) []judging.Entry {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{ReadOnly: true})
	must(t, err)
	defer db.Close()
	var all []judging.Entry
	must(t, db.View(t.Context(), func(tx store.Tx) error {
		return tx.Scan([]byte("journal\x00"), func(_, v []byte) error {
			var e judging.Entry
			err := json.Unmarshal(v[bytes.IndexByte(v, '\n'):], &e)
			all = append(all, e)
			return err
		})
	}))
	return all
}

func newRoleRun(t *testing.T) *roleRun {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir()) // where wrong tries are counted
	t.Setenv(command.PasswordVariable, "")
	t.Setenv(command.PINVariable, "")
	t.Setenv(command.BackupVariable, "")
	return &roleRun{t: t, now: time.Date(2020, 4, 1, 9, 0, 0, 0, time.UTC)}
}

// TestEachCommandOfTheOrganisersAsks: run without the password, with a wrong and with the right one. Only the last is
// heard, and the others leave nothing but the wrong try in the journal.
func TestEachCommandOfTheOrganisersAsks(t *testing.T) {
	r := newRoleRun(t)
	guarded(t, r, "2020.fayi")
	must(t, os.CopyFS("kept", os.DirFS("2020.fayi")))
	_, all := fullTree(t, "zh-Hans").Described()
	roles, ran := command.Roles(), 0
	for _, c := range all {
		if roles[c.Command] != command.Organiser {
			continue
		}
		ran++
		line := lineOf(t, c.Example)
		before := len(journalOf(t, "2020.fayi"))
		t.Setenv(command.PasswordVariable, "")
		r.refused("cli.needs_password", line)
		if n := len(journalOf(t, "2020.fayi")); n != before {
			t.Errorf("%s: %d entries of the journal, then %d", c.Command, before, n)
		}
		t.Setenv(command.PasswordVariable, "不对的密码")
		r.refused("pin.wrong", line)
		told := journalOf(t, "2020.fayi")
		if n := len(told); n != before+1 || told[n-1].Verb != "contest.password_wrong" {
			t.Errorf("%s: the wrong try is not all that the journal tells: %d entries, then %d", c.Command, before, n)
		}
		t.Setenv(command.PasswordVariable, secretWord)
		code, key, printed := r.run(line...)
		serves := c.Command == "room serve"
		if strings.HasPrefix(key, "cli.needs") || strings.HasPrefix(key, "pin.") || code == 1 || serves && code != 0 {
			t.Errorf("%s: exit %d %s with the right password\n%s", c.Command, code, key, printed)
		}
		must(t, os.RemoveAll("2020.fayi"))
		must(t, os.CopyFS("2020.fayi", os.DirFS("kept")))
	}
	if ran < 110 {
		t.Errorf("only %d commands were run", ran)
	}
}

// TestWhoTypesForAJudgeIsNamed: the judge by the PIN, or the organiser for the judge with a reason.
func TestWhoTypesForAJudgeIsNamed(t *testing.T) {
	r := newRoleRun(t)
	guarded(t, r, "2020.fayi")
	t.Setenv(command.PasswordVariable, secretWord)
	var tasks []struct{ Work, Judge string }
	must(t, json.Unmarshal([]byte(r.want(0, "assign list 2020.fayi")), &tasks))
	work := map[string][]string{}
	for _, k := range tasks {
		work[k.Judge] = append(work[k.Judge], k.Work)
	}
	t.Setenv(command.PasswordVariable, "")
	enter := func(judge string, n int, more ...string) []string {
		return append([]string{
			"scores", "enter", "2020.fayi", "--judge", judge, "--work", work[judge][n], "--total", "80",
		}, more...)
	}
	submit := []string{"scores", "submit", "2020.fayi", "--judge", "j001"}
	for _, line := range [][]string{enter("j001", 0), submit} {
		r.refused("cli.needs_pin", line)
		t.Setenv(command.PINVariable, "8642")
		r.refused("pin.wrong", line)
		t.Setenv(command.PINVariable, "")
		r.refused("cli.needs_password", append(line, "--on-behalf", "评委住院"))
		t.Setenv(command.PasswordVariable, "不对的密码")
		r.refused("pin.wrong", append(line, "--on-behalf", "评委住院"))
		t.Setenv(command.PasswordVariable, "")
	}
	r.refused("cli.needs_password", enter("j002", 0)) // who has no PIN proves nothing: it is the organiser's to type
	t.Setenv(command.PINVariable, judgesPIN)
	done := func(args []string, want judging.Entry, deed office.Deed) {
		t.Helper()
		if code, key, printed := r.run(args...); code != 0 {
			t.Fatalf("%v: exit %d %s\n%s", args, code, key, printed)
		}
		all := journalOf(t, "2020.fayi")
		e := all[len(all)-1]
		deed.On = "fayictl"
		if e.By != want.By || e.Verb != want.Verb || office.ReadDeed(e) != deed {
			t.Errorf("%v: by %s %s %+v, want %s %+v", args, e.By, e.Verb, office.ReadDeed(e), want.By, deed)
		}
	}
	save := func(by string) judging.Entry { return judging.Entry{By: by, Verb: "scores.save"} }
	done(enter("j001", 0), save("j001"), office.Deed{By: "j001", Via: judging.CLI})
	t.Setenv(command.PINVariable, "")
	t.Setenv(command.PasswordVariable, secretWord)
	done(enter("j001", 1, "--on-behalf", "评委住院"), save("organiser"),
		office.Deed{For: "j001", Via: judging.CLI, Reason: "评委住院"})
	done(enter("j002", 0), save("organiser"), office.Deed{For: "j002", Via: judging.CLI})
	for n := range work["j001"][2:] {
		done(enter("j001", n+2, "--on-behalf", "评委住院"), save("organiser"),
			office.Deed{For: "j001", Via: judging.CLI, Reason: "评委住院"})
	}
	t.Setenv(command.PINVariable, judgesPIN)
	done(submit, judging.Entry{By: "j001", Verb: "scores.submit"}, office.Deed{By: "j001"})
	printed := r.want(0, "contest journal 2020.fayi")
	if !strings.Contains(printed, "评委住院") {
		t.Errorf("the journal does not say why:\n%s", printed)
	}
}

// TestTheTriesOfBothProgramsAreCountedTogether: a wrong one here makes the window wait, and the other way round; typed
// on a terminal it is asked for once.
func TestTheTriesOfBothProgramsAreCountedTogether(t *testing.T) {
	r := newRoleRun(t)
	guarded(t, r, "2020.fayi")
	asked := 0
	r.ask = func(string) (string, error) { asked++; return secretWord, nil }
	r.want(0, "judges list 2020.fayi")
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	r.ask = func(string) (string, error) { return "不对的密码", nil }
	r.refused("pin.wrong", []string{"judges", "list", "2020.fayi"})
	window := func() *office.Office {
		db, blobs, err := bolt.OpenFolder("2020.fayi")
		must(t, err)
		o, err := office.Open(t.Context(), office.Config{
			DB: db, Blobs: blobs, Dir: "2020.fayi", Now: func() time.Time { return r.now }, Random: rand.Reader,
			Actor: "organiser",
		})
		must(t, err)
		return o
	}
	o := window()
	err := o.Secrets().CheckPassword(t.Context(), secretWord)
	if judging.CodeOf(err) != judging.Forbidden || !strings.Contains(fmt.Sprint(err), "pin.wait") {
		t.Errorf("the window did not wait: %v", err)
	}
	r.now = r.now.Add(time.Hour)
	_ = o.Secrets().CheckPassword(t.Context(), "不对的密码")
	must(t, o.Close())
	r.now = r.now.Add(-24 * time.Hour) // which run adds again
	r.ask = func(string) (string, error) { return secretWord, nil }
	r.refused("pin.wait", []string{"judges", "list", "2020.fayi"})
	r.want(0, "judges list 2020.fayi")
}

// TestABackupIsNotPutBackWithoutItsPassword: neither over a contest that can be read, nor over one that can't.
func TestABackupIsNotPutBackWithoutItsPassword(t *testing.T) {
	r := newRoleRun(t)
	guarded(t, r, "2020.fayi")
	backups, err := filepath.Glob("2020.fayi/backups/contest-*.db")
	must(t, err)
	line := []string{"contest", "restore", "2020.fayi", "--from", backups[0]}
	damage := map[string]func(){
		"whole": func() {},
		"gone":  func() { must(t, os.Remove("2020.fayi/contest.db")) },
		"empty": func() { must(t, os.WriteFile("2020.fayi/contest.db", nil, 0o600)) },
		"cut":   func() { must(t, os.Truncate("2020.fayi/contest.db", 9000)) },
	}
	for _, name := range slices.Sorted(maps.Keys(damage)) {
		damage[name]()
		t.Setenv(command.PasswordVariable, "")
		r.refused("cli.needs_password", line)
		t.Setenv(command.PasswordVariable, "不对的密码")
		wrong := "seal.copy_password"
		if name == "whole" {
			wrong = "pin.wrong"
		}
		r.refused(wrong, line)
		t.Setenv(command.PasswordVariable, secretWord)
		if code, key, printed := r.run(line...); code != 0 {
			t.Errorf("%s: exit %d %s\n%s", name, code, key, printed)
		}
	}
}

// TestNobodyIsAskedWithoutAPassword: contests as they were go on as they were.
func TestNobodyIsAskedWithoutAPassword(t *testing.T) {
	r := newRoleRun(t)
	r.ask = func(prompt string) (string, error) {
		t.Errorf("asked %q", prompt)
		return "", nil
	}
	r.want(0, "contest new 2020.fayi --name 示例征集")
	r.want(0, "judges add 2020.fayi --name 佟审 --categories 征文")
	r.want(0, "judges list 2020.fayi")
}

// TestWrongTriesAtFilesMakeTheNextRunWait: a sealed contest, its backup and an archive, tried by run after run.
func TestWrongTriesAtFilesMakeTheNextRunWait(t *testing.T) {
	r := newRoleRun(t)
	r.want(0, "contest new 2020.fayi --name 示例征集")
	t.Setenv(command.PhraseVariable, "绿水青山 1949")
	r.want(0, "contest archive 2020.fayi --seal --out 2020.fayiarchive")
	t.Setenv(command.PasswordVariable, secretWord)
	r.want(0, "contest password 2020.fayi")
	r.want(0, "contest backup 2020.fayi")
	backups, err := filepath.Glob("2020.fayi/backups/contest-*.db")
	must(t, err)
	for _, c := range []struct {
		variable, right, wrong string
		line                   []string
	}{
		{command.PasswordVariable, secretWord, "seal.wrong", []string{"contest", "show", "2020.fayi"}},
		{command.PasswordVariable, secretWord, "seal.wrong",
			[]string{"contest", "backups", "2020.fayi", "--look", backups[0]}},
		{command.PhraseVariable, "绿水青山1949", "archive.wrong_phrase",
			[]string{"contest", "unarchive", "2020.fayiarchive", "--out", "back.fayi"}},
		{command.PhraseVariable, "绿水青山1949", "archive.wrong_phrase",
			[]string{"contest", "check", "2020.fayi", "--against", "2020.fayiarchive"}},
	} {
		r.at = time.Hour
		t.Setenv(c.variable, "不对的密码1234")
		r.refused(c.wrong, c.line)
		r.at = 900 * time.Millisecond
		t.Setenv(c.variable, c.right)
		r.refused("seal.wait", c.line)
		r.at = 100 * time.Millisecond
		if code, key, printed := r.run(c.line...); code != 0 {
			t.Errorf("%q: exit %d %s\n%s", c.line, code, key, printed)
		}
	}
	r.at = time.Hour // on a terminal three are asked for, and the second comes at once
	t.Setenv(command.PasswordVariable, "")
	asked := 0
	r.ask = func(string) (string, error) { asked++; return "不对的密码", nil }
	r.refused("seal.wait", []string{"contest", "show", "2020.fayi"})
	if asked != 3 {
		t.Errorf("asked %d times", asked)
	}
}
