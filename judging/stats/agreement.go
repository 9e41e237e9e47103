package stats

import (
	"context"
	"math"

	"fayi/judging"
	"fayi/judging/stats/krippendorff"
)

// Agreement says how far the judges of a table agree.
type Agreement struct {
	ICC      []ICC // six forms; none where the table has gaps or the judges agree in everything
	Alpha    krippendorff.Alpha
	Kendall  Kendall
	Variance Variance
	Design   Design
	Warnings []Warning
}

// Variance splits the variance of a score by REML, for tables with or without gaps. All 0 where works or judges are
// fewer than two or no freedom is left.
type Variance struct {
	Mean      float64 // points
	Work      float64 // between works: quality, points²
	Judge     float64 // between judges: severity, points²
	Residual  float64 // the rest: noise and taste, points²
	Criterion float64 // REML criterion, -2 log likelihood
}

// Single returns the reliability of one judge's score, 0 to 1: the share of quality in its variance (ICC 2,1 for
// any table).
func (v Variance) Single() float64 { return v.share(1) }

// Average returns the reliability of the mean of k scores, 0 to 1.
func (v Variance) Average(k int) float64 { return v.share(float64(k)) }

func (v Variance) share(k float64) float64 {
	if v.Work <= 0 {
		return 0
	}
	return v.Work / (v.Work + (v.Judge+v.Residual)/k)
}

// weakDesign is the A-efficiency below which severities are known so badly that the user is warned.
const weakDesign = .9

// Agree measures the agreement of t's judges. What is undefined for the table is 0 and explained by a warning.
// Errors are those of Rank.
func Agree(ctx context.Context, t Table) (Agreement, error) {
	if err := t.Check(); err != nil {
		return Agreement{}, err
	}
	d := newData(t)
	a := Agreement{ICC: d.icc(), Alpha: krippendorff.Of(d.units()), Kendall: d.kendall()}
	var err error
	if a.Design, err = d.design(); err != nil {
		return Agreement{}, err
	}
	if a.Variance, err = d.variance(ctx); err != nil {
		return Agreement{}, err
	}
	if !d.complete() {
		a.Warnings = append(a.Warnings, Warning{Text: "stats.table_has_gaps"})
	}
	if a.Design.Components > 1 {
		a.Warnings = append(a.Warnings, Warning{
			Text: "stats.disconnected",
			Args: judging.Args{"Count": a.Design.Components},
		})
	}
	if a.Design.AEfficiency > 0 && a.Design.AEfficiency < weakDesign {
		a.Warnings = append(a.Warnings, Warning{
			Text: "stats.weak_design",
			Args: judging.Args{"Efficiency": math.Round(100 * a.Design.AEfficiency)},
		})
	}
	return a, nil
}

func (d *data) variance(ctx context.Context) (Variance, error) {
	if scored(d.pieces.Work) < 2 || scored(d.pieces.Judge) < 2 || d.freedom() <= 0 {
		return Variance{}, nil
	}
	e, err := d.blup(ctx, Options{})
	if err != nil {
		return Variance{}, err
	}
	f := e.fit
	return Variance{Mean: f.Mean, Work: f.WorkVar, Judge: f.JudgeVar, Residual: f.Residual, Criterion: f.Criterion}, nil
}

// units returns the scores of each work.
func (d *data) units() [][]float64 {
	out := make([][]float64, d.Works)
	for i := range out {
		for _, k := range d.byWork.of(i) {
			out[i] = append(out[i], d.Scores[k].Value)
		}
	}
	return out
}
