package worker

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"fayi/judging"
)

// boundVariable has this program bind itself to so many seconds and compute for ever, without the watch: what is left
// is what the system does.
const boundVariable = "FAYI_TEST_BOUND"

func init() {
	s, err := strconv.ParseFloat(os.Getenv(boundVariable), 64)
	if err != nil {
		return
	}
	bound(time.Duration(s*float64(time.Second)), 400)
	for n := uint(1); n != 0; n++ {
		runtime.KeepAlive(n)
	}
}

// ended runs a command and returns how it ended.
func ended(t *testing.T, cmd *exec.Cmd) *os.ProcessState {
	t.Helper()
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState
}

// TestTheSystemEndsAProcessThatUsedUpItsTime: seconds of processors, rounded to the nearest, and one more, since the
// runtime does not hear the first warning; however busy the computer is with other things.
func TestTheSystemEndsAProcessThatUsedUpItsTime(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const half = time.Second / 2 // the system looks now and then
	for asked, want := range map[string]time.Duration{"1.2": 2 * time.Second, "1.6": 3 * time.Second} {
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = append(os.Environ(), boundVariable+"="+asked)
		alarm := time.AfterFunc(5*time.Minute, func() { _ = cmd.Process.Signal(syscall.SIGTERM) })
		state := ended(t, cmd)
		alarm.Stop()
		took := state.UserTime() + state.SystemTime()
		if !outOfTime(state) || took < want-half || took >= want+half {
			t.Errorf("bound to %s s: %v after %v", asked, state, took)
		}
	}
}

func TestWhatEndsOtherwiseIsNotOutOfTime(t *testing.T) {
	for script, want := range map[string]bool{
		"exit 0": false, "exit 7": false, "kill -TERM $$": false, "kill -SEGV $$": false,
		"kill -KILL $$": true, "kill -XCPU $$": true,
	} {
		if got := outOfTime(ended(t, exec.CommandContext(t.Context(), "/bin/sh", "-c", script))); got != want {
			t.Errorf("%s: %v", script, got)
		}
	}
}

func TestWhatAProcessHoldsIsKnown(t *testing.T) {
	const more = 200 << 20
	before := held()
	b := make([]byte, more)
	for i := range b {
		b[i] = 1
	}
	if after := held(); before == 0 || after < before+more/2 || after > before+4*more {
		t.Errorf("%d MB and then %d MB", before>>20, after>>20)
	}
	runtime.KeepAlive(b)
}

// slow fails after the process that writes has ended.
type slow struct{ err error }

func (s slow) Write([]byte) (int, error) {
	time.Sleep(500 * time.Millisecond)
	return 0, s.err
}

// TestAnOutputThatFailsLateIsToldAlthoughTheJobEndedWell: all was written into the pipe before the output failed.
func TestAnOutputThatFailsLateIsToldAlthoughTheJobEndedWell(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	full := errors.New("full")
	r := request{Job: "echo", Path: path, Args: []byte(`{}`), Time: leastTime, MB: halfMB}
	err := r.started(t.Context(), slow{full}, nil)
	if own := new(judging.Error); !errors.Is(err, full) || errors.As(err, &own) {
		t.Errorf("%v: it is not the file's fault", err)
	}
}
