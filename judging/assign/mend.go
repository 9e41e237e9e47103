package assign

import "context"

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
	for changed := true; changed; {
		changed = c.relaxExtra(dist, t)
		for a := range buckets {
			changed = c.relax(int32(a), buckets[a], dist, t) || changed
		}
		if cycles := c.cycles(); len(cycles) > 0 {
			for _, at := range cycles {
				moved = c.turnCycle(at) || moved
			}
			return moved
		}
	}
	return false
}

// buckets sorts each judge's works by category and price.
func (c *chains) buckets(t tariff) [][]bucket {
	all := make([][]bucket, len(c.load))
	for j, works := range c.duties {
		for _, w := range works {
			k, price := c.kind[w], t.pair(w, int32(j))
			i := 0
			for i < len(all[j]) && (all[j][i].kind != k || all[j][i].price != price) {
				i++
			}
			if i == len(all[j]) {
				all[j] = append(all[j], bucket{kind: k, price: price})
			}
			all[j][i].works = append(all[j][i].works, w)
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

// turnCycle moves the works along the cycle through at; if a rule forbids one of the moves it changes nothing and reports false.
func (c *chains) turnCycle(at int32) bool {
	var done []int32
	for j := at; ; j = c.link[j].prev {
		if l := c.link[j]; l.work >= 0 {
			if !c.joins(l.work, l.prev, j) || !holds(c.movable(l.work), l.prev) {
				for i := len(done) - 1; i >= 0; i-- {
					c.move(c.link[done[i]].work, done[i], c.link[done[i]].prev)
				}
				return false
			}
			c.move(l.work, l.prev, j)
			done = append(done, j)
		}
		if c.link[j].prev == at {
			return true
		}
	}
}
