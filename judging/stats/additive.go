package stats

import (
	"math"

	"fayi/judging"
)

// additive fits score = value + severity + e by weighted least squares, severities of each piece adding up to 0, with its standard errors.
func (d *data) additive(weighted bool) (*estimate, error) {
	q, err := newEquations(newCrossed(d.Table, false, weighted), d.pieces.Judge)
	if err != nil {
		return nil, err
	}
	if !q.decompose(0, 0) {
		return nil, judging.Fail(judging.Internal, "stats.not_solvable", nil)
	}
	e := d.newEstimate()
	e.weighted = weighted
	fit := q.solve(q.y)
	fit.col = q.original(fit.col)
	shift := d.pieceMeans(fit.col)
	for j, p := range d.pieces.Judge {
		if p >= 0 {
			e.severity[j] = fit.col[j] - shift[p]
		}
	}
	for i, p := range d.pieces.Work {
		if p >= 0 {
			e.value[i] = fit.row[i] + shift[p]
		}
	}
	e.residuals(d, false)
	d.additiveErrors(q, e)
	e.spread(d)
	return e, nil
}

// additiveErrors fills the standard errors from the pseudo-inverse of the judge Laplacian: with G the inverse of the held matrix, r its row means and
// t its mean within each piece, L⁺ = G - r1' - 1r' + t11'.
func (d *data) additiveErrors(q *equations, e *estimate) {
	r := make([]float64, d.Judges)
	for j := range r {
		r[j] = 1
	}
	q.f.solve(r)
	r = q.original(r)
	size := make([]float64, d.pieces.Count)
	for _, p := range d.pieces.Judge {
		if p >= 0 {
			size[p]++
		}
	}
	for j, p := range d.pieces.Judge {
		if p >= 0 {
			r[j] /= size[p]
		}
	}
	t := d.pieceMeans(r)
	q.f.invert()
	for now, old := range q.old {
		if p := d.pieces.Judge[old]; p >= 0 {
			v := q.f.column(now)[now] - 2*r[old] + t[p]
			e.severitySE[old] = math.Sqrt(e.fit.Residual * max(0, v))
		}
	}
	for i, p := range d.pieces.Work {
		if p < 0 {
			continue
		}
		// A weighted mean over judges turns -r1' - 1r' into twice the weighted mean of r.
		mean, w := 0.0, 0.0
		for _, k := range d.byWork.of(i) {
			s := d.Scores[k]
			mean, w = mean+e.weight(s)*r[s.Judge], w+e.weight(s)
		}
		e.se[i] = math.Sqrt(e.fit.Residual * (q.rowVariance(i) - 2*mean/w + t[p]))
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
