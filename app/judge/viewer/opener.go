package viewer

import (
	"errors"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// openerPatience is how long the system's opener may take to say that it found no program. One that still runs
// then is showing the file.
const openerPatience = 3 * time.Second

// errNoProgram says that this computer has no program for a file.
var errNoProgram = errors.New("no program opens this file")

// openers are the system's openers that are still to be reaped.
type openers struct {
	one     sync.Mutex
	running []*opening
}

// opening is an opener at work. It holds the other end of alive, which is at its end when the opener and all that it
// started have ended: so its end can be waited for with a limit, without a goroutine that waits for ever.
type opening struct {
	cmd   *exec.Cmd
	alive *os.File
}

// bySystem opens a file with the system's own program. The toolkit starts xdg-open and does not hear its answer,
// so on Linux it is asked here. It must not be called on the UI thread.
func (o *openers) bySystem(at *url.URL) error {
	if runtime.GOOS != "linux" {
		return fyne.CurrentApp().OpenURL(at)
	}
	what := at.Path
	if at.Scheme != "file" {
		what = at.String()
	}
	return o.by("xdg-open", what, openerPatience)
}

// by starts program with path and waits for its answer, but not longer than patience. Those that were started before
// and have ended since are reaped.
func (o *openers) by(program, path string, patience time.Duration) error {
	o.one.Lock()
	defer o.one.Unlock()
	o.running = slices.DeleteFunc(o.running, func(before *opening) bool { return before.ended(0) })
	alive, held, err := os.Pipe()
	if err != nil {
		return errNoProgram
	}
	now := &opening{cmd: exec.Command(program, path), alive: alive}
	now.cmd.ExtraFiles = []*os.File{held}
	err = now.cmd.Start()
	_ = held.Close() // the opener's own copy is what counts
	switch {
	case err != nil:
		_ = alive.Close()
		return errNoProgram
	case !now.ended(patience):
		o.running = append(o.running, now)
	case !now.cmd.ProcessState.Success():
		return errNoProgram
	}
	return nil
}

// ended waits for the end of an opener, not longer than patience, and reports whether it has ended.
func (o *opening) ended(patience time.Duration) bool {
	if err := o.alive.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return false
	}
	if _, err := o.alive.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
		return false
	}
	_ = o.alive.Close()
	_ = o.cmd.Wait() // its answer is in its state
	return true
}
