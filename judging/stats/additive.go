package stats

import (
	"math"

	"fayi/judging"
)

// additive fits score = value + severity + e by weighted least squares, severities of each piece adding up to 0,
// with its standard errors.
func (d *data) additive(weighted bool) (*estimate, error) {
	q, err := d.newEquations(weighted, false)
	if err != nil {
		return nil, err
	}
	if !q.decompose(0, 0) {
		return nil, judging.Fail(judging.Internal, "stats.not_solvable", nil)
	}
	e := d.newEstimate()
	e.weighted = weighted
	fit := q.solve(q.y)
	e.value, e.severity = q.sides(fit.row, fit.col)
	shift := d.pieceMeans(e.severity)
	for i, p := range d.pieces.Work {
		if p >= 0 {
			e.value[i] += shift[p]
		}
	}
	for j, p := range d.pieces.Judge {
		if p >= 0 {
			e.severity[j] -= shift[p]
		}
	}
	e.residuals(d, false)
	d.additiveErrors(q, e)
	e.spread(d)
	return e, nil
}

// additiveErrors fills the standard errors. With G the inverse of the equations, u its image of the judges' total
// and J a piece's judges, severity b_j - mean b has variance G_jj - 2u_j/J + 1'u/J², and value q_i + mean b has
// G_ii + 2u_i/J + 1'u/J², times that of the residual.
func (d *data) additiveErrors(q *equations, e *estimate) {
	total := q.judgesTotal()
	ofWork, ofJudge := q.sides(total.row, total.col)
	mean, size := d.pieceMeans(ofJudge), make([]float64, d.pieces.Count)
	for _, p := range d.pieces.Judge {
		if p >= 0 {
			size[p]++
		}
	}
	q.f.invert()
	e.se, e.severitySE = q.sides(q.variances())
	for i, p := range d.pieces.Work {
		if p >= 0 {
			e.se[i] = math.Sqrt(e.fit.Residual * max(0, e.se[i]+(2*ofWork[i]+mean[p])/size[p]))
		}
	}
	for j, p := range d.pieces.Judge {
		if p >= 0 {
			e.severitySE[j] = math.Sqrt(e.fit.Residual * max(0, e.severitySE[j]+(mean[p]-2*ofJudge[j])/size[p]))
		}
	}
}

// pieceMeans returns the mean over each piece of x, which is indexed by judge.
func (d *data) pieceMeans(x []float64) []float64 {
	mean, n := make([]float64, d.pieces.Count), make([]float64, d.pieces.Count)
	for j, p := range d.pieces.Judge {
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
