package assign

import (
	"context"
	"slices"
)

// connectTries bounds the exchanges tried for each group of judges too many.
const connectTries = 2_000

// weaver joins groups of judges. Its sets of works are the categories and, last, all works.
type weaver struct {
	*chains
	works  [][]int32
	groups []int // of judges, in each set
}

// connect joins the groups of judges within each category, then those that split a category over all works, by exchanges that leave the loads as they are.
func (d *draft) connect(ctx context.Context) error {
	v := &weaver{works: d.byKind()}
	for _, works := range v.works {
		_, n := d.forest(works)
		v.groups = append(v.groups, n)
	}
	all := len(d.pool)
	if slices.Max(v.groups) < 2 {
		return nil
	}
	v.chains = newChains(d)
	for k := range d.pool {
		if err := v.gather(ctx, k); err != nil {
			return err
		}
	}
	if len(d.torn()) == 0 {
		return nil
	}
	return v.gather(ctx, all)
}

// byKind returns the works of each category and, last, all works.
func (d *draft) byKind() [][]int32 {
	works := make([][]int32, len(d.pool)+1)
	for w, k := range d.kind {
		works[k] = append(works[k], int32(w))
		works[len(d.pool)] = append(works[len(d.pool)], int32(w))
	}
	return works
}

// gather lowers the number of groups in set k as far as it can.
func (v *weaver) gather(ctx context.Context, k int) error {
	works := slices.DeleteFunc(slices.Clone(v.works[k]), func(w int32) bool { return v.need[w] < 2 || len(v.movable(w)) == 0 })
	if len(works) == 0 {
		return nil
	}
	f, _ := v.forest(v.works[k])
	for t := 0; t < connectTries*v.groups[k] && v.groups[k] > 1; t++ {
		if t%64 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		w, other := works[v.rng.IntN(len(works))], v.works[k][v.rng.IntN(len(v.works[k]))]
		if len(v.panel[other]) > 0 && f.root(v.panel[w][0]) != f.root(v.panel[other][0]) && v.bridge(w, other, k) {
			f, _ = v.forest(v.works[k])
		}
	}
	return nil
}

// bridge brings a judge of other onto w, in exchange on another of his works, if that leaves fewer groups in set k and no more in the third work's category.
func (v *weaver) bridge(w, other int32, k int) bool {
	m := v.movable(w)
	a, b := m[v.rng.IntN(len(m))], v.panel[other][v.rng.IntN(len(v.panel[other]))]
	if v.busy[b] == 0 || !v.joins(w, a, b) {
		return false
	}
	u := v.anyDuty(b)
	if u == w || !v.joins(u, b, a) || v.strangers(w, a, b)+v.strangers(u, b, a) > 0 {
		return false
	}
	v.move(w, a, b)
	v.move(u, b, a)
	_, now := v.forest(v.works[k])
	if now < v.groups[k] {
		third := int(v.kind[u])
		if _, n := v.forest(v.works[third]); third == k || n <= v.groups[third] {
			v.groups[third], v.groups[k] = n, now
			return true
		}
	}
	v.move(u, a, b)
	v.move(w, b, a)
	return false
}

// strangers returns how many more judges on w are outside their categories once in sits for out.
func (d *draft) strangers(w, out, in int32) (more int) {
	if d.stranger(w, in) {
		more++
	}
	if out >= 0 && d.stranger(w, out) {
		more--
	}
	return more
}

// forest returns the judges joined by works, and into how many groups.
func (d *draft) forest(works []int32) (f forest, groups int) {
	f = newForest(d.p.Judges)
	busy := make([]bool, d.p.Judges)
	for _, w := range works {
		panel := d.panel[w]
		for _, j := range panel {
			if !busy[j] {
				busy[j] = true
				groups++
			}
			if f.join(panel[0], j) {
				groups--
			}
		}
	}
	return f, groups
}

// torn returns the categories whose works lie in more than one of the groups of judges that all works leave: no method can compare their scores.
func (d *draft) torn() (kinds []int) {
	f := newForest(d.p.Judges)
	for _, panel := range d.panel {
		for _, j := range panel {
			f.join(panel[0], j)
		}
	}
	home := make([]int32, len(d.pool))
	for w, panel := range d.panel {
		if len(panel) == 0 {
			continue
		}
		k, r := d.kind[w], f.root(panel[0])+1
		if home[k] != 0 && home[k] != r && !slices.Contains(kinds, int(k)) {
			kinds = append(kinds, int(k))
		}
		home[k] = r
	}
	slices.Sort(kinds)
	return kinds
}

// forced reports whether the data alone keep judges of category kind apart: no works could link them, or too few for so many judges at work, or none may change.
func (d *draft) forced(kind int) bool {
	may := newForest(d.p.Judges)
	asked := make([]bool, len(d.pool))
	for w, k := range d.kind {
		if d.need[w] < 2 || asked[k] && len(d.bars[w]) == 0 && d.fixed[w] == 0 {
			continue
		}
		asked[k] = asked[k] || len(d.bars[w]) == 0
		for j := range int32(d.p.Judges) {
			if d.fits(int32(w), j) || holds(d.panel[w], j) {
				may.join(d.panel[w][0], j)
			}
		}
	}
	home := int32(-1)
	for w, k := range d.kind {
		for _, j := range d.panel[w] {
			if int(k) == kind && home >= 0 && may.root(j) != home {
				return true
			}
			if int(k) == kind {
				home = may.root(j)
			}
		}
	}
	links, judges, open := 0, 0, 0
	for w, panel := range d.panel {
		if len(panel) > 0 && may.root(panel[0]) == home {
			links += len(panel) - 1
			open += len(d.movable(int32(w)))
		}
	}
	for j, l := range d.load {
		if l > 0 && may.root(int32(j)) == home {
			judges++
		}
	}
	return open == 0 || links < judges-1
}
