package score

import (
	"fayi/judging"
	"fayi/judging/terms"
)

// SumOf adds up marks exactly, in decimals; what does not apply adds nothing.
func SumOf(marks map[string]float64) float64 {
	var sum judging.Points
	for _, v := range marks {
		if terms.Applies(v) {
			sum += judging.Exact(v)
		}
	}
	return sum.Float()
}
