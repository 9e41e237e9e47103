//go:build unix

package regular

import (
	"errors"
	"syscall"
)

// dontWait opens a pipe that took the place of a file at once, where the system would wait for another program.
const dontWait = syscall.O_NONBLOCK

// nobodyReads reports whether a pipe could not be opened because no program reads it.
func nobodyReads(err error) bool { return errors.Is(err, syscall.ENXIO) }
