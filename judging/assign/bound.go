package assign

import (
	"cmp"
	"math"
	"slices"
)

// Limits of the search for a sharp bound: rounds of price changes, and panels weighed in all, at some 20 ns each.
const (
	boundQuick  = 20  // rounds while the plan is made
	boundRounds = 400 // rounds for the proof
	boundSteps  = 10_000_000
)

// dual bounds Σλ² from below by Lagrangian duality. Judges who may score the same categories form a class; a pair of judges from classes A and B pays π to meet, a
// judge of class A pays μ for each work. As λ² ≥ πλ − max_n (πn − n²) for any π, no plan with the same loads is below
//
//	Σ_works (cheapest panel) − Σ_pairs max_n (πn − n²) − Σ_classes μ·load
//
// at any prices. Prices climb by Polyak's subgradient steps towards the plan's own Σλ². With one class π = 2f+1 gives the even spread of T meetings over P pairs.
type dual struct {
	pairs [][]float64 // pairs of judges that may meet, by class
	load  []float64   // works of each class
	size  []int
	chief []bool   // classes of senior judges; nil: any panel will do
	odd   [][]bool // by category and class: strangers, who pay price.odd
	seats float64  // strangers in the plan
	calls []call

	price, slope priceList
	steps        int
	best         float64 // cheapest panel so far
	count, pick  []int
}

// priceList holds a price, or a slope, for all that is counted.
type priceList struct {
	meet [][]float64 // for a ≥ b
	work []float64
	odd  float64
}

// call is a group of works alike: how many, open seats, the classes of the judges fixed on them and of those who may come.
type call struct {
	works, seats   int
	kind           int32
	fixed, classes []int
}

// bound returns a value that no plan with these loads, and as few strangers, can undercut in Σλ².
func (d *draft) bound(rounds int) int64 {
	sum := float64(d.squares())
	u := d.newDual()
	best, ok := u.value()
	for range rounds {
		if !ok || best > sum-.5 {
			break
		}
		v := 0.0
		u.climb(sum - max(best, 0))
		if v, ok = u.value(); ok {
			best = max(best, v)
		}
	}
	if math.IsInf(best, 0) {
		best = 0
	}
	return max(int64(math.Ceil(best-1e-6)), d.evenBound())
}

// value returns the bound at the present prices and finds its slope; false if the steps are used up.
func (u *dual) value() (sum float64, ok bool) {
	u.slope = newPriceList(len(u.size))
	for i := range u.calls {
		c := &u.calls[i]
		sum += float64(c.works) * u.cheapest(c)
		u.learn(c)
	}
	for a := range u.size {
		for b := range a + 1 {
			pi := u.price.meet[a][b]
			n := math.Max(0, math.Round(pi/2))
			sum -= u.pairs[a][b] * (pi*n - n*n)
			u.slope.meet[a][b] -= u.pairs[a][b] * n
		}
		sum -= u.price.work[a] * u.load[a]
		u.slope.work[a] -= u.load[a]
	}
	sum -= u.price.odd * u.seats
	u.slope.odd -= u.seats
	return sum, u.steps < boundSteps
}

// learn adds the cheapest panel of c to the slope.
func (u *dual) learn(c *call) {
	n := float64(c.works)
	for a, x := range u.pick {
		if x == 0 {
			continue
		}
		u.slope.work[a] += n * float64(x)
		if u.odd[c.kind][a] {
			u.slope.odd += n * float64(x)
		}
		u.slope.meet[a][a] += n * float64(x*(x-1)/2)
		for b, y := range u.pick[:a] {
			u.slope.meet[a][b] += n * float64(x*y)
		}
	}
}

// climb moves all prices along the slope by gap over its squared length: Polyak's step.
func (u *dual) climb(gap float64) {
	length := u.slope.odd * u.slope.odd
	for a, row := range u.slope.meet {
		length += u.slope.work[a] * u.slope.work[a]
		for _, v := range row {
			length += v * v
		}
	}
	if length == 0 {
		return
	}
	t := gap / length
	u.price.odd += t * u.slope.odd
	for a, row := range u.slope.meet {
		u.price.work[a] += t * u.slope.work[a]
		for b, v := range row {
			u.price.meet[a][b] = max(0, u.price.meet[a][b]+t*v) // not below 0: then seats to come can't make a panel cheaper than their own price
		}
	}
}

// cheapest returns the least price of a panel for c, over all ways to take its judges from classes, and leaves the panel in pick.
func (u *dual) cheapest(c *call) float64 {
	u.best = math.Inf(1)
	clear(u.count)
	clear(u.pick)
	cost := 0.0
	for _, a := range c.fixed {
		cost += u.joining(c.kind, a)
		u.count[a]++
	}
	slices.SortStableFunc(c.classes, func(a, b int) int { return cmp.Compare(u.seat(c.kind, a), u.seat(c.kind, b)) })
	u.choose(c, c.classes, c.seats, cost)
	return u.best
}

// seat returns what a judge of class a pays on a work of kind before he meets anyone.
func (u *dual) seat(kind int32, a int) float64 {
	if u.odd[kind][a] {
		return u.price.work[a] + u.price.odd
	}
	return u.price.work[a]
}

// joining returns what one judge of class a pays on the panel so far.
func (u *dual) joining(kind int32, a int) float64 {
	sum := u.seat(kind, a)
	for b, n := range u.count {
		if n > 0 {
			sum += float64(n) * u.price.meet[max(a, b)][min(a, b)]
		}
	}
	return sum
}

// choose tries every number of judges from the first of classes, which come cheapest first, then the rest; cost is what those chosen pay.
func (u *dual) choose(c *call, classes []int, left int, cost float64) {
	u.steps++
	if u.steps >= boundSteps || len(classes) > 0 && cost+float64(left)*u.seat(c.kind, classes[0]) >= u.best {
		return
	}
	if left == 0 {
		if cost < u.best && (c.seats == 0 || u.chaired()) {
			u.best = cost
			copy(u.pick, u.count)
		}
		return
	}
	if len(classes) == 0 {
		return
	}
	a := classes[0]
	one, fixed := u.joining(c.kind, a), u.count[a]
	for n := min(left, u.size[a]-fixed); n >= 0; n-- {
		u.count[a] = fixed + n
		m := float64(n)
		u.choose(c, classes[1:], left-n, cost+m*one+m*(m-1)/2*u.price.meet[a][a])
	}
	u.count[a] = fixed
}

// chaired reports whether the panel has the senior judge it needs.
func (u *dual) chaired() bool {
	if u.chief == nil {
		return true
	}
	for a, n := range u.count {
		if n > 0 && u.chief[a] {
			return true
		}
	}
	return false
}

// evenBound spreads all meetings evenly over the pairs of judges who share a category that has works.
func (d *draft) evenBound() int64 {
	var met, pairs int64
	for _, k := range d.need {
		met += int64(k) * int64(k-1) / 2
	}
	for j := range int32(d.p.Judges) {
		for l := range j {
			if *d.shared(j, l) > 0 || slices.ContainsFunc(d.can, func(can []bool) bool { return can != nil && can[j] && can[l] }) {
				pairs++
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	return even(met, pairs)
}
