//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// cost is what one run of the program took: all of it, children included.
type cost struct {
	time time.Duration // of processors
	wall time.Duration
	mb   int // most memory that the program and its children held at once
	exit int
	told string
	// stopped: the interrupt came while it ran
	stopped bool
}

// metered runs the program as a child under a meter; after stop, if not zero, it is interrupted as by Ctrl-C.
func metered(tb testing.TB, stop time.Duration, args ...string) cost {
	tb.Helper()
	var out bytes.Buffer
	cmd := exec.Command("fayictl", args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	began := time.Now()
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	killed := time.After(30 * mostSeconds * time.Second) // by the clock, which other programs slow down
	var interrupt <-chan time.Time
	if stop > 0 {
		interrupt = time.After(stop)
	}
	c := cost{}
	for {
		select {
		case err := <-done:
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				tb.Fatal(err)
			}
			c.wall, c.exit, c.told = time.Since(began)-stop, cmd.ProcessState.ExitCode(), out.String()
			c.time = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			return c
		case <-tick.C:
			c.mb = max(c.mb, memory(cmd.Process.Pid))
		case <-interrupt:
			c.stopped = cmd.Process.Signal(syscall.SIGINT) == nil // it may have ended
		case <-killed:
			_ = cmd.Process.Kill() // it may have ended
		}
	}
}

var held = regexp.MustCompile(`VmHWM:\s+(\d+)`)

// memory is the most that a process held so far, and what its children hold, in MB.
func memory(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	kb := 0
	if m := held.FindSubmatch(status); m != nil {
		kb, _ = strconv.Atoi(string(m[1]))
	}
	mb := kb >> 10
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, t := range tasks {
		children, _ := os.ReadFile(t)
		for _, c := range strings.Fields(string(children)) {
			n, _ := strconv.Atoi(c)
			mb += memory(n)
		}
	}
	return mb
}

const (
	mostSeconds = 20
	mostMB      = 500
)

// arena makes a contest with judges, a list with one work, and a folder for its file.
func arena(tb testing.TB) (dir, list, media string) {
	tb.Helper()
	root := tb.TempDir()
	dir, media = filepath.Join(root, "甲.fayi"), filepath.Join(root, "作品")
	list = filepath.Join(root, "汇总表.csv")
	if err := errors.Join(os.Mkdir(media, 0o700), os.WriteFile(list,
		[]byte("作品名称,类别,组别,作者,单位,联系电话\n作品一,书法,小学组,张三,示例小学,13800000001\n"), 0o600)); err != nil {
		tb.Fatal(err)
	}
	for _, args := range [][]string{
		{"contest", "new", dir, "--name", "示例"}, {"judges", "add", dir, "--name", "甲老师"},
		{"judges", "add", dir, "--name", "乙老师"}, {"judges", "add", dir, "--name", "丙老师"},
	} {
		if code, _, told := program(tb, args...); code != 0 {
			tb.Fatal(args, code, told)
		}
	}
	return dir, list, media
}

// ways are what is done with a file that was sent in as a work.
func ways(dir, list, media, out string) [][]string {
	return [][]string{
		{"works", "import", dir, list, "--media", media},
		{"works", "reconcile", dir},
		{"works", "check", dir},
		{"works", "thumbs", dir},
		{"works", "text", dir, "--work", "w000001"},
		{"works", "duplicates", dir},
		{"works", "blind", dir, "--prepare"},
		{"works", "blind", dir, "--copies", filepath.Join(out, "copies")},
		{"works", "review", dir, "--work", "w000001", "--status", "accepted"},
		{"assign", "plan", dir, "--per-work", "2", "--seed", "1"},
		{"assign", "publish", dir, "--accept", "broken_files,blind_unseen,blind_uncopied,missing_files"},
		{"packet", "seal", dir, "--out", filepath.Join(out, "packets")},
	}
}

// offered returns what is done with a hostile file that is a source itself.
func offered(dir, path string) [][]string {
	return [][]string{
		{"works", "import", dir, path},
		{"works", "import", dir, filepath.Dir(path)}, // found, not named
		{"judges", "import", dir, path, "--dry-run"},
		{"units", "import", dir, path, "--dry-run"},
		{"table", "rank", path},
		{"scores", "collect", dir, path},
		{"packet", "collect", dir, path},
		{"report", "check", path},
	}
}

// TestSmallHostileFilesCostLittle measures the whole program. Processor time is compared, since other programs may
// run. It tries the worst file of each kind; FAYI_COSTS=all tries every file, which takes long, and FAYI_COSTS=name
// those with it in their name.
func TestSmallHostileFilesCostLittle(t *testing.T) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("memory is read from /proc")
	}
	if testing.Short() {
		t.Skip("takes long")
	}
	for kind, hs := range hostileFiles() {
		worst := map[string]cost{}
		for i, h := range hs {
			want := os.Getenv("FAYI_COSTS")
			if want == "" && i >= 1 || !strings.Contains(h.name, want) && want != "all" {
				continue
			}
			tried(t, kind, h, worst)
		}
		for way, c := range worst {
			t.Logf("%-10s %-18s at most %4.1f s, %3d MB", kind, way, c.time.Seconds(), c.mb)
		}
	}
}

// hostileFiles are the files by kind, the worst first.
func hostileFiles() map[string][]hostile {
	return map[string][]hostile{
		"pdf": pdfs(), "document": documents(), "picture": pictures(), "recording": recordings(), "table": tables(),
		"archive": archives(),
	}
}

// tried does everything with one file, and notes what the dearest of each way cost.
func tried(t *testing.T, kind string, h hostile, worst map[string]cost) {
	t.Helper()
	dir, list, media := arena(t)
	defer os.RemoveAll(filepath.Dir(dir))
	path := filepath.Join(media, "作品一"+filepath.Ext(h.name))
	dumped(t, path, h)
	runs := ways(dir, list, media, filepath.Dir(dir))
	if kind == "table" || kind == "archive" {
		runs = offered(dir, path)
	}
	for _, args := range runs {
		c, way := metered(t, 0, args...), args[0]+" "+args[1]
		if c.time > mostSeconds*time.Second || c.mb > mostMB || c.exit < 0 {
			t.Errorf("%s, %s: %v, %d MB, exit %d: %.300s", h.name, way, c.time, c.mb, c.exit, c.told)
		}
		worst[way] = cost{time: max(c.time, worst[way].time), mb: max(c.mb, worst[way].mb)}
	}
}

// TestACancelIsObeyedWithinASecond interrupts what takes longest of each kind a moment after it began. A run that was
// interrupted must not end as if it had done its work: one that was just through is tried again, sooner.
func TestACancelIsObeyedWithinASecond(t *testing.T) {
	slowest, at, obeyed := time.Duration(0), "", 0
	for kind, hs := range hostileFiles() {
		h := hs[0]
		dir, list, media := arena(t)
		path := filepath.Join(media, "作品一"+filepath.Ext(h.name))
		dumped(t, path, h)
		runs := ways(dir, list, media, filepath.Dir(dir))
		if kind == "table" || kind == "archive" {
			runs = offered(dir, path)
		} else if code, _, told := program(t, runs[0]...); code != 0 {
			t.Fatal(code, told)
		}
		for _, args := range runs {
			c, took := interrupted(t, args)
			if c.stopped && took > slowest {
				slowest, at = took, h.name+" "+args[0]+" "+args[1]
			}
			if c.stopped && (took > time.Second || c.exit == 0) {
				t.Errorf("%s, %s %s: %v after the interrupt, exit %d", h.name, args[0], args[1], took, c.exit)
			}
			if c.stopped {
				obeyed++
			}
		}
	}
	t.Logf("slowest of %d: %v, %s", obeyed, slowest, at)
	if obeyed < 5 {
		t.Errorf("only %d runs were still at work when they were interrupted", obeyed)
	}
}

// interrupted runs a command that is interrupted a moment after it began, and says how long it went on, without what
// the computer takes for any program. One that ended well at once may have been done: it is run again and interrupted
// sooner, twice. One that was slow is tried again as it was, twice: a computer that is busy just then is no fault.
func interrupted(t *testing.T, args []string) (c cost, took time.Duration) {
	t.Helper()
	stop := 300 * time.Millisecond
	for range 3 {
		before := patience(t)
		c = metered(t, stop, args...)
		took = c.wall - before
		switch {
		case c.stopped && took > time.Second:
		case c.stopped && c.exit == 0:
			stop /= 2
		default:
			return c, took
		}
	}
	return c, took
}

// patience is what the computer takes now for the shortest run of the program: other programs may keep it busy.
func patience(t *testing.T) time.Duration {
	t.Helper()
	began := time.Now()
	if code, _, told := program(t, "version"); code != 0 {
		t.Fatal(code, told)
	}
	return time.Since(began)
}
