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

func (d *data) scoredWorks() int  { return scored(d.pieces.Work) }
func (d *data) scoredJudges() int { return scored(d.pieces.Judge) }

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
	scale, noise2        []float64 // noise2 is the variance of a score of weight 1
	tau2                 float64   // prior variance of values; +Inf where the method does not shrink
	weighted             bool      // whether weights count
	fit                  Fit
	warnings             []Warning
	lines                *estimate // whose lines tell about the judges, where the method has none; else nil
}

func (d *data) newEstimate() *estimate {
	e := &estimate{
		value: make([]float64, d.Works), se: make([]float64, d.Works),
		severity: make([]float64, d.Judges), severitySE: make([]float64, d.Judges),
		scale: make([]float64, d.Judges), noise2: make([]float64, d.Judges),
		tau2: math.Inf(1), fit: Fit{Converged: true, Components: d.pieces.Count},
	}
	for j := range e.scale {
		e.scale[j] = 1
	}
	return e
}

// result turns an estimate into standings and profiles.
func (d *data) result(m Method, o Options, e *estimate) Result {
	r := Result{Method: m, Works: make([]Standing, d.Works), Fit: e.fit, Warnings: append(d.warnings(), e.warnings...)}
	for i := range r.Works {
		s := &r.Works[i]
		s.N, s.Component = len(d.byWork.of(i)), d.pieces.Work[i]
		if s.N > 0 {
			s.Value, s.SE, s.Range = e.value[i], e.se[i], d.spread(i)
		}
	}
	order := place(r.Works)
	intervals(r.Works, order, o.Cuts)
	lines := e
	if e.lines != nil {
		lines = e.lines
	}
	r.Judges, r.Surprise = d.profiles(lines)
	return r
}

// warnings lists what is odd about the table, whatever the method.
func (d *data) warnings() (list []Warning) {
	warn := func(key string, args judging.Args) { list = append(list, Warning{key, args}) }
	if d.pieces.Count > 1 {
		warn("stats.disconnected", judging.Args{"Count": d.pieces.Count})
	}
	for i := range d.Works {
		if len(d.byWork.of(i)) == 0 {
			warn("stats.work_without_score", judging.Args{"Work": i})
		}
	}
	for j := range d.Judges {
		switch scores := d.byJudge.of(j); {
		case len(scores) == 0:
			warn("stats.judge_without_score", judging.Args{"Judge": j})
		case len(scores) == 1:
			warn("stats.judge_with_one_score", judging.Args{"Judge": j})
		case d.constant(scores):
			warn("stats.constant_judge", judging.Args{"Judge": j, "Count": len(scores)})
		}
	}
	return list
}

func (d *data) constant(scores []int32) bool {
	for _, s := range scores {
		if d.Scores[s].Value != d.Scores[scores[0]].Value {
			return false
		}
	}
	return true
}

// spread returns the highest less the lowest raw score of a work.
func (d *data) spread(work int) float64 {
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
