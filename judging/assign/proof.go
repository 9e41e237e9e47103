package assign

import (
	"fayi/judging"
)

// Plan says who scores what, and proves how good that is.
type Plan struct {
	Panels [][]int // judges of each work, ascending
	Proof  Proof
}

// Pairs returns the plan as pairs, by work, then judge.
func (p Plan) Pairs() []Pair {
	var pairs []Pair
	for w, panel := range p.Panels {
		for _, j := range panel {
			pairs = append(pairs, Pair{w, j})
		}
	}
	return pairs
}

// Proof is what anyone can recompute from the panels.
type Proof struct {
	Seed             uint64
	Loads            []int // works of each judge
	MinLoad, MaxLoad int   // over judges who are not closed
	Overall          Link
	Categories       []Link // one for each category that has works, ascending
	PairSumSquares   int64  // Σλ²
	Bound            int64  // no plan of this problem has a smaller Σλ²
	AEfficiency      float64
	Lambda2          float64
	Strangers        int // pairs outside a judge's categories, under Prefer
	Warnings         []Warning
}

// Link says how the works of one category (-1: all works) connect the judges who score them: one group means that all are comparable.
type Link struct {
	Category      int
	Works, Judges int
	Groups        [][]int
}

// Warning is something a person should see before the plan is published. Key is a catalogue key; the other fields are its facts.
type Warning struct {
	Key      string
	Category int // -1: all
	Groups   [][]int
	Pairs    []Pair
	Value    float64
}

// Disconnected says that judges fall into groups without a common work though the data do not force it. The plan returned beside it is complete.
type Disconnected struct{ Links []Link }

// Error names the groups in one line for a log.
func (e *Disconnected) Error() string { return e.Unwrap().Error() }

// Unwrap returns the error a user sees.
func (e *Disconnected) Unwrap() error {
	return judging.Fail(judging.Clash, "assign.disconnected", judging.Args{"Groups": len(e.Links[0].Groups)})
}
