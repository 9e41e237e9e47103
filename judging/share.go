package judging

import (
	"math"
)

// AlternatesOf is how many works are kept as next in line.
func (r Rules) AlternatesOf() int {
	if r.Alternates == 0 {
		return 2
	}
	return r.Alternates
}

// PlacesOf returns how many places share s gives among n ranked works, never more than n.
func (s Share) PlacesOf(n int) int {
	places := s.Count
	if s.Percent > 0 {
		exact := s.Percent * float64(n) / 100
		switch s.Rounding {
		case Down:
			places = int(math.Floor(exact + 1e-9))
		case Up:
			places = int(math.Ceil(exact - 1e-9))
		default:
			places = int(math.Floor(exact + 0.5 + 1e-9))
		}
	}
	return min(places, n)
}
