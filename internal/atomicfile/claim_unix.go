//go:build unix

package atomicfile

import (
	"os"
	"syscall"
)

// claim locks a file for as long as the handle that it returns is open. The system gives the lock back when the
// program ends, however it ends.
func claim(root *os.Root, name string) (*os.File, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	// a file system without locks is as it was before there were claims
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return f, nil
}

// Abandoned reports whether nobody who lives claims a temporary file within root.
func Abandoned(root *os.Root, name string) bool {
	f, err := root.Open(name)
	if err != nil {
		return true // removing it will tell
	}
	defer f.Close()
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != syscall.EWOULDBLOCK
}
