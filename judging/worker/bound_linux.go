package worker

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"fayi/internal/regular"
)

// bound lets the system end this process after so much time of processors.
func bound(d time.Duration) {
	s := uint64(d.Seconds() + 0.5)
	// where it can't be set, the watch ends it by the clock
	_ = syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: s, Max: s + 1})
}

// held is how much memory this process has, in bytes.
func held() uint64 {
	const statm = "/proc/self/statm"
	raw, err := regular.ReadFile(statm, 4096)
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseUint(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * uint64(os.Getpagesize())
}

// outOfTime reports whether the system ended a process that had used up its time.
func outOfTime(s *os.ProcessState) bool {
	status, ok := s.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && (status.Signal() == syscall.SIGXCPU || status.Signal() == syscall.SIGKILL)
}
