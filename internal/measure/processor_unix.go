//go:build unix

package measure

import (
	"syscall"
	"time"
)

func init() { processor = used }

// used is the time that all processors together have worked for this process.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
