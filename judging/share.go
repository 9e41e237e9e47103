package judging

import "fayi/judging/terms"

// Share is how many places there are, Rounding what becomes of a part of one; see package terms.
type (
	Share    = terms.Share
	Rounding = terms.Rounding
)

// The roundings; empty means Nearest.
const (
	Down    = terms.Down
	Nearest = terms.Nearest
	Up      = terms.Up
)

// AlternatesOf is how many works are kept as next in line.
func (r Rules) AlternatesOf() int {
	if r.Alternates == 0 {
		return 2
	}
	return r.Alternates
}
