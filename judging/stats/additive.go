package stats

import (
	"math"

	"fayi/judging"
)

// mostDense is the largest side of a table that is kept as a dense matrix (6000² numbers are 288 MB).
const mostDense = 6000

// additive fits y = q_i + b_j + e by weighted least squares with Σ b_j = 0 in each piece, and its standard errors.
func (d *data) additive(weighted bool) (*estimate, error) {
	if d.Judges > mostDense {
		return nil, judging.Fail(judging.Invalid, "stats.too_many_judges", judging.Args{"Judges": d.Judges, "Limit": mostDense})
	}
	c := newCrossed(d.Table, false, weighted)
	f, _ := c.laplacian(d.pieces.Judge)
	if _, ok := f.decompose(); !ok {
		return nil, judging.Fail(judging.Internal, "stats.not_solvable", nil)
	}
	e := d.newEstimate()
	e.weighted = weighted
	copy(e.severity, c.leastSquares(f, d.pieces))
	rss := 0.0
	for i := range c.rows {
		sum := 0.0
		for k := c.start[i]; k < c.start[i+1]; k++ {
			sum += c.w[k] * (c.y[k] - e.severity[c.col[k]])
		}
		e.value[i] = sum / c.rowW[i]
		for k := c.start[i]; k < c.start[i+1]; k++ {
			r := c.y[k] - e.severity[c.col[k]] - e.value[i]
			rss += c.w[k] * r * r
		}
	}
	if free := len(d.Scores) - d.scoredWorks() - d.scoredJudges() + d.pieces.Count; free > 0 {
		e.fit.Residual = rss / float64(free)
	}
	c.standardErrors(f, d.pieces, e)
	e.residualNoise(d)
	return e, nil
}

// leastSquares returns the column effects, centred within each piece.
func (c *crossed) leastSquares(f *factor, pieces Components) []float64 {
	b := make([]float64, c.cols)
	for i := range c.rows {
		mean := 0.0
		for k := c.start[i]; k < c.start[i+1]; k++ {
			mean += c.w[k] * c.y[k]
		}
		mean /= c.rowW[i]
		for k := c.start[i]; k < c.start[i+1]; k++ {
			b[c.col[k]] += c.w[k] * (c.y[k] - mean)
		}
	}
	f.solve(b)
	mean := pieceMeans(b, pieces)
	for j, p := range pieces.Judge {
		if p < 0 {
			b[j] = 0
			continue
		}
		b[j] -= mean[p]
	}
	return b
}

// pieceMeans returns the mean of x, indexed by judge, over each piece.
func pieceMeans(x []float64, pieces Components) []float64 {
	mean, n := make([]float64, pieces.Count), make([]float64, pieces.Count)
	for j, p := range pieces.Judge {
		if p >= 0 {
			mean[p] += x[j]
			n[p]++
		}
	}
	for p := range mean {
		mean[p] /= n[p]
	}
	return mean
}

// standardErrors fills the standard errors of works and judges from the pseudo-inverse of the Laplacian: G is the inverse of the grounded matrix,
// and centring it by its row means r and total mean t gives L⁺ = G - r1' - 1r' + t11' within each piece.
func (c *crossed) standardErrors(f *factor, pieces Components, e *estimate) {
	r := make([]float64, c.cols)
	for j := range r {
		r[j] = 1
	}
	f.solve(r)
	size := make([]float64, pieces.Count)
	for _, p := range pieces.Judge {
		if p >= 0 {
			size[p]++
		}
	}
	for j, p := range pieces.Judge {
		if p >= 0 {
			r[j] /= size[p]
		}
	}
	t := pieceMeans(r, pieces)
	f.invert()
	plus := func(j, l int32) float64 { return f.get(j, l) - r[j] - r[l] + t[pieces.Judge[j]] }
	for j, p := range pieces.Judge {
		if p >= 0 {
			e.severitySE[j] = math.Sqrt(e.fit.Residual * max(0, plus(int32(j), int32(j))))
		}
	}
	for i := range c.rows {
		v := 0.0
		for k := c.start[i]; k < c.start[i+1]; k++ {
			for l := c.start[i]; l < c.start[i+1]; l++ {
				v += c.w[k] * c.w[l] * plus(c.col[k], c.col[l])
			}
		}
		if w := c.rowW[i]; w > 0 {
			e.se[i] = math.Sqrt(e.fit.Residual * (1/w + v/(w*w)))
		}
	}
}
