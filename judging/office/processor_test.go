//go:build unix

package office

import (
	"syscall"
	"time"
)

func init() { processorTime = usedProcessor }

// usedProcessor is the time that all processors together have worked for this process.
func usedProcessor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
