package judge

import (
	"errors"
	"net/url"
	"os/exec"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
)

// openerPatience is how long the system's opener may take to say that it found no program. One that still runs
// then is showing the file.
const openerPatience = 3 * time.Second

// errNoProgram says that this computer has no program for a file.
var errNoProgram = errors.New("no program opens this file")

// openBySystem opens a file with the system's own program. The toolkit starts xdg-open and does not hear its answer,
// so on Linux it is asked here. It must not be called on the UI thread.
func openBySystem(at *url.URL) error {
	if runtime.GOOS != "linux" {
		return fyne.CurrentApp().OpenURL(at)
	}
	return openBy("xdg-open", at.Path, openerPatience)
}

// openBy starts program with path and waits for its answer, but not longer than patience.
func openBy(program, path string, patience time.Duration) error {
	cmd := exec.Command(program, path)
	if err := cmd.Start(); err != nil {
		return errNoProgram
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return errNoProgram
		}
	case <-time.After(patience):
	}
	return nil
}
