package assign

import (
	"fmt"
	"math"
	"slices"
)

// boundSteps bounds the work spent on a sharper bound.
const boundSteps = 4_000_000

// prices is a dual solution for Σλ². Judges who may score the same categories form a class; every pair of judges from classes A and B has one whole price level f.
// As λ² ≥ (2f+1)λ − f(f+1) for all whole λ, no plan is below Σ_works (cheapest panel at prices 2f+1) − Σ_pairs f(f+1), whatever the levels are: levels near the
// mean λ of the class pair make it sharp. With one class it is the even spread of T meetings over P pairs.
type prices struct {
	size  []int     // judges of each class
	level [][]int64 // f of each pair of classes, symmetric
	calls []call
	steps int
	best  int64 // cheapest panel found so far
	count []int
}

// call is a group of works alike: how many, open seats, the classes of the judges fixed on them and of those who may come.
type call struct {
	works, seats   int
	fixed, classes []int
	cheapest       int64
}

// bound returns a value that no plan's Σλ² can fall below; it is sharp where Σλ² is close.
func (d *draft) bound() int64 {
	p, class := d.newPrices()
	d.setLevels(p, class)
	sum, ok := p.value()
	if !ok {
		return d.evenBound()
	}
	for better := true; better && p.steps < boundSteps; {
		better = false
		for a := range p.size {
			for b := range a + 1 {
				for _, by := range []int64{1, -1} {
					if v, ok := p.shift(a, b, by, sum); ok {
						sum, better = v, true
					}
				}
			}
		}
	}
	return max(sum, d.evenBound())
}

// newPrices sorts judges into classes and works into calls; it returns the class of each judge.
func (d *draft) newPrices() (*prices, []int) {
	p, class := &prices{}, make([]int, d.p.Judges)
	names := map[string]int{}
	for j := range class {
		name := make([]byte, len(d.fit))
		for c := range d.fit {
			if d.fit[c][j] {
				name[c] = 1
			}
		}
		id, ok := names[string(name)]
		if !ok {
			id = len(p.size)
			names[string(name)] = id
			p.size = append(p.size, 0)
		}
		class[j] = id
		p.size[id]++
	}
	p.count = make([]int, len(p.size))
	at := map[string]int{}
	for w := range d.need {
		c := d.newCall(int32(w), class)
		key := fmt.Sprint(d.kind[w], c.seats, c.fixed)
		i, ok := at[key]
		if !ok {
			i = len(p.calls)
			at[key] = i
			c.classes = d.classesOf(d.kind[w], class, len(p.size))
			p.calls = append(p.calls, c)
		}
		p.calls[i].works++
	}
	return p, class
}

// newCall describes work w, but for the classes that may come.
func (d *draft) newCall(w int32, class []int) call {
	c := call{seats: int(d.need[w] - d.fixed[w])}
	for _, j := range d.panel[w][:d.fixed[w]] {
		c.fixed = append(c.fixed, class[j])
	}
	slices.Sort(c.fixed)
	return c
}

// classesOf returns the classes whose judges may score works of kind.
func (d *draft) classesOf(kind int32, class []int, n int) (ids []int) {
	in := make([]bool, n)
	for j, ok := range d.fit[kind] {
		in[class[j]] = in[class[j]] || ok
	}
	for id, ok := range in {
		if ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// setLevels puts each level at the mean λ of its pair of classes in the draft.
func (d *draft) setLevels(p *prices, class []int) {
	p.level = make([][]int64, len(p.size))
	for a := range p.level {
		p.level[a] = make([]int64, len(p.size))
	}
	for j := range d.p.Judges {
		for l := range j {
			v := int64(*d.shared(int32(j), int32(l)))
			a, b := class[j], class[l]
			p.level[max(a, b)][min(a, b)] += v
		}
	}
	for a := range p.level {
		for b := range a + 1 {
			if n := p.pairs(a, b); n > 0 {
				p.level[a][b] /= n
			}
			p.level[b][a] = p.level[a][b]
		}
	}
}

// pairs returns how many pairs of judges classes a and b make.
func (p *prices) pairs(a, b int) int64 {
	if a == b {
		return int64(p.size[a]) * int64(p.size[a]-1) / 2
	}
	return int64(p.size[a]) * int64(p.size[b])
}

// value returns the bound at the present levels; false if that takes too long.
func (p *prices) value() (sum int64, ok bool) {
	for i := range p.calls {
		c := &p.calls[i]
		if c.cheapest, ok = p.cheapest(c); !ok {
			return 0, false
		}
		sum += int64(c.works) * c.cheapest
	}
	for a := range p.size {
		for b := range a + 1 {
			f := p.level[a][b]
			sum -= p.pairs(a, b) * f * (f + 1)
		}
	}
	return sum, true
}

// shift changes one level if that lifts the bound above sum, and returns the new one.
func (p *prices) shift(a, b int, by, sum int64) (int64, bool) {
	f := p.level[a][b]
	if f+by < 0 || p.pairs(a, b) == 0 {
		return sum, false
	}
	p.level[a][b], p.level[b][a] = f+by, f+by
	next, ok := p.value()
	if ok && next > sum {
		return next, true
	}
	p.level[a][b], p.level[b][a] = f, f
	return sum, false
}

// cheapest returns the least price of a panel for c: over all ways to take its judges from classes.
func (p *prices) cheapest(c *call) (int64, bool) {
	p.best = math.MaxInt64
	clear(p.count)
	cost := int64(0)
	for _, a := range c.fixed {
		cost += p.joining(a)
		p.count[a]++
	}
	p.choose(c.classes, c.seats, cost)
	return p.best, p.best < math.MaxInt64 && p.steps < boundSteps
}

// joining returns what one judge of class a pays on the panel so far.
func (p *prices) joining(a int) (sum int64) {
	for b, n := range p.count {
		if n > 0 {
			sum += int64(n) * (2*p.level[a][b] + 1)
		}
	}
	return sum
}

// choose tries every number of judges from the first of classes, then the rest; cost is what those chosen already pay.
func (p *prices) choose(classes []int, left int, cost int64) {
	p.steps++
	if cost >= p.best || p.steps >= boundSteps {
		return
	}
	if left == 0 {
		p.best = cost
		return
	}
	if len(classes) == 0 {
		return
	}
	a := classes[0]
	one, fixed := p.joining(a), p.count[a]
	for n := range min(left, p.size[a]-fixed) + 1 {
		p.count[a] = fixed + n
		m := int64(n)
		p.choose(classes[1:], left-n, cost+m*one+m*(m-1)/2*(2*p.level[a][a]+1))
	}
	p.count[a] = fixed
}

// evenBound spreads all meetings evenly over the pairs of judges who share a category that has works.
func (d *draft) evenBound() int64 {
	var met, pairs int64
	for _, k := range d.need {
		met += int64(k) * int64(k-1) / 2
	}
	for j := range d.p.Judges {
		for l := range j {
			for c := range d.can {
				if d.can[c] != nil && d.can[c][j] && d.can[c][l] {
					pairs++
					break
				}
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	return even(met, pairs)
}
