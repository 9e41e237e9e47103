package score

import "fayi/judging"

// SumOf adds up marks exactly, in decimals.
func SumOf(marks map[string]float64) float64 {
	var sum judging.Points
	for _, v := range marks {
		sum += judging.Exact(v)
	}
	return sum.Float()
}
