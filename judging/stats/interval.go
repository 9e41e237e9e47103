package stats

import (
	"math"
	"sort"
)

// crowd says how many works lie above a value: a sum of independent chances, as mean and variance on a grid of
// values.
type crowd struct {
	n              int
	origin, step   float64
	mean, variance []float64
}

// gridSize cells span the crowd; reach is how many standard errors a work's chance of being above a value differs
// from 0 or 1.
const (
	gridSize = 512
	reach    = 4.5
)

func newCrowd(works []Standing, order []int) *crowd {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, i := range order {
		s := works[i]
		lo, hi = min(lo, s.Value-reach*s.SE), max(hi, s.Value+reach*s.SE)
	}
	c := &crowd{
		n:        len(order),
		origin:   lo,
		step:     (hi - lo) / gridSize,
		mean:     make([]float64, gridSize+2),
		variance: make([]float64, gridSize+2),
	}
	if !(c.step > 0) {
		return c
	}
	for _, i := range order {
		s := works[i]
		first := int(math.Ceil((s.Value - reach*s.SE - lo) / c.step))
		last := min(gridSize, int((s.Value+reach*s.SE-lo)/c.step))
		c.mean[0]++ // certain below first: running sums are taken at the end
		c.mean[first]--
		for g := first; g <= last; g++ {
			p := normal((s.Value - lo - float64(g)*c.step) / s.SE)
			c.variance[g] += p * (1 - p)
			c.mean[g] += p
			c.mean[g+1] -= p
		}
	}
	for g := 1; g < len(c.mean); g++ {
		c.mean[g] += c.mean[g-1]
	}
	return c
}

// above returns mean and variance of the number of works above x.
func (c *crowd) above(x float64) (mean, variance float64) {
	if !(c.step > 0) {
		return 0, 0
	}
	at := (x - c.origin) / c.step
	if !(at >= 0) {
		return float64(c.n), 0
	}
	g := int(at)
	if g >= gridSize {
		return 0, 0
	}
	f := at - float64(g)
	return c.mean[g] + f*(c.mean[g+1]-c.mean[g]), c.variance[g] + f*(c.variance[g+1]-c.variance[g])
}

// node is one value a work may truly have: its probability, and how many others are then above.
type node struct{ p, mean, sd float64 }

// A work's own uncertainty is spread over nodes at equal steps from -4 to 4 standard errors.
const (
	nodes    = 41
	nodeStep = 8.0 / (nodes - 1)
)

// nodesOf spreads a work. The count's own spread is widened by half a step, so that the sum over nodes is smooth
// where many works are close together.
func (c *crowd) nodesOf(s Standing) (list [nodes]node) {
	at := func(k int) float64 { return float64(k-nodes/2) * nodeStep }
	for k := range list {
		z := at(k)
		mean, variance := c.above(s.Value + z*s.SE)
		own := normal(-z)
		list[k] = node{bells[k], max(0, mean-own), max(0, variance-own*(1-own))}
	}
	for k := range list {
		slope := (list[max(0, k-1)].mean - list[min(nodes-1, k+1)].mean) / 4
		list[k].sd = math.Sqrt(max(1e-6, list[k].sd+slope*slope))
	}
	return list
}

// chance returns the probability that the work's place is r or better.
func chance(list *[nodes]node, r int) (p float64) {
	for _, n := range list {
		p += n.p * normal((float64(r)-.5-n.mean)/n.sd)
	}
	return p
}

// intervals sets the 95 % rank interval and, for each cut, the probability of a place at or above it. order lists
// the ranked works; learned has their values and errors as they are for this purpose. Where errors are unknown, any
// place is possible; where there are none, the place is certain.
func intervals(works, learned []Standing, order []int, cuts []int, e *estimate) {
	c := newCrowd(learned, order)
	split(len(order), func(_, from, to int) {
		for _, i := range order[from:to] {
			c.locate(&works[i], learned[i], cuts, e)
		}
	})
	for k := range cuts {
		follow(works, order, k)
	}
}

// follow makes the chances of a cut fall as the works' values do: a work about which less is known could else have
// the better chance at a line above both, and a reader would see value and chance contradict each other. Neighbours
// that do are given their mean chance, which is isotonic regression (Ayer and others 1955) and keeps the sum.
func follow(works []Standing, order []int, cut int) {
	type block struct{ sum, n float64 }
	var blocks []block
	for _, i := range order {
		b := block{works[i].Award[cut], 1}
		for len(blocks) > 0 && blocks[len(blocks)-1].sum*b.n < b.sum*blocks[len(blocks)-1].n {
			last := blocks[len(blocks)-1]
			b.sum, b.n, blocks = b.sum+last.sum, b.n+last.n, blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	at := 0
	for _, b := range blocks {
		for range int(b.n) {
			works[order[at]].Award[cut] = min(1, b.sum/b.n)
			at++
		}
	}
}

// locate sets the interval and chances of one work, whose shrunken standing is given.
func (c *crowd) locate(s *Standing, shrunken Standing, cuts []int, e *estimate) {
	list := c.nodesOf(shrunken)
	atMost := func(place int) float64 { return chance(&list, place) }
	switch {
	case e.unsure:
		atMost = func(place int) float64 { return float64(place) / float64(c.n) }
		s.RankLo, s.RankHi = 1, c.n
	case e.fit.Residual == 0:
		atMost = func(place int) float64 { return float64(place - s.Rank + 1) }
		s.RankLo, s.RankHi = s.Rank, s.Rank
	default:
		quantile := func(p float64) int {
			return 1 + sort.Search(c.n-1, func(r int) bool { return chance(&list, r+1) >= p })
		}
		s.RankLo, s.RankHi = min(s.Rank, quantile(.025)), max(s.Rank, quantile(.975))
		if c.n <= fewPlaces {
			s.RankLo, s.RankHi = shed(&list, s.RankLo, s.RankHi, s.Rank)
		}
	}
	s.Award = make([]float64, len(cuts))
	for k, cut := range cuts {
		s.Award[k] = max(0, min(1, atMost(cut)))
	}
}

const (
	held      = .95 // of the chances, by an interval
	fewPlaces = 100 // up to which it matters that places are whole numbers
)

// shed takes places off the ends of an interval, the less likely end first, while 95 % are left: places are whole
// numbers, and tails of 2.5 % each hold more than is claimed where there are few.
func shed(list *[nodes]node, lo, hi, rank int) (int, int) {
	below, above := chance(list, lo-1), chance(list, hi)
	for {
		first, last := chance(list, lo), chance(list, hi-1)
		switch {
		case lo < rank && above-first >= held && (first-below <= above-last || hi == rank):
			lo, below = lo+1, first
		case hi > rank && last-below >= held:
			hi, above = hi-1, last
		default:
			return lo, hi
		}
	}
}

// bells are the probabilities of the nodes.
var bells = func() (p [nodes]float64) {
	for k := range p {
		z := float64(k-nodes/2) * nodeStep
		p[k] = nodeStep * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	}
	return p
}()

// normals tabulates the standard normal distribution function from -normalReach to normalReach.
var normals = func() (table [normalSteps + 2]float64) {
	for i := range table {
		table[i] = .5 * math.Erfc((normalReach-float64(i)*2*normalReach/normalSteps)/math.Sqrt2)
	}
	return table
}()

const (
	normalReach = 6
	normalSteps = 2048
)

// normal returns the standard normal distribution function, true to 2e-6.
func normal(z float64) float64 {
	at := (z + normalReach) * (normalSteps / (2 * normalReach))
	if !(at > 0) {
		return 0
	}
	if at >= normalSteps {
		return 1
	}
	i := int(at)
	return normals[i] + (at-float64(i))*(normals[i+1]-normals[i])
}
