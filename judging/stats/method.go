package stats

import (
	"context"
	"slices"

	"fayi/judging"
)

// Method names a way of combining scores.
type Method string

// The methods; the package page gives formula and source of each.
const (
	Mean       Method = "mean"       // 平均分: mean score
	Trimmed    Method = "trimmed"    // 去掉最高最低: mean without the highest and lowest score; needs 3 scores per work
	ZScore     Method = "zscore"     // 标准分: mean of 50 + 10 z within each judge
	Additive   Method = "additive"   // 加性校正: least squares of work + judge
	Confidence Method = "confidence" // 把握加权: the same, weighted by declared confidence
	BLUP       Method = "blup"       // 混合模型: works and judges as random effects, variances by REML
	Pairwise   Method = "pairwise"   // Bradley-Terry on each judge's own order
	Hier1      Method = "hier1"      // 分层校正第一式: severity, scale and noise per judge, shrunk
	Hier       Method = "hier"       // 分层校正: the same, with drift, heavy tails and marks in steps
)

// Methods lists every method, plainest first.
func Methods() []Method {
	return []Method{Mean, Trimmed, ZScore, Additive, Confidence, BLUP, Pairwise, Hier1, Hier}
}

// Options are what a ranking needs beyond the scores; the zero value is a good choice.
type Options struct {
	Cuts      []int                 // cut lines, in places: Standing.Award gives the probability of each
	FullMarks float64               // the scale of scores, which only hier needs to know; 0 means 100
	Progress  func(done, total int) // called now and then from the caller's goroutine; may be nil
}

// Rank combines the scores of t by method m. It changes nothing in t, reads no clock and draws no random number:
// same table, same bytes. It keeps t, which must not change while the result is in use.
//
// It fails with code invalid for a table that Check refuses, an unknown method, too few scores for trimmed or too
// many judges for a matrix, and with ctx's error once ctx is done.
func Rank(ctx context.Context, t Table, m Method, o Options) (Result, error) {
	if err := t.Check(); err != nil {
		return Result{}, err
	}
	d := newData(t)
	e, err := d.estimate(ctx, m, o)
	if err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	return d.result(m, o, e), nil
}

func (d *data) estimate(ctx context.Context, m Method, o Options) (*estimate, error) {
	if !slices.Contains(Methods(), m) {
		return nil, judging.Fail(judging.Invalid, "stats.unknown_method", judging.Args{"Method": string(m)})
	}
	if len(d.Scores) == 0 {
		return d.newEstimate(), nil
	}
	switch m {
	case Additive, Confidence:
		return d.additive(m == Confidence)
	case BLUP:
		return d.blup(ctx, o)
	case Pairwise:
		return d.pairwise(ctx, o)
	case Hier, Hier1:
		return d.hier(ctx, o, m == Hier1)
	}
	return d.mean(m)
}
