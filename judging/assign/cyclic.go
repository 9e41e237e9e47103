package assign

import (
	"slices"

	"fayi/internal/unionfind"
)

// cyclicTries bounds the search for base blocks, cyclicStallPerPlace the tries without a gain for each place of the
// circle. A try takes some 100 ns, so a search ends within .4 s.
const (
	cyclicTries         = 4_000_000
	cyclicStallPerPlace = 1_000
)

// goldenRatio is the fractional part of the golden ratio. Multiples of it, taken modulo 1, are spread as evenly as
// any sequence can be, whatever their number.
const goldenRatio = .618

// assignCyclic assigns cyclic designs wherever nothing limits who may score what: the judges of a pool that shares no
// judge with another stand on a circle of m places, a base block is a panel on it, and rotating it through all places
// gives m works on which every judge sits equally often. Judges at distance x meet as often as x occurs as a
// difference within the block (Bose 1939). So Σλ² is a sum over m/2 counts of differences, small enough for a search
// to reach the bound.
func (d *draft) assignCyclic() {
	if d.problem.NoTwoOfOneUnit || d.problem.NeedSenior || !d.indifferent {
		return
	}
	for _, works := range d.separatePools() {
		d.assignPool(works)
	}
}

// separatePools returns the works of each pool that shares no judge with another pool, by category within.
func (d *draft) separatePools() (sets [][]int32) {
	pools := unionfind.New(len(d.pool))
	first := make([]int, d.problem.Judges) // first category of each judge, from 1
	for c, pool := range d.pool {
		for _, j := range pool {
			if first[j] == 0 {
				first[j] = c + 1
			}
			pools.Union(first[j]-1, c)
		}
	}
	// A group of categories is separate if all of them have the same judges.
	separate := make([]bool, len(d.pool))
	for c := range d.pool {
		separate[c] = true
	}
	for c := range d.pool {
		r := pools.Find(c)
		separate[r] = separate[r] && slices.Equal(d.pool[c], d.pool[r])
	}
	at := make([]int, len(d.pool)) // place in sets of each group, from 1
	by := d.worksByCategory()
	for c, works := range by[:len(d.pool)] {
		r := pools.Find(c)
		if !separate[r] {
			continue
		}
		if at[r] == 0 {
			sets = append(sets, nil)
			at[r] = len(sets)
		}
		d.rng.Shuffle(len(works), func(a, b int) { works[a], works[b] = works[b], works[a] })
		sets[at[r]-1] = append(sets[at[r]-1], works...)
	}
	return sets
}

// assignPool assigns whole rotations to works, which share one pool. Works beyond the last whole rotation stay empty.
func (d *draft) assignPool(works []int32) {
	if len(works) == 0 {
		return
	}
	pool := slices.Clone(d.pool[d.category[works[0]]])
	if !d.isUniform(works, pool) {
		return
	}
	m := len(pool)
	d.rng.Shuffle(m, func(a, b int) { pool[a], pool[b] = pool[b], pool[a] })
	slices.SortStableFunc(works, func(a, b int32) int { return int(d.need[a] - d.need[b]) })
	b := newBaseBlocks(m, d.rng)
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
	b.search(cyclicTries)
	d.assignPanels(whole, b.panels(pool))
}

// isUniform reports whether judges and works are all alike: no pair is fixed, and no load limit rules out equal
// loads.
func (d *draft) isUniform(works, pool []int32) bool {
	seats, m := 0, len(pool)
	for _, w := range works {
		seats += int(d.need[w])
		if d.fixed[w] > 0 || int(d.need[w]) > m {
			return false
		}
	}
	for _, j := range pool {
		if d.loads[j] > 0 || int(d.maxLoad[j]) < (seats+m-1)/m || int(d.minLoad[j]) > seats/m {
			return false
		}
	}
	return m > 0
}

// panels returns the blocks rotated through all places, as judges. The rotation advances by about a golden section of
// the circle each time: then any run of consecutive panels is balanced, and with it every category.
func (b *baseBlocks) panels(pool []int32) (all [][]int32) {
	step := max(1, int(float64(b.places)*goldenRatio))
	for gcd(step, b.places) > 1 {
		step++
	}
	for _, set := range b.blocks {
		for i := range b.places {
			panel := make([]int32, 0, len(set))
			for _, x := range set {
				panel = append(panel, pool[(int(x)+i*step)%b.places])
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

// exchangeDraws is how many random works are asked to exchange panels when a conflict is in the way: first
// exchangeDraws of the same category, then three times as many of any, then all in order.
const exchangeDraws = sampleSize

// assignPanels gives each work its panel. Where a conflict is in the way, the panel is exchanged with one of equal
// size, of the same category if possible. A judge for whom no place is found is left out, and the seat stays empty.
func (d *draft) assignPanels(works []int32, panels [][]int32) {
	for i, w := range works {
		if d.allowsAll(w, panels[i]) {
			continue
		}
		for t := range 4*exchangeDraws + len(works) {
			v := (i + t + 1) % len(works)
			if t < 4*exchangeDraws {
				v = d.rng.IntN(len(works))
			}
			if len(panels[v]) != len(panels[i]) || t < exchangeDraws && d.category[works[v]] != d.category[w] {
				continue
			}
			if d.allowsAll(w, panels[v]) && d.allowsAll(works[v], panels[i]) {
				panels[i], panels[v] = panels[v], panels[i]
				break
			}
		}
	}
	for i, w := range works {
		for _, j := range panels[i] {
			if d.allows(w, j) {
				d.add(w, j)
			}
		}
	}
}
