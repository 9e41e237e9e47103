package stats

import (
	"math"

	"fayi/judging"
)

// mostDense is the largest side of a table that is kept as a dense matrix (6000² numbers are 288 MB).
const mostDense = 6000

// equations are the normal equations of a crossed layout once its rows are eliminated. Random effects have ridges, the ratios of residual to effect
// variance, and the mean is the last unknown. Fixed effects have ridges 0, no mean, and in each piece one column is held at 0.
type equations struct {
	*crossed
	old                []int32 // the number each column had before reordering
	held               []int32 // fixed effects: the held columns; nil for random effects
	rowRidge, colRidge float64
	f                  *factor
	logDet             float64
}

// newEquations reorders c and makes room for its equations, with random effects if piece is nil, else with fixed effects, piece telling the
// piece of each column.
func newEquations(c *crossed, piece []int) (*equations, error) {
	if c.cols > mostDense {
		return nil, judging.Fail(judging.Invalid, "stats.too_large", judging.Args{"Count": c.cols, "Limit": mostDense})
	}
	q := &equations{crossed: c, old: c.reorder()}
	if piece == nil {
		q.f = newFactor(c.cols + 1)
		return q, nil
	}
	q.f = newFactor(c.cols)
	seen := map[int]bool{}
	for j, old := range q.old {
		if p := piece[old]; p < 0 || !seen[p] {
			q.held = append(q.held, int32(j))
			seen[p] = true
		}
	}
	return q, nil
}

// decompose sets up and factors the equations for the given ridges; false where they have no solution.
func (q *equations) decompose(rowRidge, colRidge float64) bool {
	q.rowRidge, q.colRidge, q.logDet = rowRidge, colRidge, 0
	clear(q.f.a)
	for j, w := range q.colW {
		q.f.column(j)[j] = w + colRidge
	}
	for _, j := range q.held {
		q.f.column(int(j))[j]++
	}
	for i, w := range q.rowW {
		if d := w + rowRidge; d > 0 {
			q.logDet += math.Log(d)
			q.eliminate(i, d)
		}
	}
	logDet, ok := q.f.decompose()
	q.logDet += logDet
	return ok
}

// eliminate takes row i with pivot d out of the equations of the columns and the mean.
func (q *equations) eliminate(i int, d float64) {
	end, w := q.start[i+1], q.rowW[i]
	for k := q.start[i]; k < end; k++ {
		column, v := q.f.column(int(q.col[k])), q.w[k]/d
		for l := k; l < end; l++ {
			column[q.col[l]] -= v * q.w[l]
		}
		if q.held == nil {
			column[q.cols] += q.w[k] - v*w
		}
	}
	if q.held == nil {
		q.f.column(q.cols)[q.cols] += w - w*w/d
	}
}

// effects are a solution: mean + row[i] + col[j].
type effects struct {
	mean     float64
	row, col []float64
}

// solve fits the values y, one for each score in the layout's order.
func (q *equations) solve(y []float64) effects {
	x, row := make([]float64, q.f.n), make([]float64, q.rows)
	for i, w := range q.rowW {
		d := w + q.rowRidge
		for k := q.start[i]; k < q.start[i+1]; k++ {
			row[i] += q.w[k] * y[k]
		}
		for k := q.start[i]; k < q.start[i+1]; k++ {
			x[q.col[k]] += q.w[k] * (y[k] - row[i]/d)
		}
		if q.held == nil && d > 0 {
			x[q.cols] += row[i] * (1 - w/d)
		}
	}
	q.f.solve(x)
	e := effects{row: row, col: x[:q.cols]}
	if q.held == nil {
		e.mean = x[q.cols]
	}
	for i, w := range q.rowW {
		row[i] -= w * e.mean
		for k := q.start[i]; k < q.start[i+1]; k++ {
			row[i] -= q.w[k] * e.col[q.col[k]]
		}
		if d := w + q.rowRidge; d > 0 {
			row[i] /= d
		}
	}
	return e
}

// rowVariance returns the variance of row i's effect over the residual variance, from the inverse.
func (q *equations) rowVariance(i int) float64 {
	d, w, end := q.rowW[i]+q.rowRidge, q.rowW[i], q.start[i+1]
	if d == 0 {
		return 0
	}
	v := 0.0
	for k := q.start[i]; k < end; k++ {
		column := q.f.column(int(q.col[k]))
		sum := 0.0
		for l := k + 1; l < end; l++ {
			sum += q.w[l] * column[q.col[l]]
		}
		if q.held == nil {
			sum += w * column[q.cols]
		}
		v += q.w[k] * (q.w[k]*column[q.col[k]] + 2*sum)
	}
	if q.held == nil {
		v += w * w * q.f.column(q.cols)[q.cols]
	}
	return 1/d + v/(d*d)
}

// original returns x, which is by new column, by old column.
func (q *equations) original(x []float64) []float64 {
	out := make([]float64, q.cols)
	for now, old := range q.old {
		out[old] = x[now]
	}
	return out
}
