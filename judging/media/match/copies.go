package match

import "slices"

// OfEach picks of files with the same bytes, which lie in several folders, the one that is counted: the one whose name
// says most. sum tells the bytes of a file, "" where they are not known: such a file counts by itself. It returns for
// each of n files the one that is counted for it.
func OfEach(pairs []Pair, n int, sum func(file int) string) []int {
	best := map[string]Pair{}
	out := make([]int, n)
	for _, p := range pairs {
		out[p.File] = p.File
		known := sum(p.File)
		if known == "" {
			continue
		}
		old, met := best[known]
		if !met || p.Fit == Matched && old.Fit != Matched || p.Fit == old.Fit && p.Score > old.Score {
			best[known] = p
		}
	}
	for i := range out {
		if p, met := best[sum(i)]; met {
			out[i] = p.File
		}
	}
	return out
}

// InOrder sorts pairs by the names of their files, so that a series is attached in its order.
func InOrder(pairs []Pair, name func(file int) string) []Pair {
	out := slices.Clone(pairs)
	slices.SortStableFunc(out, func(a, b Pair) int { return CompareNames(name(a.File), name(b.File)) })
	return out
}
