package stats

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// reml estimates the variances of a crossed layout by restricted maximum likelihood: Newton steps with average
// information (Gilmour, Thompson, Cullis 1995) on the logarithms of the three variances.
type reml struct {
	*equations
	free      float64    // scores less 1
	variance  [3]float64 // of rows, columns and a score of weight 1
	none      [3]bool    // at the floor
	fit       effects
	criterion float64 // -2 log restricted likelihood
	rounds    int
	converged bool
}

const (
	remlRounds = 60
	remlClose  = 1e-6 // the last step's size, on log variances
	remlFloor  = 1e-9 // the share of the sum of variances that counts as 0
)

// newREML finds the variances of d. Where table and effects leave no freedom the starting values stay and nothing
// has converged.
func (d *data) newREML(ctx context.Context, progress func(done, total int)) (*reml, error) {
	q, err := d.newEquations(true, true)
	if err != nil {
		return nil, err
	}
	m := &reml{equations: q, free: float64(len(q.y) - 1), variance: q.moments()}
	for m.rounds < remlRounds && !m.converged {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m.rounds++
		m.evaluate()
		information := m.information()
		m.f.invert()
		if d.freedom() <= 0 {
			return m, nil
		}
		m.converged = m.step(information, m.gradient()) < remlClose
		if progress != nil {
			progress(m.rounds, remlRounds)
		}
	}
	return m, nil
}

// evaluate solves the equations at the present variances.
func (m *reml) evaluate() {
	v := m.variance
	m.decompose(v[2]/v[0], v[2]/v[1])
	m.fit = m.solve(m.y)
	logW := 0.0
	for _, w := range m.w {
		logW += math.Log(w)
	}
	penalised := m.sum(m.residuals(), m.residuals()) + m.rowRidge*squares(m.fit.row) + m.colRidge*squares(m.fit.col)
	m.criterion = m.logDet - float64(m.rows)*math.Log(m.rowRidge) - float64(m.cols)*math.Log(m.colRidge) - logW +
		m.free*(1+math.Log(2*math.Pi*penalised/m.free))
}

// residuals returns what the fit leaves of each score.
func (m *reml) residuals() []float64 {
	r := make([]float64, len(m.y))
	m.each(func(k, i int, j int32) { r[k] = m.y[k] - m.fit.mean - m.fit.row[i] - m.fit.col[j] })
	return r
}

func squares(x []float64) (s float64) {
	for _, v := range x {
		s += v * v
	}
	return s
}

// information returns the average information matrix of -2 log likelihood about the log variances: f_a' P f_b,
// where f_a is the part of the scores that variance a explains.
func (m *reml) information() (h [3][3]float64) {
	var part, rest [3][]float64
	for a := range part {
		part[a] = make([]float64, len(m.y))
	}
	copy(part[2], m.residuals())
	m.each(func(k, i int, j int32) { part[0][k], part[1][k] = m.fit.row[i], m.fit.col[j] })
	for a := range part {
		fit := m.solve(part[a])
		rest[a] = make([]float64, len(m.y))
		m.each(func(k, i int, j int32) {
			rest[a][k] = (part[a][k] - fit.mean - fit.row[i] - fit.col[j]) / m.variance[2]
		})
	}
	for a := range h {
		for b := range h {
			h[a][b] = m.sum(part[a], rest[b])
		}
	}
	return h
}

// gradient returns the derivatives of -2 log likelihood by the log variances; the factor must be inverted.
func (m *reml) gradient() [3]float64 {
	row, col := m.variances()
	rows, cols := float64(m.rows)-m.rowRidge*floats.Sum(row), float64(m.cols)-m.colRidge*floats.Sum(col)
	r := m.residuals()
	return [3]float64{
		rows - squares(m.fit.row)/m.variance[0],
		cols - squares(m.fit.col)/m.variance[1],
		m.free - rows - cols - m.sum(r, r)/m.variance[2],
	}
}

// step moves the variances and returns the largest relative move. A variance that falls to the floor stays there.
func (m *reml) step(h [3][3]float64, g [3]float64) (largest float64) {
	for a, none := range m.none {
		if none {
			h[0][a], h[1][a], h[2][a], h[a], g[a] = 0, 0, 0, [3]float64{}, 0
			h[a][a] = 1
		}
	}
	move := solve3(h, g)
	for a := range move {
		by := max(-2, min(2, -move[a]))
		m.variance[a] *= math.Exp(by)
		largest = max(largest, math.Abs(by))
	}
	floor := remlFloor * floats.Sum(m.variance[:])
	for a, v := range m.variance {
		if m.none[a] = m.none[a] || v < floor; m.none[a] {
			m.variance[a] = floor
		}
	}
	return largest
}

// estimates returns the variances, 0 for those at the floor.
func (m *reml) estimates() (v [3]float64) {
	for a, none := range m.none {
		if !none {
			v[a] = m.variance[a]
		}
	}
	return v
}

// moments returns starting values of the variances by Henderson's first method, which compares the sums of squares
// of row, column and grand totals with their expectations; every score counts the same.
func (c *layout) moments() [3]float64 {
	n := float64(len(c.y))
	rowSum := make([]float64, c.rows)
	rowN := make([]float64, c.rows)
	colSum := make([]float64, c.cols)
	colN := make([]float64, c.cols)
	mean, total := 0.0, 0.0
	for _, y := range c.y {
		mean += y / n
	}
	c.each(func(k, i int, j int32) {
		y := c.y[k] - mean
		rowSum[i] += y
		colSum[j] += y
		rowN[i]++
		colN[j]++
		total += y * y
	})
	rows, rowSizes, usedRows := between(rowSum, rowN)
	cols, colSizes, usedCols := between(colSum, colN)
	x := solve3([3][3]float64{
		{n - rowSizes/n, usedRows - colSizes/n, usedRows - 1},
		{usedCols - rowSizes/n, n - colSizes/n, usedCols - 1},
		{n - rowSizes/n, n - colSizes/n, n - 1},
	}, [3]float64{rows, cols, total})
	for a := range x {
		if least := total / n / 50; !(x[a] > least) {
			x[a] = least
		}
	}
	return x
}

// between returns the sum of squares between groups, the sum of squared sizes and the number of groups in use.
func between(sum, size []float64) (ss, sizes, used float64) {
	for g, n := range size {
		if n > 0 {
			ss, sizes, used = ss+sum[g]*sum[g]/n, sizes+n*n, used+1
		}
	}
	return ss, sizes, used
}

// solve3 solves a symmetric or nearly symmetric system by elimination; a pivot of 0 leaves its unknown 0.
func solve3(a [3][3]float64, b [3]float64) (x [3]float64) {
	for p := range a {
		for r := range a {
			if r == p || a[p][p] == 0 {
				continue
			}
			f := a[r][p] / a[p][p]
			for c := range a {
				a[r][c] -= f * a[p][c]
			}
			b[r] -= f * b[p]
		}
	}
	for p := range x {
		if a[p][p] != 0 {
			x[p] = b[p] / a[p][p]
		}
	}
	return x
}
