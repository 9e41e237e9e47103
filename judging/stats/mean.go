package stats

import (
	"math"

	"fayi/judging"
)

// mean fits the methods that average scores work by work: mean, trimmed and zscore. Their judges are described by
// the additive fit.
func (d *data) mean(m Method) (*estimate, error) {
	x, e := d.counted(m), d.newEstimate()
	rss, free := 0.0, 0
	for i := range d.Works {
		scores := d.byWork.of(i)
		if n := len(scores); m == Trimmed && n > 0 && n < 3 {
			return nil, judging.Fail(judging.Invalid, "stats.too_few_scores", judging.Args{
				"Work":   i,
				"Count":  n,
				"Needed": 3,
			})
		}
		mean, ss := moments(x, scores)
		e.value[i] = mean
		if m == Trimmed {
			e.value[i] = trimmed(x, scores, mean)
		}
		if len(scores) > 0 {
			rss, free = rss+ss, free+len(scores)-1
		}
	}
	e.settle(rss, free)
	for _, i := range d.scoredWorks() {
		e.se[i] = math.Sqrt(e.fit.Residual / effective(m, len(d.byWork.of(int(i)))))
	}
	e.spread(d)
	lines, err := d.additive(false)
	e.lines = lines
	return e, err
}

// counted returns each score as m counts it.
func (d *data) counted(m Method) []float64 {
	x := make([]float64, len(d.Scores))
	for i, s := range d.Scores {
		x[i] = s.Value
	}
	if m == ZScore {
		d.standardise(x)
	}
	return x
}

// effective returns the number of scores whose plain mean is as sure as a work's value. A mean without its extremes
// of n normal scores is as sure as one of n - 0.65 (within 5 % from n = 3; Godwin 1949 tabulates order statistics).
func effective(m Method, n int) float64 {
	if m == Trimmed {
		return float64(n) - 0.65
	}
	return float64(n)
}

// moments returns the mean of the listed x and the sum of squares about it.
func moments(x []float64, items []int32) (mean, ss float64) {
	for _, i := range items {
		mean += x[i]
	}
	mean /= max(1, float64(len(items)))
	for _, i := range items {
		ss += (x[i] - mean) * (x[i] - mean)
	}
	return mean, ss
}

// trimmed returns the mean of the listed x without one highest and one lowest.
func trimmed(x []float64, items []int32, mean float64) float64 {
	if len(items) == 0 {
		return 0
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, i := range items {
		lo, hi = min(lo, x[i]), max(hi, x[i])
	}
	n := float64(len(items))
	return (mean*n - lo - hi) / (n - 2)
}

// standardise replaces each judge's scores by 50 + 10 z, z with the judge's own mean and sample standard deviation.
// One score, or equal scores, say nothing about differences and become 50.
func (d *data) standardise(x []float64) {
	for j := range d.Judges {
		scores := d.byJudge.of(j)
		mean, ss := moments(x, scores)
		factor := 0.0
		if !d.constant(scores) {
			factor = 10 / math.Sqrt(ss/float64(len(scores)-1))
		}
		for _, i := range scores {
			x[i] = 50 + factor*(x[i]-mean)
		}
	}
}
