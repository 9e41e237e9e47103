package stats

import (
	"context"
	"math"
)

// blup fits score = mean + value + severity + e, all normal: variances by REML, then best linear unbiased predictors with their prediction errors.
func (d *data) blup(ctx context.Context, o Options) (*estimate, error) {
	flip := d.Works < d.Judges
	m, err := newREML(ctx, newCrossed(d.Table, flip, true), d.freedom(), o.Progress)
	if err != nil {
		return nil, err
	}
	e := d.newEstimate()
	e.weighted = true
	works, judges := m.rowErrors(), m.original(m.colErrors())
	e.value, e.severity = m.fit.row, m.original(m.fit.col)
	e.fit.WorkVar, e.fit.JudgeVar = m.variance[0], m.variance[1]
	if flip {
		works, judges = judges, works
		e.value, e.severity = e.severity, e.value
		e.fit.WorkVar, e.fit.JudgeVar = e.fit.JudgeVar, e.fit.WorkVar
	}
	e.se, e.severitySE = works, judges
	e.mean, e.tau2 = m.fit.mean, e.fit.WorkVar
	e.fit.Mean, e.fit.Residual, e.fit.Criterion = m.fit.mean, m.variance[2], m.criterion
	e.residuals(d, true)
	e.fit.Rounds, e.fit.Converged = m.rounds, m.converged
	return e, nil
}

func (m *reml) rowErrors() []float64 {
	se := make([]float64, m.rows)
	for i := range se {
		se[i] = math.Sqrt(m.variance[2] * m.rowVariance(i))
	}
	return se
}

func (m *reml) colErrors() []float64 {
	se := make([]float64, m.cols)
	for j := range se {
		se[j] = math.Sqrt(m.variance[2] * m.f.column(j)[j])
	}
	return se
}
