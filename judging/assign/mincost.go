package assign

import (
	"context"
	"slices"
)

// tariff prices pairs for mend. All judges of a category who could come pay the same price on all its works, but for the extra pairs.
type pairCosts struct {
	cost    func(w, j int32) int    // what j on w costs
	usual   func(kind, j int32) int // what j costs on a work of kind, extra pairs aside
	special []Pair                  // pairs with a price of their own
}

// bucket holds the works of one judge that have one category and one price.
type bucket struct {
	kind  int32
	cost  int
	works []int32
}

// mend makes the pairs as cheap as they can be without making loads less equal: it cancels negative cycles in the residual graph (Klein 1967), found by
// Bellman-Ford, until there is none. Under unit or senior rules a cycle may be refused; then the result is good, not proved least.
func (c *augmenter) minimizeCost(ctx context.Context, t pairCosts) error {
	dist := make([]int, len(c.draft.loads))
	for c.cancelCycles(t, dist) {
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// cancel finds negative cycles, all that one run shows, and moves the works along them. It reports whether it could.
func (c *augmenter) cancelCycles(t pairCosts, dist []int) (moved bool) {
	clear(dist)
	for j := range c.via {
		c.via[j] = step{-1, -1}
	}
	buckets := c.costBuckets(t)
	t.special = slices.DeleteFunc(slices.Clone(t.special), func(q Pair) bool { return contains(c.draft.panels[q.Work], int32(q.Judge)) })
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

// buckets sorts each judge's works by category and price.
func (c *augmenter) costBuckets(t pairCosts) [][]bucket {
	all := make([][]bucket, len(c.draft.loads))
	for j, kinds := range c.works {
		for k, works := range kinds {
			own := len(all[j])
			for _, w := range works {
				price := t.cost(w, int32(j))
				i := own
				for i < len(all[j]) && all[j][i].cost != price {
					i++
				}
				if i == len(all[j]) {
					all[j] = append(all[j], bucket{kind: int32(k), cost: price})
				}
				all[j][i].works = append(all[j][i].works, w)
			}
		}
	}
	return all
}

// relax shortens the ways that lead on from a: by one of his works, or by evening out a load that differs by one.
func (c *augmenter) relax(a int32, works []bucket, dist []int, t pairCosts) (changed bool) {
	for _, k := range works {
		for _, b := range c.draft.pool[k.kind] {
			next := dist[a] + t.usual(k.kind, b) - k.cost
			if b == a || next >= dist[b] {
				continue
			}
			for _, w := range k.works {
				if c.draft.canJoin(w, a, b) && t.cost(w, b) == t.usual(k.kind, b) {
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

// relaxExtra shortens the ways onto the extra pairs.
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

// cycles returns one judge on each cycle of links; each is a negative cycle.
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

// turnCycle moves one work along each link of the cycle through at, then works like them as long as there are any: loads that differ by one can be evened out once
// only. If a rule forbids a move on the way it changes nothing more. It reports whether it moved any.
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

// pass moves the work of each link of path to the judge beside it, or nothing if one can't be moved.
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

// again finds for each link of path another work of the same category and prices.
func (c *augmenter) nextWorks(path []step, to []int32, t pairCosts) bool {
	for i, l := range path {
		works := c.works[l.prev][c.draft.category[l.work]]
		next := slices.IndexFunc(works, func(w int32) bool {
			return t.cost(w, l.prev) == t.cost(l.work, l.prev) && t.cost(w, to[i]) == t.cost(l.work, to[i]) && c.draft.canJoin(w, l.prev, to[i])
		})
		if next < 0 {
			return false
		}
		path[i].work = works[next]
	}
	return true
}
