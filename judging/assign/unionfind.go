package assign

// unionFind keeps elements 0 to n-1 in disjoint groups: union-find with path halving. Callers may not depend on
// which member of a group Find returns, only on whether two answers are equal.
type unionFind []int

func newUnionFind(n int) unionFind {
	u := make(unionFind, n)
	for i := range u {
		u[i] = i
	}
	return u
}

// Find returns the representative of the group of i.
func (u unionFind) Find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

// Union merges the groups of i and j, and reports whether they were two.
func (u unionFind) Union(i, j int) bool {
	i, j = u.Find(i), u.Find(j)
	u[max(i, j)] = min(i, j)
	return i != j
}
