package assign

import (
	"context"
	"slices"
)

// tariff prices pairs for mend. All judges of a category who could come pay the same price on all its works, but for the extra pairs.
type tariff struct {
	pair  func(w, j int32) int    // what j on w costs
	enter func(kind, j int32) int // what j costs on a work of kind, extra pairs aside
	extra []Pair                  // pairs with a price of their own
}

// bucket holds the works of one judge that have one category and one price.
type bucket struct {
	kind  int32
	price int
	works []int32
}

// mend makes the pairs as cheap as they can be without making loads less equal: it cancels negative cycles in the residual graph (Klein 1967), found by
// Bellman-Ford, until there is none. Under unit or senior rules a cycle may be refused; then the result is good, not proved least.
func (c *chains) mend(ctx context.Context, t tariff) error {
	dist := make([]int, len(c.load))
	for c.cancel(t, dist) {
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// cancel finds negative cycles, all that one run shows, and moves the works along them. It reports whether it could.
func (c *chains) cancel(t tariff, dist []int) (moved bool) {
	clear(dist)
	for j := range c.link {
		c.link[j] = link{-1, -1}
	}
	buckets := c.buckets(t)
	t.extra = slices.DeleteFunc(slices.Clone(t.extra), func(q Pair) bool { return holds(c.panel[q.Work], int32(q.Judge)) })
	for changed := true; changed; {
		changed = c.relaxExtra(dist, t)
		for a := range buckets {
			changed = c.relax(int32(a), buckets[a], dist, t) || changed
		}
		if cycles := c.cycles(); len(cycles) > 0 {
			for _, at := range cycles {
				moved = c.turnCycle(at, t) || moved
			}
			return moved
		}
	}
	return false
}

// buckets sorts each judge's works by category and price.
func (c *chains) buckets(t tariff) [][]bucket {
	all := make([][]bucket, len(c.load))
	for j, kinds := range c.duties {
		for k, works := range kinds {
			own := len(all[j])
			for _, w := range works {
				price := t.pair(w, int32(j))
				i := own
				for i < len(all[j]) && all[j][i].price != price {
					i++
				}
				if i == len(all[j]) {
					all[j] = append(all[j], bucket{kind: int32(k), price: price})
				}
				all[j][i].works = append(all[j][i].works, w)
			}
		}
	}
	return all
}

// relax shortens the ways that lead on from a: by one of his works, or by evening out a load that differs by one.
func (c *chains) relax(a int32, works []bucket, dist []int, t tariff) (changed bool) {
	for _, k := range works {
		for _, b := range c.pool[k.kind] {
			next := dist[a] + t.enter(k.kind, b) - k.price
			if b == a || next >= dist[b] {
				continue
			}
			for _, w := range k.works {
				if c.joins(w, a, b) && t.pair(w, b) == t.enter(k.kind, b) {
					dist[b], c.link[b], changed = next, link{a, w}, true
					break
				}
			}
		}
	}
	if !c.p.open(int(a)) || c.load[a] >= c.most[a] {
		return changed
	}
	for b, l := range c.load {
		if l == c.load[a]+1 && l > c.least[b] && dist[a] < dist[b] {
			dist[b], c.link[b], changed = dist[a], link{a, -1}, true
		}
	}
	return changed
}

// relaxExtra shortens the ways onto the extra pairs.
func (c *chains) relaxExtra(dist []int, t tariff) (changed bool) {
	for _, q := range t.extra {
		w, b := int32(q.Work), int32(q.Judge)
		for _, a := range c.movable(w) {
			next := dist[a] + t.pair(w, b) - t.pair(w, a)
			if next < dist[b] && c.joins(w, a, b) {
				dist[b], c.link[b], changed = next, link{a, w}, true
			}
		}
	}
	return changed
}

// cycles returns one judge on each cycle of links; each is a negative cycle.
func (c *chains) cycles() (found []int32) {
	seen := make([]int32, len(c.link))
	for j := range c.link {
		at := int32(j)
		for at >= 0 && seen[at] == 0 {
			seen[at] = int32(j) + 1
			at = c.link[at].prev
		}
		if at >= 0 && seen[at] == int32(j)+1 {
			found = append(found, at)
		}
	}
	return found
}

// turnCycle moves one work along each link of the cycle through at, then works like them as long as there are any: loads that differ by one can be evened out once
// only. If a rule forbids a move on the way it changes nothing more. It reports whether it moved any.
func (c *chains) turnCycle(at int32, t tariff) (moved bool) {
	var path []link
	var to []int32
	once := false
	for j := at; len(path) == 0 || j != at; j = c.link[j].prev {
		once = once || c.link[j].work < 0
		path, to = append(path, c.link[j]), append(to, j)
	}
	for c.pass(path, to) {
		if moved = true; once || !c.again(path, to, t) {
			break
		}
	}
	return moved
}

// pass moves the work of each link of path to the judge beside it, or nothing if one can't be moved.
func (c *chains) pass(path []link, to []int32) bool {
	for i, l := range path {
		if l.work < 0 {
			continue
		}
		if c.joins(l.work, l.prev, to[i]) && holds(c.movable(l.work), l.prev) {
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
func (c *chains) again(path []link, to []int32, t tariff) bool {
	for i, l := range path {
		works := c.duties[l.prev][c.kind[l.work]]
		next := slices.IndexFunc(works, func(w int32) bool {
			return t.pair(w, l.prev) == t.pair(l.work, l.prev) && t.pair(w, to[i]) == t.pair(l.work, to[i]) && c.joins(w, l.prev, to[i])
		})
		if next < 0 {
			return false
		}
		path[i].work = works[next]
	}
	return true
}
