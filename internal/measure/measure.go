// Package measure is for benchmarks: how many works they take, and how long the processors were at work.
//
// It is no part of the programs.
package measure

import (
	"os"
	"strconv"
	"time"
)

// SizeVariable names the number of works for benchmarks whose cost is to be seen as it grows.
const SizeVariable = "FAYI_BENCH_WORKS"

// Works is how many works a benchmark takes: as many as the environment says, else usual. What is no number above 0 is
// as usual.
func Works(usual int) int {
	if n, err := strconv.Atoi(os.Getenv(SizeVariable)); err == nil && n > 0 {
		return n
	}
	return usual
}

// processor is set where the system tells.
var processor = func() time.Duration { return 0 }

// Processor is how long this process has used processors; 0 where the system does not tell.
func Processor() time.Duration { return processor() }
