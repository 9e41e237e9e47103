package stats

import (
	"math"

	"fayi/judging"
)

// mostDense is the largest side of a table that is kept as a dense matrix (3000² numbers are 72 MB).
const mostDense = 3000

// equations are the normal equations of a table, works and judges being rows and columns or, to keep the matrix
// small, columns and rows; the rows are eliminated. Random effects have ridges, the ratios of residual to effect
// variance, and the mean is the last unknown. Fixed effects have ridges 0, no mean, and in each piece one column is
// held at 0.
type equations struct {
	*layout
	flip               bool    // works are the columns
	old                []int32 // the number each column had before reordering
	held               []int32 // fixed effects: the held columns; nil for random effects
	rowRidge, colRidge float64
	f                  *factor
	logDet             float64
}

// newEquations makes room for the equations of d.
func (d *data) newEquations(weighted, random bool) (*equations, error) {
	flip := d.Works < d.Judges
	c := newLayout(d.Table, flip, weighted)
	if c.cols > mostDense {
		return nil, judging.Fail(judging.Invalid, "stats.too_large", judging.Args{"Count": c.cols, "Limit": mostDense})
	}
	q := &equations{layout: c, flip: flip, old: c.reorder()}
	if random {
		q.f = newFactor(c.cols + 1)
		return q, nil
	}
	q.f = newFactor(c.cols)
	piece, seen := d.pieces.Judge, map[int]bool{}
	if flip {
		piece = d.pieces.Work
	}
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
	row, col := make([]float64, q.rows), make([]float64, q.cols)
	q.each(func(k, i int, j int32) {
		row[i] += q.w[k] * y[k]
		col[j] += q.w[k] * y[k]
	})
	return q.respond(row, col)
}

// respond solves the equations for right sides by row and by column. It uses up row.
func (q *equations) respond(row, col []float64) effects {
	x := make([]float64, q.f.n)
	copy(x, col)
	for i, w := range q.rowW {
		d := w + q.rowRidge
		if d == 0 {
			continue
		}
		for k := q.start[i]; k < q.start[i+1]; k++ {
			x[q.col[k]] -= q.w[k] * row[i] / d
		}
		if q.held == nil {
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

// judgesTotal returns what the inverse makes of a right side of 1 for each judge and 0 for each work: for fixed
// effects, each effect's covariance with the sum of the judges of its piece.
func (q *equations) judgesTotal() effects {
	row, col := make([]float64, q.rows), make([]float64, q.cols)
	side, weight := col, q.colW
	if q.flip {
		side, weight = row, q.rowW
	}
	for i, w := range weight {
		if w > 0 {
			side[i] = 1
		}
	}
	return q.respond(row, col)
}

// variances returns the variance of each effect over the residual variance; the factor must be inverted.
func (q *equations) variances() (row, col []float64) {
	row, col = make([]float64, q.rows), make([]float64, q.cols)
	for i := range row {
		row[i] = q.rowVariance(i)
	}
	for j := range col {
		col[j] = q.f.column(j)[j]
	}
	return row, col
}

// sides returns what is by row and by column as what is by work and by judge, in the table's numbering.
func (q *equations) sides(row, col []float64) (works, judges []float64) {
	original := make([]float64, q.cols)
	for now, old := range q.old {
		original[old] = col[now]
	}
	if q.flip {
		return original, row
	}
	return row, original
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
