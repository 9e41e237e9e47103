package assign

import (
	"slices"

	"fayi/judging"
)

// goodEfficiency is the A-efficiency below which the organiser is warned.
const goodEfficiency = .9

// Plan says who scores what, and proves how good that is.
type Plan struct {
	Panels [][]int // judges of each work, ascending
	Proof  Proof
}

// Pairs returns the plan as pairs, by work, then judge.
func (p Plan) Pairs() (pairs []Pair) {
	for w, panel := range p.Panels {
		for _, j := range panel {
			pairs = append(pairs, Pair{w, j})
		}
	}
	return pairs
}

// Proof holds the figures of a plan, which anyone can recompute from its panels.
type Proof struct {
	Seed             uint64
	Loads            []int // works of each judge
	MinLoad, MaxLoad int   // over the judges who may score any of the works, see canScoreAny
	Overall          Link
	Categories       []Link  // one for each category that has works, ascending
	PairSumSquares   int64   // Σλ² over pairs of judges, λ the works they share
	Bound            int64   // no plan has a smaller Σλ²
	AEfficiency      float64 // 0..1, of the least efficient group of two judges or more; 0 if there is none
	Lambda2          float64 // E-efficiency of the same group: λ₂ of the Laplacian over its greatest possible mean
	Strangers        int     // pairs outside the judge's categories, under Prefer
	Warnings         []Warning
}

// Link says how the works of one category (-1: all works) connect the judges who score them. One group: all are
// comparable.
type Link struct {
	Category      int
	Works, Judges int
	Groups        [][]int
}

// Warning is something a person should see before the plan is published. Key is a catalogue key; the other fields
// are set where they matter to it.
type Warning struct {
	Key      string
	Category int // -1: none in particular
	Groups   [][]int
	Pairs    []Pair
	Value    float64
}

// Disconnected says that works of one category lie in groups of judges without a common work, though the data do
// not force it. Solve returns it together with a complete plan.
type Disconnected struct{ Links []Link }

// Error names the groups in one line for a log.
func (e *Disconnected) Error() string { return e.Unwrap().Error() }

// Unwrap returns the error a user sees.
func (e *Disconnected) Unwrap() error {
	first := e.Links[0]
	return judging.Fail(judging.Clash, "assign.disconnected", judging.Args{
		"Category": first.Category,
		"Groups":   len(first.Groups),
	})
}

// plan copies the draft into a Plan with its proof. The error is a *Disconnected if a category is split without
// need.
func (d *draft) plan(seed uint64) (Plan, error) {
	plan := Plan{Panels: make([][]int, len(d.panels)), Proof: d.proof()}
	plan.Proof.Seed = seed
	for w, panel := range d.panels {
		judges := make([]int, 0, len(panel))
		for _, j := range panel {
			judges = append(judges, int(j))
		}
		slices.Sort(judges)
		plan.Panels[w] = judges
	}
	var apart Disconnected
	for _, category := range d.splitCategories() {
		l := d.components(-1)
		l.Category = category
		if d.splitIsForced(category) {
			split := Warning{Key: "assign.torn", Category: category, Groups: l.Groups}
			plan.Proof.Warnings = append(plan.Proof.Warnings, split)
		} else {
			apart.Links = append(apart.Links, l)
		}
	}
	if apart.Links != nil {
		return plan, &apart
	}
	return plan, nil
}

// proof computes the figures of the draft.
func (d *draft) proof() Proof {
	q := Proof{
		Overall:        d.components(-1),
		PairSumSquares: d.pairSquares(),
		Bound:          d.bound(proofRounds),
		Loads:          make([]int, len(d.loads)),
		MinLoad:        len(d.panels),
	}
	for j, l := range d.loads {
		q.Loads[j] = int(l)
		if d.canScoreAny(j) {
			q.MinLoad, q.MaxLoad = min(q.MinLoad, int(l)), max(q.MaxLoad, int(l))
		}
	}
	q.MinLoad = min(q.MinLoad, q.MaxLoad)
	for k := range d.pool {
		if l := d.components(k); l.Works > 0 {
			q.Categories = append(q.Categories, l)
		}
	}
	for w, panel := range d.panels {
		for _, j := range panel {
			if d.outside(int32(w), j) {
				q.Strangers++
			}
		}
	}
	q.AEfficiency, q.Lambda2 = d.efficiency(q.Overall.Groups)
	q.Warnings = d.warnings(q)
	return q
}

// canScoreAny reports whether judge j may score any of the works there are.
func (d *draft) canScoreAny(j int) bool {
	for k, can := range d.scorers {
		if can != nil && d.eligible[k][j] {
			return true
		}
	}
	return false
}

// warnings lists what the figures and the fixed pairs give reason to doubt.
func (d *draft) warnings(q Proof) (list []Warning) {
	if q.AEfficiency < goodEfficiency && q.AEfficiency > 0 {
		list = append(list, Warning{Key: "assign.low_comparability", Category: -1, Value: q.AEfficiency})
	}
	if q.MaxLoad > q.MinLoad+1 {
		list = append(list, Warning{Key: "assign.uneven_loads", Category: -1, Value: float64(q.MaxLoad - q.MinLoad)})
	}
	for _, l := range q.Categories {
		if len(l.Groups) > 1 {
			list = append(list, Warning{Key: "assign.category_pieces", Category: l.Category, Groups: l.Groups})
		}
	}
	var broken, junior []Pair
	for w, panel := range d.panels {
		seniors := 0
		for i, j := range panel {
			if d.senior(j) {
				seniors++
			}
			if i < int(d.fixed[w]) &&
				(contains(d.conflicts[w], j) || d.problem.Match == Force && !d.expert[d.category[w]][j] ||
					d.problem.NoTwoOfOneUnit && !d.unitAllows(int32(w), j, j)) {
				broken = append(broken, Pair{w, int(j)})
			}
		}
		if d.problem.NeedSenior && seniors == 0 && len(panel) > 0 {
			junior = append(junior, Pair{w, -1})
		}
	}
	if broken != nil {
		list = append(list, Warning{Key: "assign.fixed_breaks_rule", Category: -1, Pairs: broken})
	}
	if junior != nil {
		list = append(list, Warning{Key: "assign.no_senior", Category: -1, Pairs: junior})
	}
	return list
}
