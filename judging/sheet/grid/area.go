package grid

import "slices"

// Area is a merged block: rows from 1, columns from 0, ends included.
type Area struct{ Top, Left, Bottom, Right int }

// Tall reports whether the range has more than one row.
func (a Area) Tall() bool { return a.Bottom > a.Top }

// Wide reports whether the range has more than one column.
func (a Area) Wide() bool { return a.Right > a.Left }

// SortAreas sorts a list in place by the upper left cells, row by row, and returns it.
func SortAreas(list []Area) []Area {
	slices.SortFunc(list, func(a, b Area) int {
		if a.Top != b.Top {
			return a.Top - b.Top
		}
		return a.Left - b.Left
	})
	return list
}
