package app

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/judging"
	"fayi/judging/office/intake"
)

// protect lets nothing be written in dir until the end of the test: by a mount for the superuser, whom no permission
// stops, else by permissions.
func protect(t *testing.T, dir string) {
	t.Helper()
	if os.Getuid() == 0 {
		if err := syscall.Mount(dir, dir, "", syscall.MS_BIND, ""); err != nil {
			t.Skipf("no mount is allowed here: %v", err)
		}
		t.Cleanup(func() {
			if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
				t.Error(err)
			}
		})
		flags := uintptr(syscall.MS_BIND | syscall.MS_REMOUNT | syscall.MS_RDONLY)
		if err := syscall.Mount("", dir, "", flags, ""); err != nil {
			t.Fatal(err)
		}
		return
	}
	for path, mode := range map[string]os.FileMode{"contest.db": 0o400, "media": 0o500, "backups": 0o500, "": 0o500} {
		if err := os.Chmod(filepath.Join(dir, path), mode); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := os.Chmod(filepath.Join(dir, path), 0o700); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAContestOnAProtectedMediumOpensToLook(t *testing.T) {
	s := sit(t, Inline{})
	o := s.create(t, "甲")
	dir := o.Dir()
	list := filepath.Join(s.home, "表.csv")
	if err := os.WriteFile(list, []byte("作品名称,作者,类别,组别,单位\n光,孙三,摄影,成人组,一小\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	req := intake.ImportRequest{Sources: []string{list}}
	if _, err := o.Intake().ImportWorks(t.Context(), req, nil); err != nil {
		t.Fatal(err)
	}
	s.leave(t)
	protect(t, dir)
	s.Open(dir)
	if o = s.now(); o == nil {
		t.Fatalf("not open: %q", kittest.Texts(kittest.Top(s.app.win)))
	}
	s.shows(t, "只能查看", "复制到电脑上再打开", "下一步")
	kittest.Shot(t, s.app.win, "look-only")
	if sum, err := o.ShowContest(t.Context()); err != nil || sum.Works[judging.Accepted] != 1 {
		t.Errorf("%+v %v", sum.Works, err)
	}
	_, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "赵一"})
	if err == nil || s.app.Err(err) != s.app.T("store.read_only", nil) {
		t.Errorf("a change says %v", err)
	}
	if _, err := o.Intake().ImportWorks(t.Context(), req, nil); err == nil {
		t.Error("something was imported")
	}
	if check, err := o.CheckContest(t.Context(), "", nil); err != nil || !check.OK {
		t.Errorf("%+v %v", check, err)
	}
	s.leave(t) // before it can be written again
}

// TestAReplyToAProtectedStickSaysWhatIsWrong names the lock, and not a contest that the judge does not have.
func TestAReplyToAProtectedStickSaysWhatIsWrong(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only the superuser may protect a folder by a mount")
	}
	s, k := sit(t, Inline{}), newStick(t)
	s.unlock(t, k.path, phrase)
	s.app.Restart(kit.Route{Kind: packetDone})
	protect(t, filepath.Dir(k.path))
	kittest.Tap(t, s.root(), "把回执存到 U 盘")
	kittest.Tap(t, kittest.Top(s.app.win), "保存")
	if top := kittest.Top(s.app.win); top == nil || !kittest.Shows(top, "有写保护") {
		t.Fatalf("it says %q", kittest.Texts(top))
	}
}
