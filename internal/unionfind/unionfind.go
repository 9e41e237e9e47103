// Package unionfind joins numbered things into sets, with path halving (Tarjan and van Leeuwen: Worst-case analysis
// of set union algorithms, 1984). A sequence of m calls over n things costs O(m log n).
package unionfind

// Sets is a partition of the numbers 0 … n-1. Its content does not depend on the order of unions: each set is named
// by its smallest member.
type Sets []int32

// New returns n sets of one element each.
func New(n int) Sets {
	s := make(Sets, n)
	for i := range s {
		s[i] = int32(i)
	}
	return s
}

// Find returns the smallest member of i's set.
func (s Sets) Find(i int) int {
	for int(s[i]) != i {
		s[i] = s[s[i]]
		i = int(s[i])
	}
	return i
}

// Union makes one set of those of a and b and reports whether they were two.
func (s Sets) Union(a, b int) bool {
	a, b = s.Find(a), s.Find(b)
	s[max(a, b)] = int32(min(a, b))
	return a != b
}
