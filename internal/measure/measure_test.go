package measure

import (
	"runtime"
	"testing"
	"time"
)

func TestTheEnvironmentSaysHowManyWorks(t *testing.T) {
	for _, c := range []struct {
		said string
		want int
	}{{"", 7}, {"600", 600}, {"0", 7}, {"-3", 7}, {"many", 7}} {
		t.Setenv(SizeVariable, c.said)
		if got := Works(7); got != c.want {
			t.Errorf("%q: %d, not %d", c.said, got, c.want)
		}
	}
}

func TestWorkTakesTimeOfProcessors(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the system does not tell it this way")
	}
	const enough = 20 * time.Millisecond // the system counts in steps
	began, last := Processor(), Processor()
	for last-began < enough {
		for i := range work {
			work[i]++
		}
		now := Processor()
		if now < last {
			t.Fatalf("from %v back to %v", last, now)
		}
		last = now
	}
}

var work [10_000]int
