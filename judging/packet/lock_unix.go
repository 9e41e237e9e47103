//go:build !windows

package packet

import (
	"errors"
	"os"
	"syscall"

	"fayi/judging"
)

// lock takes the file at path for this program until it is closed or the program ends. Errors: Busy when another
// has it.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fault(path, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, judging.Fail(judging.Busy, "packet.busy", nil)
		}
		return nil, fault(path, err)
	}
	return f, nil
}
