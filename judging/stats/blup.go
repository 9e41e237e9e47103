package stats

import (
	"context"
	"math"
)

// blup fits score = mean + value + severity + e, all normal: variances by REML, then best linear unbiased
// predictors with their prediction errors. Scores that do not vary have no variances to tell apart: every value is
// 0.
func (d *data) blup(ctx context.Context, o Options) (*estimate, error) {
	if all := d.everyScore(); d.constant(all) {
		e := d.newEstimate()
		e.mean, e.unsure = d.Scores[0].Value, len(d.Scores) == 1
		e.fit.Mean = e.mean
		return e, nil
	}
	m, err := d.newREML(ctx, o.Progress)
	if err != nil {
		return nil, err
	}
	e := d.newEstimate()
	e.weighted = true
	e.value, e.severity = m.sides(m.fit.row, m.fit.col)
	e.se, e.severitySE = m.sides(m.variances())
	for _, se := range [][]float64{e.se, e.severitySE} {
		for i, v := range se {
			se[i] = math.Sqrt(m.variance[2] * v)
		}
	}
	e.mean, e.tau2 = m.fit.mean, m.variance[0]
	v := m.estimates()
	if m.flip {
		e.tau2 = m.variance[1]
		v[0], v[1] = v[1], v[0]
	}
	e.fit = Fit{
		Mean: e.mean, WorkVar: v[0], JudgeVar: v[1], Residual: v[2],
		Criterion: m.criterion, Components: d.pieces.Count, Rounds: m.rounds, Converged: m.converged,
	}
	e.residuals(d, true)
	for j := range e.noise2 {
		e.noise2[j] = m.variance[2]
	}
	return e, nil
}
