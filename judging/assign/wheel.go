package assign

import "slices"

// wheelTries bounds the search for base blocks, wheelStall the tries without a gain for each place; a try takes some 100 ns.
const (
	wheelTries = 4_000_000
	wheelStall = 1_000
)

// turn deals cyclic designs wherever nothing limits expertise: judges of a pool that shares no judge with another stand on a wheel of m places, a base block is a
// panel on it, and turning it through all places gives m works in which every judge sits equally often and judges at distance x meet as often as x occurs as a
// difference within the block (Bose 1939). So Σλ² is a sum over m/2 difference counts, small enough to be searched to the bound.
func (d *draft) turn() {
	if d.p.NoTwoOfOneUnit || d.p.NeedSenior || !d.content {
		return
	}
	for _, works := range d.circles() {
		d.turnPool(works)
	}
}

// circles returns the works, one set for each pool that shares no judge with another pool, by category within.
func (d *draft) circles() (sets [][]int32) {
	pools := newForest(len(d.pool))
	first := make([]int32, d.p.Judges)
	for c, pool := range d.pool {
		for _, j := range pool {
			if first[j] == 0 {
				first[j] = int32(c) + 1
			}
			pools.join(first[j]-1, int32(c))
		}
	}
	by := make([][]int32, len(d.pool))
	for w, c := range d.kind {
		by[c] = append(by[c], int32(w))
	}
	whole := make([]bool, len(d.pool))
	for c := range d.pool {
		whole[c] = true
	}
	for c := range d.pool {
		r := pools.root(int32(c))
		whole[r] = whole[r] && slices.Equal(d.pool[c], d.pool[r])
	}
	sets = make([][]int32, len(d.pool))
	for c, works := range by {
		if r := pools.root(int32(c)); whole[r] {
			d.rng.Shuffle(len(works), func(a, b int) { works[a], works[b] = works[b], works[a] })
			sets[r] = append(sets[r], works...)
		}
	}
	return sets
}

// turnPool deals whole turns to works, which share one pool; works beyond the last whole turn stay empty.
func (d *draft) turnPool(works []int32) {
	if len(works) == 0 {
		return
	}
	pool := slices.Clone(d.pool[d.kind[works[0]]])
	if !d.turnable(works, pool) {
		return
	}
	m := len(pool)
	d.rng.Shuffle(m, func(a, b int) { pool[a], pool[b] = pool[b], pool[a] })
	slices.SortStableFunc(works, func(a, b int32) int { return int(d.need[a] - d.need[b]) })
	b := newBlocks(m, d.rng)
	var whole []int32
	for len(works) > 0 {
		n := d.need[works[0]]
		same := slices.IndexFunc(works, func(w int32) bool { return d.need[w] != n })
		if same < 0 {
			same = len(works)
		}
		for range same / m {
			b.add(int(n))
		}
		whole = append(whole, works[:same/m*m]...)
		works = works[same:]
	}
	b.search(wheelTries)
	d.seat(whole, b.panels(pool))
}

// turnable reports whether judges and works are all alike: no pair is fixed, and no load limit stands in the way of equal loads.
func (d *draft) turnable(works, pool []int32) bool {
	seats, m := 0, len(pool)
	for _, w := range works {
		seats += int(d.need[w])
		if d.fixed[w] > 0 || int(d.need[w]) > m {
			return false
		}
	}
	for _, j := range pool {
		if d.load[j] > 0 || int(d.most[j]) < (seats+m-1)/m || int(d.least[j]) > seats/m {
			return false
		}
	}
	return m > 0
}

// panels returns the blocks turned through all places, as judges. Steps near the golden section keep every run of panels balanced, and with it every category.
func (b *blocks) panels(pool []int32) (all [][]int32) {
	step := max(1, int(float64(b.m)*.618))
	for gcd(step, b.m) > 1 {
		step++
	}
	for _, set := range b.sets {
		for i := range b.m {
			panel := make([]int32, 0, len(set))
			for _, x := range set {
				panel = append(panel, pool[(int(x)+i*step)%b.m])
			}
			all = append(all, panel)
		}
	}
	return all
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

// seat gives each work its panel. Where a conflict is in the way, the panel changes places with one of equal size, of the same category if that can be; a judge
// for whom no place is found stays out.
func (d *draft) seat(works []int32, panels [][]int32) {
	for i, w := range works {
		if d.fitAll(w, panels[i]) {
			continue
		}
		for t := range 4*samples + len(works) {
			v := (i + t + 1) % len(works)
			if t < 4*samples {
				v = d.rng.IntN(len(works))
			}
			if len(panels[v]) != len(panels[i]) || t < samples && d.kind[works[v]] != d.kind[w] {
				continue
			}
			if d.fitAll(w, panels[v]) && d.fitAll(works[v], panels[i]) {
				panels[i], panels[v] = panels[v], panels[i]
				break
			}
		}
	}
	for i, w := range works {
		for _, j := range panels[i] {
			if d.fits(w, j) {
				d.add(w, j)
			}
		}
	}
}
