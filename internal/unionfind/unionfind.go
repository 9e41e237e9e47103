// Package unionfind joins numbered things into sets, with path halving (Tarjan and van Leeuwen: Worst-case analysis of
// set union algorithms, 1984). A sequence of m calls over n things costs O(m log n).
package unionfind

// Sets is a partition of the numbers 0 … n-1. Its content does not depend on the order of joins: each set is named by
// its smallest member.
type Sets []int32

// New returns n sets of one thing each.
func New(n int) Sets {
	s := make(Sets, n)
	for i := range s {
		s[i] = int32(i)
	}
	return s
}

// Root returns the smallest member of i's set.
func (s Sets) Root(i int32) int32 {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// Join makes one set of those of a and b and reports whether they were two.
func (s Sets) Join(a, b int32) bool {
	a, b = s.Root(a), s.Root(b)
	s[max(a, b)] = min(a, b)
	return a != b
}
