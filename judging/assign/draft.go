package assign

import (
	"math/rand/v2"
	"slices"
)

// draft is a plan being made: the panels, and what follows from them.
type draft struct {
	rules
	rng    *rand.Rand
	panel  [][]int32 // judges of each work; the first fixed[w] never leave
	fixed  []int32
	load   []int32
	lam    []int32         // works that judges j and l share, at j*Judges+l
	can    [][]bool        // fit, and judges who have a fixed work of the category; empty for categories without works
	old    [][]int32       // judges whom each work had in the plan before; nil if there was none
	report func(phase int) // never nil
}

// newDraft returns a draft of the checked problem p that holds its fixed pairs only.
func newDraft(p *Problem, seed uint64) *draft {
	d := &draft{
		rules: newRules(p), rng: rand.New(rand.NewPCG(seed, 0x66617969)),
		panel: make([][]int32, p.Works), fixed: make([]int32, p.Works), load: make([]int32, p.Judges), lam: make([]int32, p.Judges*p.Judges),
	}
	d.tell(nil)
	d.setFixed()
	d.can = make([][]bool, len(d.pool))
	for w, k := range d.kind {
		if d.can[k] == nil {
			d.can[k] = slices.Clone(d.fit[k])
		}
		for _, j := range d.panel[w] {
			d.can[k][j] = true
		}
	}
	return d
}

// setFixed seats the fixed pairs; a work with more of them than it needs, needs them all.
func (d *draft) setFixed() {
	size := 0
	for _, n := range d.need {
		size += min(int(n), d.p.Judges)
	}
	seats := make([]int32, size) // one piece for all panels
	for w, n := range d.need {
		n = min(n, int32(d.p.Judges))
		d.panel[w], seats = seats[:0:n], seats[n:]
	}
	for _, q := range d.p.Fixed {
		if w, j := int32(q.Work), int32(q.Judge); !holds(d.panel[w], j) {
			d.add(w, j)
			d.fixed[w]++
			d.need[w] = max(d.need[w], d.fixed[w])
		}
	}
}

// shared is the cell of judges a and b in the table of shared works.
func (d *draft) shared(a, b int32) *int32 { return &d.lam[int(a)*d.p.Judges+int(b)] }

// share adds by to the works that j shares with each of panel.
func (d *draft) share(j int32, panel []int32, by int32) {
	for _, m := range panel {
		if m != j {
			*d.shared(j, m) += by
			*d.shared(m, j) += by
		}
	}
}

func (d *draft) add(w, j int32) {
	d.share(j, d.panel[w], 1)
	d.panel[w] = append(d.panel[w], j)
	d.load[j]++
}

func (d *draft) drop(w, j int32) {
	i := slices.Index(d.panel[w], j)
	d.panel[w] = slices.Delete(d.panel[w], i, i+1)
	d.share(j, d.panel[w], -1)
	d.load[j]--
}

// replace puts in on work w in the place of out.
func (d *draft) replace(w, out, in int32) {
	d.share(out, d.panel[w], -1)
	d.panel[w][slices.Index(d.panel[w], out)] = in
	d.share(in, d.panel[w], 1)
	d.load[out]--
	d.load[in]++
}

// joins reports whether j may join work w once out has left it (out < 0: nobody leaves).
func (d *draft) joins(w, out, j int32) bool {
	if !d.fits(w, j) {
		return false
	}
	if holds(d.panel[w], j) {
		return false
	}
	return (!d.p.NoTwoOfOneUnit || d.unitFree(w, out, j)) && (!d.p.NeedSenior || d.seniorLeft(w, out, j))
}

func (d *draft) unitFree(w, out, j int32) bool {
	unit := d.p.Unit
	if unit == nil || unit[j] == 0 {
		return true
	}
	for _, m := range d.panel[w] {
		if m != out && unit[m] == unit[j] {
			return false
		}
	}
	return true
}

// seniorLeft reports whether w, once full, can still have a senior judge: juniors may take all seats but one.
func (d *draft) seniorLeft(w, out, j int32) bool {
	if d.senior(j) {
		return true
	}
	juniors := int32(1)
	for _, m := range d.panel[w] {
		if m != out && !d.senior(m) {
			juniors++
		}
	}
	return juniors < d.need[w]
}

// movable returns the judges of w who may still be changed.
func (d *draft) movable(w int32) []int32 { return d.panel[w][d.fixed[w]:] }

// holes returns how many judges w still lacks.
func (d *draft) holes(w int32) int32 { return d.need[w] - int32(len(d.panel[w])) }

// squares returns Σλ².
func (d *draft) squares() (sum int64) {
	for j := range d.p.Judges {
		for _, v := range d.lam[j*d.p.Judges : j*d.p.Judges+j] {
			sum += int64(v) * int64(v)
		}
	}
	return sum
}

// holds reports whether x is one of set.
func holds(set []int32, x int32) bool {
	for _, y := range set {
		if y == x {
			return true
		}
	}
	return false
}
