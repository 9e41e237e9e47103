package page

import (
	"slices"

	"fayi/judging/media"
)

// InOrderOf lists the passages as they stand in one side's text, 0 or 1: those of the second may come in any order and more than once.
func InOrderOf(common []media.Passage, side int) [][2]int {
	var out [][2]int
	for _, p := range common {
		if side == 0 {
			out = append(out, p.A)
		} else {
			out = append(out, p.B)
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int {
		if a[0] != b[0] {
			return a[0] - b[0]
		}
		return b[1] - a[1]
	})
	return out
}
