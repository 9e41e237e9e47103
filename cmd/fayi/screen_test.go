package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// screen is a display of its own with a window manager on it.
type screen struct {
	t             testing.TB
	display       string
	home          string
	memory        string // the file in which the server keeps what is on the screen
	width, height int    // in pixels
}

// newScreen is one of 1280×720 pixels.
func newScreen(t testing.TB) *screen { return newScreenOf(t, 1280, 720, t.TempDir()) }

// newScreenOf is a screen of that many pixels, whose user's folder is home.
func newScreenOf(t testing.TB, width, height int, home string) *screen {
	t.Helper()
	for _, tool := range []string{"Xvfb", "openbox", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not here (scripts/deps test installs it)", tool)
		}
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	memory := t.TempDir()
	server := exec.Command(
		"Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp",
		"-fbdir", memory,
	)
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	w.Close()
	number := make([]byte, 16)
	n, err := r.Read(number)
	if err != nil {
		t.Fatal(err)
	}
	plainType(t, home)
	s := &screen{
		t, ":" + strings.TrimSpace(string(number[:n])), home, filepath.Join(memory, "Xvfb_screen0"), width, height,
	}
	manager := s.command("openbox")
	if err := manager.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { manager.Process.Kill(); manager.Wait() })
	return s
}

// plainType lets a program that was never started in home begin in small type, in which a window of 720 pixels shows
// its whole frame: places in these tests are those of that.
func plainType(t testing.TB, home string) {
	t.Helper()
	path := filepath.Join(home, "fyne", "cn.fayi.desktop", "preferences.json")
	if _, err := os.Stat(path); err == nil {
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(`{"look.size": "normal"}`), 0o600); err != nil {
		t.Fatal(err)
	}
}

var (
	builds = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "fayi-built-") })
	probed = sync.OnceValues(func() (string, error) { return build(".", "probe") })
	// for measuring: as it is packed, without the toolkit's check of each call's thread
	packed = sync.OnceValues(func() (string, error) { return build(".", "probe,migrated_fynedo") })
)

// TestMain removes what was built for all tests.
func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := builds(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// build makes a program as it is now, with one more tag.
func build(pkg, tag string) (string, error) {
	dir, err := builds()
	if err != nil {
		return "", err
	}
	exe := filepath.Join(dir, filepath.Base(pkg)+"-"+tag)
	if out, err := exec.Command(
		"go", "build", "-tags", strings.Trim("nodynamic,"+tag, ","), "-o", exe, pkg,
	).CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return exe, nil
}

// must is for what only fails where no test can go on.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (s *screen) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display, "HOME="+s.home, "XDG_CONFIG_HOME="+s.home, "LANG=zh_CN.UTF-8")
	return cmd
}

func (s *screen) xdotool(args ...string) string {
	s.t.Helper()
	out, err := s.command("xdotool", args...).Output()
	if err != nil && args[0] != "getactivewindow" {
		s.t.Fatalf("xdotool %v: %v", args, err)
	}
	return strings.TrimSpace(string(out))
}

// begun is xdotool for a clock: it returns when the program has been started, which after a click waits for a tenth of
// a second before it ends. What it returns waits for that end.
func (s *screen) begun(args ...string) (ended func()) {
	s.t.Helper()
	c := s.command("xdotool", args...)
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	return func() {
		if err := c.Wait(); err != nil {
			s.t.Fatalf("xdotool %v: %v", args, err)
		}
	}
}

// stand waits until the picture on the screen has stood still for a moment.
func (s *screen) stand() {
	s.t.Helper()
	var last []byte
	still := 0
	s.wait("the picture to stand still", func() bool {
		now := s.frame()
		if bytes.Equal(now, last) {
			still++
		} else {
			still = 0
		}
		last = now
		return still >= 4
	})
}

// frame is what is on the screen, in the server's own form.
func (s *screen) frame() []byte {
	s.t.Helper()
	return must[[]byte](s.t)(os.ReadFile(s.memory))
}

// patience is how long a test waits at most for what has to come, on a computer that does other things too.
const patience = 90 * time.Second

// mostWait is how long a test waits at most for work that goes on, as making copies of 650 files on a busy computer.
const mostWait = 5 * time.Minute

// poll is the time between two looks at what is waited for.
const poll = 25 * time.Millisecond

// wait polls until ok, for as long as patience lasts; then it keeps a picture of the screen.
func (s *screen) wait(what string, ok func() bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			s.t.Fatalf("waited in vain for %s; picture %s", what, s.shot())
		}
	}
}

// shot keeps a picture of the screen for people to look at.
func (s *screen) shot() string {
	path := filepath.Join(os.TempDir(), fmt.Sprintf("fayi-window-%d.png", os.Getpid()))
	s.command("import", "-window", "root", path).Run()
	return path
}

// keep writes a picture of the screen to the folder that FAYI_SHOTS names; the first one of a name stays.
func (s *screen) keep(name string) {
	s.t.Helper()
	path := filepath.Join(os.Getenv("FAYI_SHOTS"), name+".png")
	if _, err := os.Stat(path); err == nil || os.Getenv("FAYI_SHOTS") == "" {
		return
	}
	s.stand()
	if out, err := s.command("import", "-window", "root", path).CombinedOutput(); err != nil {
		s.t.Errorf("import: %v\n%s", err, out)
	}
}
