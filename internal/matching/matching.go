package matching

import (
	"math"
)

// Greatest gives each of rows a column so that the sum of worth is greatest; it returns the row of each column, -1
// for none. There are as many columns of worth 0 as rows, so that every row finds one. -Inf: never.
func Greatest(rows, cols int, worth func(row, col int) float64) []int {
	const never = 1e9
	u, v := make([]float64, rows+1), make([]float64, cols+1)
	rowOf, way := make([]int, cols+1), make([]int, cols+1) // from 1; 0: none
	for row := 1; row <= rows; row++ {
		rowOf[0] = row
		at := 0
		least, used := make([]float64, cols+1), make([]bool, cols+1)
		for i := range least {
			least[i] = math.Inf(1)
		}
		for {
			used[at] = true
			r, delta, next := rowOf[at], math.Inf(1), 0
			for c := 1; c <= cols; c++ {
				if used[c] {
					continue
				}
				cost := min(-worth(r-1, c-1), never) - u[r] - v[c]
				if cost < least[c] {
					least[c], way[c] = cost, at
				}
				if least[c] < delta {
					delta, next = least[c], c
				}
			}
			for c := range cols + 1 {
				if used[c] {
					u[rowOf[c]] += delta
					v[c] -= delta
				} else {
					least[c] -= delta
				}
			}
			if at = next; rowOf[at] == 0 {
				break
			}
		}
		for at != 0 {
			rowOf[at] = rowOf[way[at]]
			at = way[at]
		}
	}
	out := make([]int, cols)
	for c := range out {
		out[c] = rowOf[c+1] - 1
	}
	return out
}
