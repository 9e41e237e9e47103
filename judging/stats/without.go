package stats

import (
	"context"
	"math"
	"slices"
)

// Shift is where a work would be placed without one of its judges.
type Shift struct {
	Judge int
	Value float64
	Rank  int // 0 where the work, or the method, would lack scores
}

// Influence ranks again without each judge of the work in turn and returns where the work would be placed among the
// works given, which it is one of. It fails only with ctx's error.
func (r *Result) Influence(ctx context.Context, work int, among []int) ([]Shift, error) {
	var shifts []Shift
	for _, k := range r.data.byWork.of(work) {
		judge := r.data.Scores[k].Judge
		shift := Shift{Judge: judge}
		if d, values, ok := r.without(ctx, judge); ok {
			list := make([]Standing, len(among))
			for at, i := range among {
				list[at] = Standing{N: len(d.byWork.of(i)), Value: values[i]}
			}
			place(list)
			shift.Value, shift.Rank = values[work], list[slices.Index(among, work)].Rank
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		shifts = append(shifts, shift)
	}
	return shifts, nil
}

// without returns the values of all works by the scores of all judges but one; false where the method can't tell them.
func (r *Result) without(ctx context.Context, judge int) (*data, []float64, bool) {
	t := r.data.Table
	t.Scores = make([]Score, 0, len(r.data.Scores))
	var kept []int32 // the numbers that the scores had
	for k, s := range r.data.Scores {
		if s.Judge != judge {
			t.Scores, kept = append(t.Scores, s), append(kept, int32(k))
		}
	}
	d := newData(t)
	if e := r.estimate; r.Method == Hier && e.marks != nil && len(kept) > 0 {
		values, err := d.hierNear(ctx, r.options, e, kept)
		return d, values, err == nil
	}
	e, err := d.estimate(ctx, r.Method, Options{FullMarks: r.options.FullMarks})
	if err != nil || ctx.Err() != nil {
		return nil, nil, false
	}
	return d, e.value, true
}

// hierNear returns the values of hier's fit, sought from one of all scores of which d has the kept ones: it lies near.
func (d *data) hierNear(ctx context.Context, o Options, e *estimate, kept []int32) ([]float64, error) {
	h, unit := d.newHierOf(o, false)
	h.mean, h.quality = e.mean/unit, e.tau2/unit/unit
	h.bias, h.noise, h.scale = e.fit.JudgeVar/unit/unit, e.fit.Residual/unit/unit, e.scaleVar
	for j := range h.judges {
		l := &h.judges[j]
		l.b, l.a, l.noise = e.severity[j]/unit, e.scale[j], e.noise2[j]/unit/unit
		l.lastB, l.lastA, l.lastNoise = l.b, l.a, math.Sqrt(l.noise)
		l.within = e.within[j]
		h.slide[j] = e.slide[j] / unit
	}
	if h.freedom = e.fit.Freedom; h.freedom == 0 {
		h.freedom = math.Inf(1)
	}
	for k, at := range h.item {
		m := e.marks[kept[at]]
		h.y[k], h.w[k], h.trust[k] = m.value/unit, m.weight, m.trust
	}
	h.sum()
	h.near = hierNearly
	if _, _, err := h.runs(ctx, nil); err != nil {
		return nil, err
	}
	values := slices.Clone(h.m)
	for i := range values {
		values[i] *= unit
	}
	return values, nil
}
