package assign

import (
	"math/rand/v2"
	"slices"
)

// draft is a plan being made: the panels, and what follows from them.
type draft struct {
	p     *Problem
	rng   *rand.Rand
	kind  []int32   // category of each work
	need  []int32   // judges each work needs, never less than its fixed ones
	panel [][]int32 // judges of each work; the first fixed[w] never leave
	fixed []int32
	load  []int32
	lam   []int32 // works that judges j and l share, at j*Judges+l
	pool  [][]int32
	fit   [][]bool // by category and judge: may score it at all
	known [][]bool // by category and judge: it is one of his
	can   [][]bool // by category and judge: may have a work of it, were it only a fixed one; empty where there are no works
	most  []int32  // load limits
	least []int32
	bars  [][]int32
	wish  [][]seatWish // wishes for each work
	old   [][]int32    // judges whom each work had before; nil if there was no plan

	report  func(done int)
	content bool // no wish and no preference: Σλ² is all that counts
}

type seatWish struct {
	judge  int32
	weight int
}

// newDraft returns a draft of the checked problem p that holds its fixed pairs only.
func newDraft(p *Problem, seed uint64) *draft {
	d := &draft{
		p: p, rng: rand.New(rand.NewPCG(seed, 0x66617969)),
		kind: make([]int32, p.Works), need: make([]int32, p.Works), panel: make([][]int32, p.Works), fixed: make([]int32, p.Works),
		load: make([]int32, p.Judges), most: make([]int32, p.Judges), least: make([]int32, p.Judges), lam: make([]int32, p.Judges*p.Judges),
		bars: make([][]int32, p.Works), wish: make([][]seatWish, p.Works),
	}
	kinds := 0
	for w := range p.Works {
		d.kind[w], d.need[w] = int32(p.category(w)), int32(p.need(w))
		kinds = max(kinds, p.category(w)+1)
	}
	for j := range p.Judges {
		d.most[j], d.least[j] = int32(p.most(j)), int32(p.least(j))
	}
	d.setPools(kinds)
	for _, q := range p.Conflicts {
		d.bars[q.Work] = append(d.bars[q.Work], int32(q.Judge))
	}
	for _, q := range p.Wishes {
		d.wish[q.Work] = append(d.wish[q.Work], seatWish{int32(q.Judge), q.Weight})
	}
	d.setFixed()
	d.tell(nil)
	d.content = len(p.Wishes) == 0 && (p.Match != Prefer || !slices.ContainsFunc(d.known, func(k []bool) bool { return slices.Contains(k, false) }))
	return d
}

func (d *draft) setPools(kinds int) {
	d.pool, d.fit, d.known = make([][]int32, kinds), make([][]bool, kinds), make([][]bool, kinds)
	for c := range kinds {
		d.fit[c], d.known[c] = make([]bool, d.p.Judges), make([]bool, d.p.Judges)
		for j := range d.p.Judges {
			d.known[c][j] = d.p.expert(j, c)
			if d.p.open(j) && (d.p.Match != Force || d.known[c][j]) {
				d.fit[c][j] = true
				d.pool[c] = append(d.pool[c], int32(j))
			}
		}
	}
}

func (d *draft) setFixed() {
	size := 0
	for _, n := range d.need {
		size += int(n)
	}
	seats := make([]int32, size)
	for w, n := range d.need {
		d.panel[w], seats = seats[:0:n], seats[n:]
	}
	for _, q := range d.p.Fixed {
		if !slices.Contains(d.panel[q.Work], int32(q.Judge)) {
			d.add(int32(q.Work), int32(q.Judge))
			d.fixed[q.Work]++
		}
	}
	d.can = make([][]bool, len(d.pool))
	for w, f := range d.fixed {
		d.need[w] = max(d.need[w], f)
		c := d.kind[w]
		if d.can[c] == nil {
			d.can[c] = slices.Clone(d.fit[c])
		}
		for _, j := range d.panel[w] {
			d.can[c][j] = true
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

// fits reports whether judge j may score work w at all.
func (d *draft) fits(w, j int32) bool {
	return d.fit[d.kind[w]][j] && !holds(d.bars[w], j)
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

func (d *draft) senior(j int32) bool { return d.p.Senior != nil && d.p.Senior[j] }

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

// taste is how much the wishes want j on w, in units of Σλ².
func (d *draft) taste(w, j int32) (sum int) {
	for _, q := range d.wish[w] {
		if q.judge == j {
			sum += q.weight
		}
	}
	if d.stranger(w, j) {
		sum -= strangerCost
	}
	return sum
}

// stranger reports whether w lies outside j's categories though he may score it.
func (d *draft) stranger(w, j int32) bool { return d.p.Match == Prefer && !d.known[d.kind[w]][j] }

// holds reports whether x is one of set.
func holds(set []int32, x int32) bool {
	for _, y := range set {
		if y == x {
			return true
		}
	}
	return false
}
