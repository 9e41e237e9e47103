package awake

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// bus starts a bus of the test's own and returns its address.
func bus(t *testing.T) string {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("dbus-daemon is missing: scripts/deps test installs it")
	}
	c := exec.Command(daemon, "--session", "--nofork", "--nopidfile", "--print-address=1",
		"--address=unix:path="+filepath.Join(t.TempDir(), "bus"))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// desktop plays the part of both services and notes what it was asked.
type desktop struct {
	mu    sync.Mutex
	asked []string
	pipe  []*os.File // what login gave
}

func (d *desktop) note(s string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, s)
}

func (d *desktop) said() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.asked)
}

type saver struct{ *desktop }

func (s saver) Inhibit(_, why string) (uint32, *dbus.Error) {
	s.note("saver: " + why)
	return 42, nil
}

func (s saver) UnInhibit(cookie uint32) *dbus.Error {
	if cookie == 42 {
		s.note("saver: free")
	}
	return nil
}

type manager struct{ *desktop }

func (m manager) Inhibit(what, _, why, mode string) (dbus.UnixFD, *dbus.Error) {
	m.note(what + ": " + why + ": " + mode)
	here, there, err := os.Pipe()
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pipe = append(m.pipe, here, there)
	return dbus.UnixFD(there.Fd()), nil
}

// serve puts the services on the bus.
func serve(t *testing.T, address string, d *desktop, services ...string) {
	t.Helper()
	c, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	for _, s := range services {
		var export error
		if s == "org.freedesktop.ScreenSaver" {
			export = c.Export(saver{d}, "/org/freedesktop/ScreenSaver", s)
		} else {
			export = c.Export(manager{d}, "/org/freedesktop/login1", s+".Manager")
		}
		reply, err := c.RequestName(s, 0)
		if export != nil || err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
			t.Fatal(export, err, reply)
		}
	}
}

func TestTheDesktopIsAskedToStayAwakeAndToldWhenNoMore(t *testing.T) {
	at, d := bus(t), &desktop{}
	serve(t, at, d, "org.freedesktop.ScreenSaver", "org.freedesktop.login1")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", at)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", at)
	release, err := Hold(t.Context(), "评审室开着")
	if err != nil {
		t.Fatal(err)
	}
	if got := d.said(); !slices.Equal(got, []string{"saver: 评审室开着", "sleep:idle: 评审室开着: block"}) {
		t.Errorf("asked %q", got)
	}
	release()
	for end := time.Now().Add(5 * time.Second); len(d.said()) < 3; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not told that it ended: %q", d.said())
		}
	}
}

func TestOneOfBothIsEnough(t *testing.T) {
	at, d := bus(t), &desktop{}
	serve(t, at, d, "org.freedesktop.login1")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", at)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", at)
	release, err := Hold(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	release()
}

func TestWhereNobodyKeepsItAwakeThatIsSaid(t *testing.T) {
	at := bus(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", at)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", at)
	if _, err := Hold(t.Context(), "x"); err == nil {
		t.Error("a bus without services keeps awake")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	if _, err := Hold(t.Context(), "x"); err == nil {
		t.Error("no bus keeps awake")
	}
}
