package main

import (
	"bytes"
	"log"
	"os"
	"sync"
	"syscall"
	"unsafe"

	"fayi/assets"
)

func init() { log.SetOutput(noWindow{}) }

// noWindow is the log of a program that Windows started without a console: when the toolkit can make no window, for
// want of OpenGL in most cases, nobody would ever learn why. A plain box of Windows says it then. The toolkit
// itself only logs: https://github.com/fyne-io/fyne/issues/2689
type noWindow struct{}

// signs are what the toolkit logs before it gives up, or, at the last one, falls.
var signs = []string{
	"window creation error", "failed to initialise GLFW", "failed to initialise OpenGL", "PlatformError: WGL",
}

var once sync.Once

// Write passes a line on, after showing the box if it is one of the signs.
func (noWindow) Write(line []byte) (int, error) {
	for _, sign := range signs {
		if bytes.Contains(line, []byte(sign)) {
			once.Do(showNoWindow)
		}
	}
	return os.Stderr.Write(line)
}

func showNoWindow() {
	texts, err := assets.Load()
	if err != nil {
		return
	}
	const iconError = 0x10
	text := texts.In(os.Getenv("LANG"))
	title, errTitle := syscall.UTF16PtrFromString(text.T("shell.name", nil))
	words, errWords := syscall.UTF16PtrFromString(text.T("shell.no_window", nil))
	if errTitle == nil && errWords == nil {
		_, _, _ = syscall.NewLazyDLL("user32.dll").NewProc("MessageBoxW").Call(
			0, uintptr(unsafe.Pointer(words)), uintptr(unsafe.Pointer(title)), iconError,
		)
	}
}
