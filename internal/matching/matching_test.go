package matching

import (
	"math"
	"math/rand/v2"
	"testing"
)

// best is the greatest sum of worth, found by trying all ways.
func best(row, rows, cols int, used []bool, worth func(r, c int) float64) float64 {
	if row == rows {
		return 0
	}
	most := math.Inf(-1)
	for c := range cols {
		if !used[c] && !math.IsInf(worth(row, c), -1) {
			used[c] = true
			most = max(most, worth(row, c)+best(row+1, rows, cols, used, worth))
			used[c] = false
		}
	}
	return most
}

func TestMatchingFindsTheGreatestSum(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 500 {
		rows, given := 1+r.IntN(4), 1+r.IntN(4)
		cols := given + rows
		table := make([][]float64, rows)
		for i := range table {
			table[i] = make([]float64, cols)
			for c := range given {
				if table[i][c] = float64(r.IntN(80) - 30); r.IntN(5) == 0 {
					table[i][c] = math.Inf(-1)
				}
			}
		}
		worth := func(row, col int) float64 { return table[row][col] }
		sum, seen := 0.0, 0
		for c, row := range Greatest(rows, cols, worth) {
			if row >= 0 {
				sum += worth(row, c)
				seen++
			}
		}
		if want := best(0, rows, cols, make([]bool, cols), worth); sum != want || seen != rows {
			t.Fatalf("%v: %v of %d rows, want %v", table, sum, seen, want)
		}
	}
}
