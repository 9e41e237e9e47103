package assign

import (
	"cmp"
	"math"
	"slices"
)

// dual bounds Σλ² from below by Lagrangian duality. Judges who may score the same categories form a class. A pair
// of judges from classes A and B pays π to meet, a judge of class A pays μ for each work. As λ² ≥ πλ − max_n (πn −
// n²) for any π, no plan with the same loads is below
//
//	Σ_works (cheapest panel) − Σ_pairs max_n (πn − n²) − Σ_classes μ·load
//
// at any prices. Prices follow Polyak's subgradient steps towards the Σλ² of the plan. With one class, π = 2f+1
// gives the even spread of T meetings over P pairs.
type dual struct {
	pairs     [][]float64 // pairs of judges that may meet, by class
	load      []float64   // works of each class
	size      []int
	hasSenior []bool   // classes of senior judges; nil: no panel needs one
	outside   [][]bool // by category and class: judges outside their categories, who pay price.outside
	outsiders float64  // such pairs in the plan
	demands   []demand

	price, slope         priceList
	panelsTried          int
	best                 float64 // cheapest panel so far
	count, cheapestPanel []int
}

// priceList holds a price, or a slope, for everything that is priced.
type priceList struct {
	meet    [][]float64 // for a ≥ b
	work    []float64
	outside float64
}

// demand is a group of like works: how many, their open seats, the classes of the judges fixed on them and of those
// who may be added.
type demand struct {
	works, seats   int
	category       int32
	fixed, classes []int
}

// value returns the bound at the current prices and computes its slope; false if maxPanelsTried is reached.
func (u *dual) value() (sum float64, ok bool) {
	u.slope = newPriceList(len(u.size))
	for i := range u.demands {
		c := &u.demands[i]
		sum += float64(c.works) * u.cheapest(c)
		u.addSlope(c)
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
	sum -= u.price.outside * u.outsiders
	u.slope.outside -= u.outsiders
	return sum, u.panelsTried < maxPanelsTried
}

// addSlope adds the cheapest panel of c to the slope.
func (u *dual) addSlope(c *demand) {
	n := float64(c.works)
	for a, x := range u.cheapestPanel {
		if x == 0 {
			continue
		}
		u.slope.work[a] += n * float64(x)
		if u.outside[c.category][a] {
			u.slope.outside += n * float64(x)
		}
		u.slope.meet[a][a] += n * float64(x*(x-1)/2)
		for b, y := range u.cheapestPanel[:a] {
			u.slope.meet[a][b] += n * float64(x*y)
		}
	}
}

// step moves all prices along the slope by gap over its squared length: Polyak's step.
func (u *dual) step(gap float64) {
	length := u.slope.outside * u.slope.outside
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
	u.price.outside += t * u.slope.outside
	for a, row := range u.slope.meet {
		u.price.work[a] += t * u.slope.work[a]
		for b, v := range row {
			// Not below 0: then further judges never make a panel cheaper than their own prices.
			u.price.meet[a][b] = max(0, u.price.meet[a][b]+t*v)
		}
	}
}

// cheapest returns the least price of a panel for c, over all ways to take its judges from classes, and leaves that
// panel in cheapestPanel.
func (u *dual) cheapest(c *demand) float64 {
	u.best = math.Inf(1)
	clear(u.count)
	clear(u.cheapestPanel)
	cost := 0.0
	for _, a := range c.fixed {
		cost += u.joinPrice(c.category, a)
		u.count[a]++
	}
	slices.SortStableFunc(c.classes, func(a, b int) int {
		return cmp.Compare(u.judgePrice(c.category, a), u.judgePrice(c.category, b))
	})
	u.tryPanels(c, c.classes, c.seats, cost)
	return u.best
}

// judgePrice returns what a judge of class a pays on a work of category, apart from meetings.
func (u *dual) judgePrice(category int32, a int) float64 {
	if u.outside[category][a] {
		return u.price.work[a] + u.price.outside
	}
	return u.price.work[a]
}

// joinPrice returns what one more judge of class a pays on the panel so far.
func (u *dual) joinPrice(category int32, a int) float64 {
	sum := u.judgePrice(category, a)
	for b, n := range u.count {
		if n > 0 {
			sum += float64(n) * u.price.meet[max(a, b)][min(a, b)]
		}
	}
	return sum
}

// tryPanels tries every number of judges from the first of classes, which are sorted by price, then the rest; cost
// is what the judges chosen so far pay.
func (u *dual) tryPanels(c *demand, classes []int, left int, cost float64) {
	u.panelsTried++
	if u.panelsTried >= maxPanelsTried {
		return
	}
	if len(classes) > 0 && cost+float64(left)*u.judgePrice(c.category, classes[0]) >= u.best {
		return
	}
	if left == 0 {
		if cost < u.best && (c.seats == 0 || u.seniorPresent()) {
			u.best = cost
			copy(u.cheapestPanel, u.count)
		}
		return
	}
	if len(classes) == 0 {
		return
	}
	a := classes[0]
	one, fixed := u.joinPrice(c.category, a), u.count[a]
	for n := min(left, u.size[a]-fixed); n >= 0; n-- {
		u.count[a] = fixed + n
		m := float64(n)
		u.tryPanels(c, classes[1:], left-n, cost+m*one+m*(m-1)/2*u.price.meet[a][a])
	}
	u.count[a] = fixed
}

// seniorPresent reports whether the panel has the senior judge it needs.
func (u *dual) seniorPresent() bool {
	if u.hasSenior == nil {
		return true
	}
	for a, n := range u.count {
		if n > 0 && u.hasSenior[a] {
			return true
		}
	}
	return false
}
