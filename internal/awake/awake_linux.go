package awake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/godbus/dbus/v5"
)

// program is what the desktop calls us.
const program = "cn.fayi.desktop"

// hold asks the desktop not to count the time as idle, and the system not to sleep: desktops know one, the other, or
// both.
func hold(ctx context.Context, why string) (func(), error) {
	desktop, none := ask(ctx, sessionBus(), screenSaver(why))
	system, refused := ask(ctx, systemBus(), login(why))
	if desktop == nil && system == nil {
		return nil, errors.Join(none, refused)
	}
	return func() {
		for _, end := range []func(){desktop, system} {
			if end != nil {
				end()
			}
		}
	}, nil
}

// ask connects to a bus and asks for something that holds as long as the connection, or what it returned, is open.
func ask(
	ctx context.Context, address string, what func(context.Context, *dbus.Conn) (func(), error),
) (release func(), err error) {
	if address == "" {
		return nil, errors.New("there is no bus")
	}
	life, end := context.WithCancel(context.Background())
	stop := context.AfterFunc(ctx, end) // a bus that doesn't answer is left
	defer stop()
	c, err := dbus.Connect(address, dbus.WithContext(life))
	if err != nil {
		end()
		return nil, fmt.Errorf("connect to a bus: %w", err)
	}
	let, err := what(ctx, c)
	if err != nil {
		end()
		return nil, err
	}
	return func() {
		let()
		_ = c.Close() // nothing is left to be said on it
		end()
	}, nil
}

// screenSaver is how programs that show films ask: the desktop ends it when the connection does.
func screenSaver(why string) func(context.Context, *dbus.Conn) (func(), error) {
	return func(ctx context.Context, c *dbus.Conn) (func(), error) {
		saver := c.Object("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver")
		var cookie uint32
		err := saver.CallWithContext(ctx, "org.freedesktop.ScreenSaver.Inhibit", 0, program, why).Store(&cookie)
		if err != nil {
			return nil, fmt.Errorf("inhibit the screen saver: %w", err)
		}
		return func() { saver.Go("org.freedesktop.ScreenSaver.UnInhibit", dbus.FlagNoReplyExpected, nil, cookie) }, nil
	}
}

// login asks the system's own service, which holds as long as the file it returns is open.
func login(why string) func(context.Context, *dbus.Conn) (func(), error) {
	return func(ctx context.Context, c *dbus.Conn) (func(), error) {
		manager := c.Object("org.freedesktop.login1", "/org/freedesktop/login1")
		var held dbus.UnixFD
		err := manager.CallWithContext(ctx, "org.freedesktop.login1.Manager.Inhibit", 0, "sleep:idle", program, why,
			"block").Store(&held)
		if err != nil {
			return nil, fmt.Errorf("inhibit sleep: %w", err)
		}
		f := os.NewFile(uintptr(held), "inhibitor")
		return func() { _ = f.Close() }, nil
	}
}

// sessionBus is where the desktop listens, "" without one. A bus is never started.
func sessionBus() string {
	if a := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); a != "" && a != "autolaunch:" {
		return a
	}
	return socket(filepath.Join("/run/user", strconv.Itoa(os.Getuid()), "bus"))
}

func systemBus() string {
	if a := os.Getenv("DBUS_SYSTEM_BUS_ADDRESS"); a != "" {
		return a
	}
	return socket("/run/dbus/system_bus_socket")
}

func socket(path string) string {
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return "unix:path=" + path
}
