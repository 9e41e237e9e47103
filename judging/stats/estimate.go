package stats

import (
	"cmp"
	"math"
	"slices"

	"fayi/judging"
)

// data is a checked table with its indexes.
type data struct {
	Table
	byWork, byJudge index
	pieces          Components
}

func newData(t Table) *data {
	return &data{Table: t, byWork: newIndex(t), byJudge: newJudgeIndex(t), pieces: t.Components()}
}

// freedom returns the degrees of freedom left once works and judges are fitted.
func (d *data) freedom() int {
	return len(d.Scores) - scored(d.pieces.Work) - scored(d.pieces.Judge) + d.pieces.Count
}

func scored(piece []int) (n int) {
	for _, p := range piece {
		if p >= 0 {
			n++
		}
	}
	return n
}

// estimate is a method's answer: a value for each work, and for each judge a line
//
//	score = mean + severity + scale × value + noise
type estimate struct {
	value, se            []float64
	mean                 float64
	severity, severitySE []float64
	scale, noise2        []float64 // noise2 is the variance of a score of weight 1 by the method's own model
	seen2                []float64 // the same as seen in each judge's residuals
	// hier: its values are this times their posterior mean, the last round's change of unit
	unit     float64
	tau2     float64 // prior variance of values; +Inf where the method does not shrink
	weighted bool    // whether weights count
	unsure   bool    // no degrees of freedom are left to estimate errors
	fit      Fit
	scaleVar float64   // hier: variance of judges' scales
	within   []float64 // hier, by judge: see line
	marks    []mark    // what each score counts for; nil where it does so as given
	slide    []float64 // by judge: points from the first score to the last that the marks lack
	telling  float64   // share of what a score of weight 1 tells that is left under heavy tails, 0 to 1
	lines    *estimate // whose lines describe the judges, if the method has none; else nil
}

func (d *data) newEstimate() *estimate {
	vector := func(n int, x float64) []float64 { return slices.Repeat([]float64{x}, n) }
	return &estimate{
		value:      vector(d.Works, 0),
		se:         vector(d.Works, 0),
		severity:   vector(d.Judges, 0),
		severitySE: vector(d.Judges, 0),
		scale:      vector(d.Judges, 1),
		noise2:     vector(d.Judges, 1),
		seen2:      vector(d.Judges, 0),
		unit:       1,
		telling:    1,
		tau2:       math.Inf(1),
		fit:        Fit{Converged: true, Components: d.pieces.Count},
	}
}

// own returns the estimate whose lines describe the judges.
func (e *estimate) own() *estimate {
	if e.lines != nil {
		return e.lines
	}
	return e
}

func (e *estimate) weight(s Score) float64 {
	if e.weighted {
		return s.weight()
	}
	return 1
}

// mark is what a score counts for.
type mark struct {
	value, weight float64
	drift, trust  float64 // points taken off for the judge's drift; share of its weight that it keeps
}

// mark returns what score k of the table counts for.
func (e *estimate) mark(d *data, k int32) mark {
	if e.marks == nil {
		return mark{value: d.Scores[k].Value, weight: e.weight(d.Scores[k]), trust: 1}
	}
	return e.marks[k]
}

// expected returns the score that e's judge gives a work of the given value.
func (e *estimate) expected(judge int, value float64) float64 {
	return e.mean + e.severity[judge] + e.scale[judge]*value
}

// residuals fills a fit without noise terms of its own from what it leaves of the scores: the residual variance if
// known is false, and each judge's share of it.
func (e *estimate) residuals(d *data, known bool) {
	total, own := 0.0, make([]float64, d.Judges)
	for _, s := range d.Scores {
		r := s.Value - e.expected(s.Judge, e.value[s.Work])
		own[s.Judge] += e.weight(s) * r * r
		total += e.weight(s) * r * r
	}
	if !known {
		e.settle(total, d.freedom())
	}
	for j := range own {
		if n := float64(len(d.byJudge.of(j))); n > 0 && total > 0 {
			e.seen2[j] = own[j] / n * float64(len(d.Scores)) / total * e.fit.Residual
		}
		if e.fit.Residual > 0 {
			e.noise2[j] = e.fit.Residual
		}
	}
}

// settle sets the residual variance from a sum of squares and its degrees of freedom.
func (e *estimate) settle(rss float64, free int) {
	if e.unsure = free <= 0; !e.unsure {
		e.fit.Residual = rss / float64(free)
	}
}

// spread sets the variance of quality by moments, for a method that does not estimate it: what the values vary
// beyond their errors.
func (e *estimate) spread(d *data) {
	works := d.scoredWorks()
	_, ss := moments(e.value, works)
	for _, i := range works {
		ss -= e.se[i] * e.se[i]
	}
	e.fit.WorkVar = max(0, ss/float64(len(works)))
}

// scoredWorks lists the works with a score.
func (d *data) scoredWorks() (list []int32) {
	for i, p := range d.pieces.Work {
		if p >= 0 {
			list = append(list, int32(i))
		}
	}
	return list
}

// everyWork lists all works.
func (d *data) everyWork() []int {
	all := make([]int, d.Works)
	for i := range all {
		all[i] = i
	}
	return all
}

// everyScore lists all scores.
func (d *data) everyScore() []int32 {
	all := make([]int32, len(d.Scores))
	for i := range all {
		all[i] = int32(i)
	}
	return all
}

// result turns an estimate into standings and profiles.
func (d *data) result(m Method, o Options, e *estimate) Result {
	r := Result{Method: m, Works: make([]Standing, d.Works), Fit: e.fit, options: o, data: d, estimate: e}
	for i := range r.Works {
		s := &r.Works[i]
		s.N, s.Component = len(d.byWork.of(i)), d.pieces.Work[i]
		if s.N > 0 {
			s.Value, s.SE, s.Range = e.value[i], e.se[i], d.span(i)
		}
	}
	r.learned = learn(r.Works, e)
	r.Works = r.Among(d.everyWork(), o.Cuts)
	r.Judges, r.Surprise = d.profiles(e.own())
	r.Warnings = d.warnings(e)
	return r
}

// span returns the highest less the lowest raw score of a work.
func (d *data) span(work int) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, s := range d.byWork.of(work) {
		lo, hi = min(lo, d.Scores[s].Value), max(hi, d.Scores[s].Value)
	}
	return hi - lo
}

// place sets the ranks and returns the ranked works, best first. Values that differ by rounding only share a place.
func place(works []Standing) []int {
	var order []int
	for i, s := range works {
		if s.N > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(works[b].Value, works[a].Value) })
	head := 0
	for k, i := range order {
		if top := works[order[head]].Value; top-works[i].Value > 1e-9*max(1, math.Abs(top)) {
			head = k
		}
		works[i].Rank = head + 1
	}
	return order
}

// warnings lists what a reader of the result must know.
func (d *data) warnings(e *estimate) (list []Warning) {
	warn := func(w Warning) { // but not of what concerns nobody
		if count := w.Args["Count"]; count != 0 {
			list = append(list, w)
		}
	}
	if d.pieces.Count > 1 {
		warn(d.apart())
	}
	if len(d.Scores) > 0 && (e.unsure || d.freedom() <= 0) {
		warn(Warning{Text: "stats.no_residual"})
	}
	if !e.fit.Converged {
		warn(Warning{Text: "stats.not_converged", Args: judging.Args{"Rounds": e.fit.Rounds}})
	}
	works := which(d.Works, func(i int) bool { return len(d.byWork.of(i)) == 0 })
	warn(Warning{"stats.work_without_score", judging.Args{"Count": len(works)}, works, nil})
	for _, kind := range []struct {
		text string
		is   func(scores []int32) bool
	}{
		{"stats.judge_without_score", func(scores []int32) bool { return len(scores) == 0 }},
		{"stats.judge_with_one_score", func(scores []int32) bool { return len(scores) == 1 }},
		{"stats.constant_judge", func(scores []int32) bool { return len(scores) > 1 && d.constant(scores) }},
	} {
		judges := which(d.Judges, func(j int) bool { return kind.is(d.byJudge.of(j)) })
		warn(Warning{kind.text, judging.Args{"Count": len(judges)}, nil, judges})
	}
	return list
}

// apart warns of pieces without a work in common. Where nearly all works are in one, it names those that are not.
func (d *data) apart() Warning {
	w := Warning{Text: "stats.disconnected", Args: judging.Args{"Count": d.pieces.Count}}
	size := make([]int, d.pieces.Count)
	for _, p := range d.pieces.Work {
		if p >= 0 {
			size[p]++
		}
	}
	main := slices.Index(size, slices.Max(size))
	strays := which(d.Works, func(i int) bool { return d.pieces.Work[i] >= 0 && d.pieces.Work[i] != main })
	if len(strays)*10 <= scored(d.pieces.Work) {
		w.Text, w.Works, w.Args["Strays"] = "stats.strays", strays, len(strays)
	}
	return w
}

// which lists the numbers below n that are so.
func which(n int, so func(i int) bool) (list []int) {
	for i := range n {
		if so(i) {
			list = append(list, i)
		}
	}
	return list
}

// constant reports whether the listed scores are all equal.
func (d *data) constant(scores []int32) bool {
	for _, s := range scores {
		if d.Scores[s].Value != d.Scores[scores[0]].Value {
			return false
		}
	}
	return true
}
