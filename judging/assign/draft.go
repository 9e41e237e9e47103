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
	scorers  [][]bool        // by category: eligible judges and those with a fixed work; nil if it has no works
	previous [][]int32       // judges of each work in the plan before; nil if there was none
	progress func(phase int) // in per mille; never nil
}

// randomStream is the second half of the generator's state, next to the seed of the plan: “fayi” in ASCII. Any
// constant would do, but another one would give other plans for the same seeds.
const randomStream = 0x66617969

// newDraft returns a draft of the checked problem p that holds its fixed pairs only.
func newDraft(p *Problem, seed uint64) *draft {
	d := &draft{
		rules:  newRules(p),
		rng:    rand.New(rand.NewPCG(seed, randomStream)),
		panels: make([][]int32, p.Works),
		fixed:  make([]int32, p.Works),
		loads:  make([]int32, p.Judges),
		lambda: make([]int32, p.Judges*p.Judges),
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

// assignFixed assigns the fixed pairs. If a work has more fixed judges than required, its requirement is raised to
// match.
func (d *draft) assignFixed() {
	size := 0
	for _, n := range d.need {
		size += min(int(n), d.problem.Judges)
	}
	seats := make([]int32, size) // one allocation for all panels
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

// lambdaOf is the cell of judges a and b in the table of shared works.
func (d *draft) lambdaOf(a, b int32) *int32 { return &d.lambda[int(a)*d.problem.Judges+int(b)] }

// addShared adds by to the number of works that j shares with each of panel.
func (d *draft) addShared(j int32, panel []int32, by int32) {
	for _, m := range panel {
		if m != j {
			*d.lambdaOf(j, m) += by
			*d.lambdaOf(m, j) += by
		}
	}
}

// add puts j on work w.
func (d *draft) add(w, j int32) {
	d.addShared(j, d.panels[w], 1)
	d.panels[w] = append(d.panels[w], j)
	d.loads[j]++
}

// drop takes j off work w.
func (d *draft) drop(w, j int32) {
	i := slices.Index(d.panels[w], j)
	d.panels[w] = slices.Delete(d.panels[w], i, i+1)
	d.addShared(j, d.panels[w], -1)
	d.loads[j]--
}

// replace puts judge in on work w in place of judge out.
func (d *draft) replace(w, out, in int32) {
	d.addShared(out, d.panels[w], -1)
	d.panels[w][slices.Index(d.panels[w], out)] = in
	d.addShared(in, d.panels[w], 1)
	d.loads[out]--
	d.loads[in]++
}

// canJoin reports whether j may join work w once out has left it (out < 0: nobody leaves).
func (d *draft) canJoin(w, out, j int32) bool {
	if !d.allows(w, j) || contains(d.panels[w], j) {
		return false
	}
	return (!d.problem.NoTwoOfOneUnit || d.unitAllows(w, out, j)) &&
		(!d.problem.NeedSenior || d.leavesSeniorSeat(w, out, j))
}

// unitAllows reports whether nobody on w but out is of the unit of j.
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

// leavesSeniorSeat reports whether w can still get a senior judge once j has replaced out: juniors may take all
// seats but one.
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

// missing returns how many judges w still lacks.
func (d *draft) missing(w int32) int32 { return d.need[w] - int32(len(d.panels[w])) }

// pairSquares returns Σλ² over pairs of judges.
func (d *draft) pairSquares() (sum int64) {
	for j := range d.problem.Judges {
		for _, v := range d.lambda[j*d.problem.Judges : j*d.problem.Judges+j] {
			sum += int64(v) * int64(v)
		}
	}
	return sum
}

// contains reports whether x is one of set.
func contains(set []int32, x int32) bool {
	for _, y := range set {
		if y == x {
			return true
		}
	}
	return false
}
