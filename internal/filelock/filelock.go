// Package filelock lets one program at a time have a file. The system gives the lock back when the program ends,
// however it ends; what is in the file is nobody's concern here.
package filelock

import (
	"errors"
	"os"
	"time"
)

// ErrHeld says that another program, or another part of this one, has the file.
var ErrHeld = errors.New("held by another")

// Try takes the file at path, which is made where there is none, until it is closed. Errors: ErrHeld, those of opening.
func Try(path string) (*os.File, error) { return try(path) }

// Wait is Try that waits for its turn for at most about as long as most.
func Wait(path string, most time.Duration) (*os.File, error) {
	const step = 10 * time.Millisecond
	for {
		f, err := try(path)
		if most -= step; !errors.Is(err, ErrHeld) || most < 0 {
			return f, err
		}
		time.Sleep(step)
	}
}
