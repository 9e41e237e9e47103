package assign

import (
	"context"
	"slices"

	"fayi/internal/unionfind"
)

// connectTries bounds the swaps drawn to merge two groups. The search takes the best of the first connectDraws, or,
// if none of those merges any groups, the first later one that does.
const (
	connectDraws = 400
	connectTries = 4_000
)

// connector makes the graph of judges connected, in which two judges are linked if they share a work. It looks at one
// set of works at a time: each category and, as the last set, all works.
type connector struct {
	draft  *draft
	moves  *augmenter
	works  [][]int32 // of each set
	groups []int     // components of judges in each set
}

// newConnector returns a connector for d, or nil if the judges of every category are connected already.
func newConnector(d *draft) *connector {
	c := &connector{draft: d, works: d.worksByCategory()}
	for _, works := range c.works {
		_, n := d.groupsOf(works)
		c.groups = append(c.groups, n)
	}
	if slices.Max(c.groups) < 2 {
		return nil
	}
	c.moves = newAugmenter(d)
	return c
}

// connect merges the groups of judges within each category, then, where a category is still split, over all works.
// It uses swaps of two judges, which leave every load as it is.
func (d *draft) connect(ctx context.Context) error {
	c := newConnector(d)
	if c == nil {
		return nil
	}
	for k := range d.pool {
		if err := c.connectSet(ctx, k); err != nil {
			return err
		}
	}
	if len(d.splitCategories()) == 0 {
		return nil
	}
	return c.connectSet(ctx, len(d.pool))
}

// worksByCategory returns the works of each category and, as the last element, all works.
func (d *draft) worksByCategory() [][]int32 {
	works := make([][]int32, len(d.pool)+1)
	for w, k := range d.category {
		works[k] = append(works[k], int32(w))
		works[len(d.pool)] = append(works[len(d.pool)], int32(w))
	}
	return works
}

// connectSet merges groups of judges in set k until one is left or no swap helps.
func (c *connector) connectSet(ctx context.Context, k int) error {
	d := c.draft
	works := slices.DeleteFunc(slices.Clone(c.works[k]), func(w int32) bool {
		return d.need[w] < 2 || len(d.movable(w)) == 0
	})
	for len(works) > 0 && c.groups[k] > 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		s, ok := c.bestSwap(k, works)
		if !ok {
			return nil
		}
		c.apply(s)
		other := d.category[s.v]
		_, c.groups[other] = d.groupsOf(c.works[other])
		_, c.groups[k] = d.groupsOf(c.works[k])
	}
	return nil
}

// bestSwap returns a swap that brings a judge of one group onto a work of another, in exchange for one of that
// judge's own works. It leaves fewer groups in set k and no more in the category of the other work. Of the swaps
// found, the one that adds least to Σλ² is best.
func (c *connector) bestSwap(k int, works []int32) (best swap, found bool) {
	u, _ := c.draft.groupsOf(c.works[k])
	most := 0
	for t := 0; t < connectTries && (t < connectDraws || !found); t++ {
		s, ok := c.drawSwap(u, works, c.works[k])
		if !ok {
			continue
		}
		// Half the cost of one judge outside their categories: no change of Σλ² alone comes near it, so
		// this refuses exactly the swaps that put one more judge outside.
		_, gain := c.draft.gain(s)
		if (!found || gain > most) && gain > -outsideCost/2 && c.mergesGroups(s, k) {
			best, most, found = s, gain, true
		}
	}
	return best, found
}

// drawSwap draws a swap that the rules allow, of a judge on one of works with a judge on one of all who is in another
// group of u.
func (c *connector) drawSwap(u unionfind.Sets, works, all []int32) (s swap, ok bool) {
	d := c.draft
	s.w, s.both = works[d.rng.IntN(len(works))], true
	other := d.panels[all[d.rng.IntN(len(all))]]
	if len(other) == 0 || u.Find(int(d.panels[s.w][0])) == u.Find(int(other[0])) {
		return s, false
	}
	m := d.movable(s.w)
	s.a, s.b = m[d.rng.IntN(len(m))], other[d.rng.IntN(len(other))]
	if c.moves.workCount[s.b] == 0 || !d.canJoin(s.w, s.a, s.b) {
		return s, false
	}
	s.v = c.moves.randomWork(s.b)
	return s, s.v != s.w && d.canJoin(s.v, s.b, s.a)
}

// mergesGroups reports whether s leaves fewer groups in set k, and no more in the category of its second work. It
// makes the swap and undoes it.
func (c *connector) mergesGroups(s swap, k int) bool {
	d := c.draft
	d.swap(s)
	defer d.swap(s.inverse())
	if _, n := d.groupsOf(c.works[k]); n >= c.groups[k] {
		return false
	}
	other := int(d.category[s.v])
	_, n := d.groupsOf(c.works[other])
	return other == k || n <= c.groups[other]
}

// apply makes the swap s through the augmenter, which keeps each judge's list of works right.
func (c *connector) apply(s swap) {
	c.moves.move(s.w, s.a, s.b)
	c.moves.move(s.v, s.b, s.a)
}
