package assign

import (
	"math"
	"slices"

	"fayi/judging/assign/flat"
)

// Limits of what the types of flat.Plan hold.
const (
	mostSmall      = 1<<15 - 1
	mostCategories = 1<<8 - 1
)

// flatten lays the draft out closely for refine and mixCategories, which then take a third of the time and end at the
// same plan; nil where there are rules that flat.Plan does not know.
func (d *draft) flatten() *flat.Plan {
	p := d.problem
	if !d.indifferent || p.NoTwoOfOneUnit || p.NeedSenior || p.Judges > mostSmall || len(d.pool) > mostCategories {
		return nil
	}
	f := &flat.Plan{
		K: int(d.need[0]), Judges: p.Judges, Loads: d.loads, MinLoad: d.minLoad, MaxLoad: d.maxLoad, Random: d.rng,
	}
	for w, panel := range d.panels {
		if len(panel) != f.K || d.fixed[w] > 0 || len(d.conflicts[w]) > 0 {
			return nil
		}
		for _, j := range panel {
			f.Panels = append(f.Panels, int16(j))
		}
		f.Category = append(f.Category, uint8(d.category[w]))
	}
	if f.K == 0 || slices.Max(d.loads) > mostSmall || len(f.Panels) > math.MaxInt32 {
		return nil
	}
	for k, works := range d.worksByCategory()[:len(d.pool)] {
		f.FirstOf = append(f.FirstOf, len(f.Works)*f.K)
		f.Works = append(f.Works, works...)
		f.Eligible = append(f.Eligible, d.eligible[k]...)
	}
	f.FirstOf = append(f.FirstOf, len(f.Works)*f.K)
	f.Lambda = make([]int16, len(d.lambda))
	for i, v := range d.lambda {
		f.Lambda[i] = int16(v)
	}
	return f
}

// restore puts what became of f into the draft.
func (d *draft) restore(f *flat.Plan) {
	for w, panel := range d.panels {
		for i := range panel {
			panel[i] = int32(f.Panels[w*f.K+i])
		}
	}
	for i, v := range f.Lambda {
		d.lambda[i] = int32(v)
	}
}
