package stats

import "sync"

// The number of parts depends on the size alone, never on the machine: sums over parts, taken in order, are the
// same bytes everywhere.
const (
	manyItems = 8192
	manyParts = 8
)

// partsOf returns into how many parts n items are split.
func partsOf(n int) int {
	if n < manyItems {
		return 1
	}
	return manyParts
}

// split runs f on each part of 0 to n-1, many parts at once.
func split(n int, f func(part, from, to int)) {
	parts := partsOf(n)
	if parts == 1 {
		f(0, 0, n)
		return
	}
	var done sync.WaitGroup
	for p := range parts {
		done.Go(func() { f(p, n*p/parts, n*(p+1)/parts) })
	}
	done.Wait()
}
