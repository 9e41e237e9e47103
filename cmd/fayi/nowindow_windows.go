package main

import (
	"bytes"
	"log"
	"os"
	"syscall"
	"unsafe"

	"fayi/assets"
)

func init() { log.SetOutput(noWindow{}) }

// noWindow is the log of a program that Windows started without a console: when the toolkit can make no window, for want of OpenGL in most cases, nobody would
// ever learn why. A plain box of Windows says it then.
type noWindow struct{}

// signs are what the toolkit logs before it gives up.
var signs = [][]byte{[]byte("window creation error"), []byte("failed to initialise GLFW"), []byte("failed to initialise OpenGL")}

// Write passes a line on, after showing the box if it is one of the signs.
func (noWindow) Write(line []byte) (int, error) {
	for _, sign := range signs {
		if bytes.Contains(line, sign) {
			showNoWindow()
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
		_, _, _ = syscall.NewLazyDLL("user32.dll").NewProc("MessageBoxW").Call(0, uintptr(unsafe.Pointer(words)), uintptr(unsafe.Pointer(title)), iconError)
	}
}
