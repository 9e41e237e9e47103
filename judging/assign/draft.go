package assign

import (
	"math/rand/v2"
	"slices"
)

// draft is a plan being made: the panels, and what follows from them.
type draft struct {
	rules
	rng      *rand.Rand
	panels   [][]int32 // judges of each work; the first fixed[w] never leave
	fixed    []int32
	loads    []int32
	lambda   []int32         // works that judges j and l share, at j*Judges+l
	scorers  [][]bool        // fit, and judges who have a fixed work of the category; empty for categories without works
	previous [][]int32       // judges whom each work had in the plan before; nil if there was none
	progress func(phase int) // never nil
}

// newDraft returns a draft of the checked problem p that holds its fixed pairs only.
func newDraft(p *Problem, seed uint64) *draft {
	d := &draft{
		rules: newRules(p), rng: rand.New(rand.NewPCG(seed, 0x66617969)),
		panels: make([][]int32, p.Works), fixed: make([]int32, p.Works), loads: make([]int32, p.Judges), lambda: make([]int32, p.Judges*p.Judges),
	}
	d.reportTo(nil)
	d.assignFixed()
	d.scorers = make([][]bool, len(d.pool))
	for w, k := range d.category {
		if d.scorers[k] == nil {
			d.scorers[k] = slices.Clone(d.eligible[k])
		}
		for _, j := range d.panels[w] {
			d.scorers[k][j] = true
		}
	}
	return d
}

// setFixed seats the fixed pairs; a work with more of them than it needs, needs them all.
func (d *draft) assignFixed() {
	size := 0
	for _, n := range d.need {
		size += min(int(n), d.problem.Judges)
	}
	seats := make([]int32, size) // one piece for all panels
	for w, n := range d.need {
		n = min(n, int32(d.problem.Judges))
		d.panels[w], seats = seats[:0:n], seats[n:]
	}
	for _, q := range d.problem.Fixed {
		if w, j := int32(q.Work), int32(q.Judge); !contains(d.panels[w], j) {
			d.add(w, j)
			d.fixed[w]++
			d.need[w] = max(d.need[w], d.fixed[w])
		}
	}
}

// shared is the cell of judges a and b in the table of shared works.
func (d *draft) lambdaOf(a, b int32) *int32 { return &d.lambda[int(a)*d.problem.Judges+int(b)] }

// share adds by to the works that j shares with each of panel.
func (d *draft) addShared(j int32, panel []int32, by int32) {
	for _, m := range panel {
		if m != j {
			*d.lambdaOf(j, m) += by
			*d.lambdaOf(m, j) += by
		}
	}
}

func (d *draft) add(w, j int32) {
	d.addShared(j, d.panels[w], 1)
	d.panels[w] = append(d.panels[w], j)
	d.loads[j]++
}

func (d *draft) drop(w, j int32) {
	i := slices.Index(d.panels[w], j)
	d.panels[w] = slices.Delete(d.panels[w], i, i+1)
	d.addShared(j, d.panels[w], -1)
	d.loads[j]--
}

// replace puts in on work w in the place of out.
func (d *draft) replace(w, out, in int32) {
	d.addShared(out, d.panels[w], -1)
	d.panels[w][slices.Index(d.panels[w], out)] = in
	d.addShared(in, d.panels[w], 1)
	d.loads[out]--
	d.loads[in]++
}

// joins reports whether j may join work w once out has left it (out < 0: nobody leaves).
func (d *draft) canJoin(w, out, j int32) bool {
	if !d.allows(w, j) {
		return false
	}
	if contains(d.panels[w], j) {
		return false
	}
	return (!d.problem.NoTwoOfOneUnit || d.unitAllows(w, out, j)) && (!d.problem.NeedSenior || d.leavesSeniorSeat(w, out, j))
}

func (d *draft) unitAllows(w, out, j int32) bool {
	unit := d.problem.Unit
	if unit == nil || unit[j] == 0 {
		return true
	}
	for _, m := range d.panels[w] {
		if m != out && unit[m] == unit[j] {
			return false
		}
	}
	return true
}

// seniorLeft reports whether w, once full, can still have a senior judge: juniors may take all seats but one.
func (d *draft) leavesSeniorSeat(w, out, j int32) bool {
	if d.senior(j) {
		return true
	}
	juniors := int32(1)
	for _, m := range d.panels[w] {
		if m != out && !d.senior(m) {
			juniors++
		}
	}
	return juniors < d.need[w]
}

// movable returns the judges of w who may still be changed.
func (d *draft) movable(w int32) []int32 { return d.panels[w][d.fixed[w]:] }

// holes returns how many judges w still lacks.
func (d *draft) missing(w int32) int32 { return d.need[w] - int32(len(d.panels[w])) }

// squares returns Σλ².
func (d *draft) pairSquares() (sum int64) {
	for j := range d.problem.Judges {
		for _, v := range d.lambda[j*d.problem.Judges : j*d.problem.Judges+j] {
			sum += int64(v) * int64(v)
		}
	}
	return sum
}

// holds reports whether x is one of set.
func contains(set []int32, x int32) bool {
	for _, y := range set {
		if y == x {
			return true
		}
	}
	return false
}
