package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// leave closes the open contest, as at the end of the program.
func (s *seated) leave(t *testing.T) {
	t.Helper()
	o := s.now()
	s.swap(nil)
	s.app.Restart(kit.Route{Kind: page.Start})
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAContestThatCantBeOpenedIsBroughtBackFromABackup(t *testing.T) {
	for name, damage := range map[string]func(path string) error{
		"gone":    os.Remove,
		"empty":   func(path string) error { return os.Truncate(path, 0) },
		"damaged": func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("坏"), 9000), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			s := sit(t, Inline{})
			o := s.create(t, "甲")
			dir, path := o.Dir(), filepath.Join(o.Dir(), "contest.db")
			if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "赵一"}); err != nil {
				t.Fatal(err)
			}
			if _, err := o.BackupContest(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.leave(t)
			broken := filepath.Join(dir, "backups", "contest-20300101-000000-000.db")
			if err := os.WriteFile(broken, []byte("坏"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := damage(path); err != nil {
				t.Fatal(err)
			}
			was, _ := os.ReadFile(path)
			s.Open(dir)
			s.shows(t, "这个征集打不开", "手动备份", "评委 1 位", "另有 1 份备份也已损坏")
			kittest.Shot(t, s.app.win, "lost-"+name)
			if faults := kittest.Faults(s.app.win); len(faults) > 0 {
				t.Errorf("%q", faults)
			}
			kittest.Tap(t, s.root(), "恢复这一份")
			if s.now() == nil {
				t.Fatalf("not open: %q", kittest.Texts(kittest.Top(s.app.win)))
			}
			s.shows(t, "已恢复", "下一步")
			if all, err := s.now().Assignment().Judges(t.Context()); err != nil || len(all) != 1 {
				t.Fatalf("%+v %v", all, err)
			}
			if name == "gone" {
				return
			}
			kept, err := filepath.Glob(filepath.Join(dir, "backups", "before-restore-*.db"))
			if err != nil || len(kept) != 1 {
				t.Fatalf("kept %v: %v", kept, err)
			}
			if is, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(is, was) {
				t.Errorf("what could not be read was not kept: %d bytes, %v", len(is), err)
			}
		})
	}
}

func TestSealedBackupsOfALostContestAskForThePassword(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	dir := o.Dir()
	s.seals().AskSeal()
	s.types(t, "seal.set_do", "秋雨秋雨秋雨秋雨", "秋雨秋雨秋雨秋雨")
	if _, err := s.now().BackupContest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "contest.db")); err != nil {
		t.Fatal(err)
	}
	top := s.app.win.Canvas().Overlays()
	top.Remove(top.Top())
	reopened(t, s, dir)
	s.shows(t, "备份是加密的")
	word := kittest.All[*field.Entry](s.root())[0]
	word.SetText("秋雨秋雨秋雨秋风")
	kittest.Tap(t, s.root(), "查看加密的备份")
	s.shows(t, "密码或恢复码不对")
	kittest.All[*field.Entry](s.root())[0].SetText("秋雨秋雨秋雨秋雨")
	kittest.Tap(t, s.root(), "查看加密的备份")
	s.shows(t, "请等 1 秒再试")
	s.later(time.Second)
	kittest.Tap(t, s.root(), "查看加密的备份")
	kittest.Tap(t, s.root(), "恢复这一份")
	if o := s.now(); o == nil || !o.Secrets().Sealed() {
		t.Fatalf("%q", kittest.Texts(s.root()))
	}
	s.leave(t) // what is sealed can't be checked at the end
}

// TestABackupWithAPasswordOfItsOwnWantsItFirst: of a contest that can't be read nobody can be asked for the password,
// and the backup carries the one of its time.
func TestABackupWithAPasswordOfItsOwnWantsItFirst(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	dir := o.Dir()
	if err := o.Secrets().SetPassword(t.Context(), "秋雨秋雨"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.BackupContest(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.leave(t)
	if err := os.Remove(filepath.Join(dir, "contest.db")); err != nil {
		t.Fatal(err)
	}
	reopened(t, s, dir)
	kittest.Tap(t, s.root(), "恢复这一份")
	kittest.Shot(t, s.app.win, "lost-password")
	if said := strings.Join(kittest.Texts(kittest.Top(s.app.win)), ""); !strings.Contains(said, "那份备份当时的密码") {
		t.Fatalf("not asked: %q", said)
	}
	for _, typed := range []string{"秋风秋风", "秋雨秋雨"} {
		top := kittest.Top(s.app.win)
		kittest.All[*field.Entry](top)[0].SetText(typed)
		kittest.Tap(t, top, "恢复这一份")
		if open := s.now() != nil; open != (typed == "秋雨秋雨") {
			t.Fatalf("with %q: open %v: %q", typed, open, kittest.Texts(kittest.Top(s.app.win)))
		}
		s.later(time.Second)
	}
}

// TestADamagedHeadIsSaidOnce: in words, on the first page after opening, and not the next time.
func TestADamagedHeadIsSaidOnce(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	dir := o.Dir()
	s.leave(t)
	path := filepath.Join(dir, "contest.db")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[16+50] ^= 4
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s.Open(dir)
	s.shows(t, "记录开头位置的两处中有一处损坏")
	kittest.Shot(t, s.app.win, "found-head")
	entries, err := s.now().Journal(t.Context())
	if err != nil || entries[len(entries)-1].Verb != "contest.found" {
		t.Errorf("the journal does not keep it: %v", err)
	}
	s.leave(t)
	s.Open(dir)
	if found := s.now().Found(); len(found) > 0 {
		t.Errorf("found again: %v", found)
	}
}

func TestAnArchiveIsRestoredFromTheStart(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	file := filepath.Join(s.home, "甲.fayiarchive")
	if _, err := o.Copies().Archive(t.Context(), file, "1234 5678 1234", nil); err != nil {
		t.Fatal(err)
	}
	s.leave(t)
	s.shows(t, "从归档文件恢复…")
	s.Open(file)
	s.shows(t, "从归档文件恢复", "口令", "放在")
	kittest.Shot(t, s.app.win, "archive")
	if faults := kittest.Faults(s.app.win); len(faults) > 0 {
		t.Errorf("%q", faults)
	}
	kittest.Tap(t, s.root(), "恢复并打开")
	s.shows(t, "这一项必须填写")
	kittest.All[*field.Entry](s.root())[0].SetText("1234 5678 1235")
	kittest.Tap(t, s.root(), "恢复并打开")
	s.shows(t, "口令不对")
	if s.now() != nil || kittest.Top(s.app.win) != nil {
		t.Fatal("a wrong phrase opened something, or is reported elsewhere")
	}
	s.later(time.Second)
	kittest.All[*field.Entry](s.root())[0].SetText("12345678 1234")
	kittest.Tap(t, s.root(), "恢复并打开")
	if s.now() == nil {
		t.Fatalf("%q", kittest.Texts(s.root()))
	}
	s.shows(t, "下一步")
	if again := s.now().Dir(); again == o.Dir() {
		t.Errorf("restored over the contest, %s", again)
	}
}

func TestTheArchiveOfASealedContestOpensByItsPassword(t *testing.T) {
	s := sit(t, Inline{})
	s.create(t, "甲")
	s.seals().AskSeal()
	s.types(t, "seal.set_do", "秋雨秋雨秋雨秋雨", "秋雨秋雨秋雨秋雨")
	top := s.app.win.Canvas().Overlays()
	top.Remove(top.Top())
	file := filepath.Join(s.home, "甲.fayiarchive")
	if _, err := s.now().Copies().Archive(t.Context(), file, "", nil); err != nil {
		t.Fatal(err)
	}
	s.leave(t)
	s.forget()
	s.Open(file)
	kittest.Tap(t, s.root(), "恢复并打开")
	s.shows(t, "打开加密的征集")
	kittest.All[*field.Entry](s.root())[0].SetText("秋雨秋雨秋雨秋雨")
	kittest.Tap(t, s.root(), s.app.T("seal.open", nil))
	s.shows(t, "下一步")
	s.leave(t) // what is sealed can't be checked at the end
}
