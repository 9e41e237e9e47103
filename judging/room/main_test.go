package room_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"fayi/judging/room/roomtest"
)

// serveVariable makes this test binary a room over a contest: its folder, a blank, its address.
const serveVariable = "FAYI_TEST_ROOM"

func TestMain(m *testing.M) {
	if what := os.Getenv(serveVariable); what != "" {
		var dir, addr string
		if _, err := fmt.Sscanf(what, "%s %s", &dir, &addr); err != nil {
			panic(err)
		}
		if err := serve(dir, addr); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// serve is a room in a process of its own, until it is killed.
func serve(dir, addr string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	o, err := roomtest.Reopen(ctx, dir)
	if err != nil {
		return err
	}
	defer o.Close()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	r, err := roomtest.NewRoom(ctx, o, addr)
	if err != nil {
		return err
	}
	return r.Serve(ctx, l)
}

// program is a room that runs in another process and can be killed.
type program struct {
	t         testing.TB
	dir, addr string
	cmd       *exec.Cmd
}

// newProgram starts a room over a contest that nobody has open.
func newProgram(t testing.TB, dir, addr string) *program {
	p := &program{t: t, dir: dir, addr: addr}
	t.Cleanup(p.kill)
	p.start()
	return p
}

func (p *program) start() {
	p.t.Helper()
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env = append(os.Environ(), serveVariable+"="+p.dir+" "+p.addr)
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", p.addr); err == nil {
			c.Close()
			return
		}
	}
	p.t.Fatal("the room does not listen")
}

// kill ends the program as pulling the plug does.
func (p *program) kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill() // it may have ended
	_ = p.cmd.Wait()
	p.cmd = nil
}

// memory returns how many megabytes the program holds that are in no file; 0 where the system does not say.
func (p *program) memory() (held float64) {
	said, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	for line := range strings.Lines(string(said)) {
		if _, err := fmt.Sscanf(line, "RssAnon: %f kB", &held); err == nil {
			return held / 1024
		}
	}
	return 0
}

// most watches a program until it is asked what the most was that it held.
func (p *program) most() func() float64 {
	peak, stop, ended := 0.0, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
				peak = max(peak, p.memory())
			}
		}
	}()
	return func() float64 {
		close(stop)
		<-ended
		return peak
	}
}

// stop ends the program as the organiser does who closes the room.
func (p *program) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Error(err)
	}
	p.cmd = nil
}
