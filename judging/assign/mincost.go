package assign

import (
	"context"
	"slices"
)

// pairCosts prices pairs for minimizeCost. Each judge costs the same on all works of a category, except in special
// pairs.
type pairCosts struct {
	cost    func(w, j int32) int        // what j on w costs
	usual   func(category, j int32) int // what j costs on a work of category, special pairs aside
	special []Pair                      // pairs with a cost of their own
}

// bucket holds the works of one judge that have one category and one cost.
type bucket struct {
	category int32
	cost     int
	works    []int32
}

// minimizeCost lowers the total cost of the pairs as far as possible without making loads less equal. It cancels
// negative cycles in the residual graph (Klein 1967), found by Bellman-Ford, until none is left. Under unit or
// senior rules a cycle may be refused; then the result is good, but not proved least.
func (c *augmenter) minimizeCost(ctx context.Context, t pairCosts) error {
	dist := make([]int, len(c.draft.loads))
	for c.cancelCycles(t, dist) {
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// cancelCycles finds the negative cycles that one run shows and moves the works along them. It reports whether it
// moved any.
func (c *augmenter) cancelCycles(t pairCosts, dist []int) (moved bool) {
	clear(dist)
	for j := range c.via {
		c.via[j] = step{-1, -1}
	}
	buckets := c.costBuckets(t)
	t.special = slices.DeleteFunc(slices.Clone(t.special), func(q Pair) bool {
		return contains(c.draft.panels[q.Work], int32(q.Judge))
	})
	for changed := true; changed; {
		changed = c.relaxSpecial(dist, t)
		for a := range buckets {
			changed = c.relax(int32(a), buckets[a], dist, t) || changed
		}
		if cycles := c.cycles(); len(cycles) > 0 {
			for _, at := range cycles {
				moved = c.shiftCycle(at, t) || moved
			}
			return moved
		}
	}
	return false
}

// costBuckets sorts the works of each judge by category and cost.
func (c *augmenter) costBuckets(t pairCosts) [][]bucket {
	all := make([][]bucket, len(c.draft.loads))
	for j, categories := range c.works {
		for k, works := range categories {
			own := len(all[j])
			for _, w := range works {
				price := t.cost(w, int32(j))
				i := own
				for i < len(all[j]) && all[j][i].cost != price {
					i++
				}
				if i == len(all[j]) {
					all[j] = append(all[j], bucket{category: int32(k), cost: price})
				}
				all[j][i].works = append(all[j][i].works, w)
			}
		}
	}
	return all
}

// relax shortens the paths that lead on from a: by one of the works of a, or by evening out a load that differs by
// one.
func (c *augmenter) relax(a int32, works []bucket, dist []int, t pairCosts) (changed bool) {
	for _, k := range works {
		for _, b := range c.draft.pool[k.category] {
			next := dist[a] + t.usual(k.category, b) - k.cost
			if b == a || next >= dist[b] {
				continue
			}
			for _, w := range k.works {
				if c.draft.canJoin(w, a, b) && t.cost(w, b) == t.usual(k.category, b) {
					dist[b], c.via[b], changed = next, step{a, w}, true
					break
				}
			}
		}
	}
	if !c.draft.problem.open(int(a)) || c.draft.loads[a] >= c.draft.maxLoad[a] {
		return changed
	}
	for b, l := range c.draft.loads {
		if l == c.draft.loads[a]+1 && l > c.draft.minLoad[b] && dist[a] < dist[b] {
			dist[b], c.via[b], changed = dist[a], step{a, -1}, true
		}
	}
	return changed
}

// relaxSpecial shortens the paths onto the special pairs.
func (c *augmenter) relaxSpecial(dist []int, t pairCosts) (changed bool) {
	for _, q := range t.special {
		w, b := int32(q.Work), int32(q.Judge)
		for _, a := range c.draft.movable(w) {
			next := dist[a] + t.cost(w, b) - t.cost(w, a)
			if next < dist[b] && c.draft.canJoin(w, a, b) {
				dist[b], c.via[b], changed = next, step{a, w}, true
			}
		}
	}
	return changed
}

// cycles returns one judge on each cycle of steps; each is a negative cycle.
func (c *augmenter) cycles() (found []int32) {
	seen := make([]int32, len(c.via))
	for j := range c.via {
		at := int32(j)
		for at >= 0 && seen[at] == 0 {
			seen[at] = int32(j) + 1
			at = c.via[at].prev
		}
		if at >= 0 && seen[at] == int32(j)+1 {
			found = append(found, at)
		}
	}
	return found
}

// shiftCycle moves one work along each step of the cycle through at, then like works as long as there are any;
// loads that differ by one can be evened out only once. If a rule forbids a move on the way, it stops. It reports
// whether it moved any.
func (c *augmenter) shiftCycle(at int32, t pairCosts) (moved bool) {
	var path []step
	var to []int32
	once := false
	for j := at; len(path) == 0 || j != at; j = c.via[j].prev {
		once = once || c.via[j].work < 0
		path, to = append(path, c.via[j]), append(to, j)
	}
	for c.shift(path, to) {
		if moved = true; once || !c.nextWorks(path, to, t) {
			break
		}
	}
	return moved
}

// shift moves the work of each step of path to the judge of to at the same index, or none if one can't be moved.
func (c *augmenter) shift(path []step, to []int32) bool {
	for i, l := range path {
		if l.work < 0 {
			continue
		}
		if c.draft.canJoin(l.work, l.prev, to[i]) && contains(c.draft.movable(l.work), l.prev) {
			c.move(l.work, l.prev, to[i])
			continue
		}
		for i--; i >= 0; i-- {
			if path[i].work >= 0 {
				c.move(path[i].work, to[i], path[i].prev)
			}
		}
		return false
	}
	return true
}

// nextWorks finds, for each step of path, another work of the same category and costs.
func (c *augmenter) nextWorks(path []step, to []int32, t pairCosts) bool {
	for i, l := range path {
		works := c.works[l.prev][c.draft.category[l.work]]
		next := slices.IndexFunc(works, func(w int32) bool {
			return t.cost(w, l.prev) == t.cost(l.work, l.prev) && t.cost(w, to[i]) == t.cost(l.work, to[i]) &&
				c.draft.canJoin(w, l.prev, to[i])
		})
		if next < 0 {
			return false
		}
		path[i].work = works[next]
	}
	return true
}
