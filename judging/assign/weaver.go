package assign

import (
	"context"
	"slices"
)

// To join two groups the best of bridgeDraws swaps is taken, or the first after them; bridgeTries end the search.
const (
	bridgeDraws = 400
	bridgeTries = 4_000
)

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
	for len(works) > 0 && v.groups[k] > 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		s, ok := v.bridge(k, works)
		if !ok {
			return nil
		}
		v.trade(s)
		_, v.groups[v.kind[s.v]] = v.forest(v.works[v.kind[s.v]])
		_, v.groups[k] = v.forest(v.works[k])
	}
	return nil
}

// bridge returns a swap that brings a judge of one group onto a work of another, for one of his works elsewhere, and leaves fewer groups in set k and no more in
// the category of that work. Of those it finds it takes the one that adds least to Σλ².
func (v *weaver) bridge(k int, works []int32) (best swap, found bool) {
	f, _ := v.forest(v.works[k])
	least := 0
	for t := 0; t < bridgeTries && (t < bridgeDraws || !found); t++ {
		s, ok := v.across(f, works, v.works[k])
		if !ok {
			continue
		}
		_, gain := v.worth(s)
		if (!found || gain > least) && gain > -strangerCost/2 && v.joinsGroups(s, k) {
			best, least, found = s, gain, true
		}
	}
	return best, found
}

// across draws a swap that the rules allow, of a judge on one of works with one who has another of all, in another group of f.
func (v *weaver) across(f forest, works, all []int32) (s swap, ok bool) {
	s.w, s.both = works[v.rng.IntN(len(works))], true
	other := v.panel[all[v.rng.IntN(len(all))]]
	if len(other) == 0 || f.root(v.panel[s.w][0]) == f.root(other[0]) {
		return s, false
	}
	m := v.movable(s.w)
	s.a, s.b = m[v.rng.IntN(len(m))], other[v.rng.IntN(len(other))]
	if v.busy[s.b] == 0 || !v.joins(s.w, s.a, s.b) {
		return s, false
	}
	s.v = v.anyDuty(s.b)
	return s, s.v != s.w && v.joins(s.v, s.b, s.a)
}

// joinsGroups tries s and reports whether it leaves fewer groups in set k, and no more in the category of its second work.
func (v *weaver) joinsGroups(s swap, k int) bool {
	v.swap(s)
	defer v.swap(s.back())
	if _, n := v.forest(v.works[k]); n >= v.groups[k] {
		return false
	}
	third := int(v.kind[s.v])
	_, n := v.forest(v.works[third])
	return third == k || n <= v.groups[third]
}

// trade makes s and keeps the duties right.
func (v *weaver) trade(s swap) {
	v.move(s.w, s.a, s.b)
	v.move(s.v, s.b, s.a)
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
