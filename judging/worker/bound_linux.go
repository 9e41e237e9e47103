package worker

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"fayi/internal/regular"
)

// slack is what a process may map beyond its bound, in MB: the runtime maps in large pieces and unmaps nothing.
const slack = 80

// bound lets the system end this process after so much time of processors, and give it no more memory than mb MB. The
// watch is gentler, but it stands still while the collector waits for one large copy, which may be all of a bomb.
func bound(d time.Duration, mb int) {
	most := uint64(mb+slack) << 20
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: most, Max: most})
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
