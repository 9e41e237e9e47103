package stats

import "math"

// known is what a judge's scores say about their line and noise: a Fisher information, and its inverse.
type known struct {
	bb, ab, aa, nn        float64
	varB, cov, varA, varN float64
}

// hierErrors fills the standard errors. To the posterior variance of a value given the judges' lines it adds, by
// the delta method, what the lines' own uncertainty does to it: first order in b, a and the noise, second order in
// the precision, whose curvature raises the mean variance. A judge's information is taken from the leave-one-out
// prediction of each of their scores, so that a score does not vouch for itself.
func (e *estimate) hierErrors(d *data, scaleVar float64) {
	judges := make([]known, d.Judges)
	for j := range judges {
		judges[j] = known{bb: 1 / e.fit.JudgeVar, aa: 1 / scaleVar, nn: noiseWeight / (2 * e.noise2[j] * e.noise2[j])}
	}
	d.withoutOne(e, func(k int32, o others) {
		s := d.Scores[k]
		a, w, j := e.scale[s.Judge], e.mark(d, k).weight*e.telling, &judges[s.Judge]
		p := 1 / (e.noise2[s.Judge]/w + a*a*o.variance)
		j.bb, j.ab, j.aa, j.nn = j.bb+p, j.ab+p*o.value, j.aa+p*o.value*o.value, j.nn+p*p/(2*w*w)
	})
	for j := range judges {
		k := &judges[j]
		det := k.bb*k.aa - k.ab*k.ab
		k.varB, k.cov, k.varA, k.varN = k.aa/det, -k.ab/det, k.bb/det, 1/k.nn
		e.severitySE[j] = math.Sqrt(k.varB)
	}
	few := 1.0 // errors grow where judges' lines are learned from few scores
	if e.marks != nil {
		few += 2 * float64(scored(d.pieces.Judge)) / float64(len(d.Scores))
	}
	for i := range e.se {
		e.se[i] = math.Sqrt(few * e.hierVariance(d, i, judges))
	}
}

func (e *estimate) hierVariance(d *data, work int, judges []known) float64 {
	precision := 1 / e.tau2
	for _, k := range d.byWork.of(work) {
		p, _ := e.term(d, k)
		precision += p * e.telling
	}
	v, m := 1/precision, e.value[work]
	total := v
	for _, k := range d.byWork.of(work) {
		s := d.Scores[k]
		a, noise, j := e.scale[s.Judge], e.noise2[s.Judge], judges[s.Judge]
		read := e.mark(d, k)
		g := v * read.weight * e.telling / noise
		rest := read.value - e.expected(s.Judge, m)
		byB, byA, byN := -g*a, g*(rest-a*m), -g*a*rest/noise
		total += byB*byB*j.varB + 2*byB*byA*j.cov + byA*byA*j.varA + byN*byN*j.varN
		total += v * g * g * a * a * (a*a*j.varN/(noise*noise) + 4*j.varA)
	}
	return total
}
