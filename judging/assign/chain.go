package assign

import (
	"context"
	"math"
	"slices"
)

// chains searches the residual graph of the plan: from a judge, along each of his works, to every judge who could take his place there. A chain that ends at
// a judge with room moves one work along each of its steps and changes the loads of its two ends only. Breadth first, so the shortest chain is found:
// that is what keeps a work met twice by one chain legal (the rules of one work form a matroid).
type chains struct {
	*draft
	duties [][][]int32 // movable works of each judge, by category
	busy   []int       // how many they are
	link   []link
	mark   []int32 // round in which a judge was last reached
	round  int32
	queue  []int32
	dead   []bool    // judges from whom no goal can be reached any more
	left   [][]int32 // by category: judges not reached in round asked
	asked  []int32
}

// link says how a chain reached a judge: prev left work and he took the seat. prev < 0 fills an empty seat, work < 0 starts the chain.
type link struct{ prev, work int32 }

func newChains(d *draft) *chains {
	c := &chains{
		draft: d, duties: make([][][]int32, d.p.Judges), busy: make([]int, d.p.Judges), link: make([]link, d.p.Judges),
		mark: make([]int32, d.p.Judges), dead: make([]bool, d.p.Judges),
		left: make([][]int32, len(d.pool)), asked: make([]int32, len(d.pool)),
	}
	for j := range c.duties {
		c.duties[j] = make([][]int32, len(d.pool))
	}
	for w := range d.panel {
		for _, j := range d.movable(int32(w)) {
			c.take(int32(w), j)
		}
	}
	return c
}

func (c *chains) start() {
	c.round++
	c.queue = c.queue[:0]
}

func (c *chains) reach(j int32, by link) {
	c.mark[j], c.link[j] = c.round, by
	c.queue = append(c.queue, j)
}

func (c *chains) reached(j int32) bool { return c.mark[j] == c.round }

// offer reaches every judge who could take out's seat on w (out < 0: an empty seat) and returns the first that is a goal, or -1.
func (c *chains) offer(w, out int32, goal func(int32) bool) int32 {
	left := c.unreached(c.kind[w])
	keep, got := (*left)[:0], int32(-1)
	for i, j := range *left {
		switch {
		case c.reached(j) || c.dead[j]:
			continue
		case !c.joins(w, out, j):
			keep = append(keep, j)
			continue
		}
		c.reach(j, link{out, w})
		if goal(j) {
			got = j
			keep = append(keep, (*left)[i+1:]...)
			break
		}
	}
	*left = keep
	return got
}

// unreached is the list of judges of category k this search has still to reach; it may hold some that were reached through another category.
func (c *chains) unreached(k int32) *[]int32 {
	if c.asked[k] != c.round {
		c.asked[k] = c.round
		c.left[k] = append(c.left[k][:0], c.pool[k]...)
	}
	return &c.left[k]
}

// run follows the queue until a goal is reached; -1 if none can be.
func (c *chains) run(goal func(int32) bool) int32 {
	for i := 0; i < len(c.queue); i++ {
		a := c.queue[i]
		for k, works := range c.duties[a] {
			for _, w := range works {
				if len(*c.unreached(int32(k))) == 0 {
					break
				}
				if j := c.offer(w, a, goal); j >= 0 {
					return j
				}
			}
		}
	}
	return -1
}

// apply moves the works along the chain that reached j. It reports false, and changes nothing, if two rules of one work clash on the way.
func (c *chains) apply(j int32) bool {
	var done []link
	var came []int32
	for j >= 0 && c.link[j].work >= 0 {
		l := c.link[j]
		if !c.joins(l.work, l.prev, j) {
			for i := len(done) - 1; i >= 0; i-- {
				c.move(done[i].work, came[i], done[i].prev)
			}
			return false
		}
		c.move(l.work, l.prev, j)
		done, came = append(done, l), append(came, j)
		j = l.prev
	}
	return true
}

// move takes out off w and puts in on it; either may be -1.
func (c *chains) move(w, out, in int32) {
	switch {
	case out < 0:
		c.add(w, in)
	case in < 0:
		c.drop(w, out)
	default:
		c.replace(w, out, in)
	}
	if out >= 0 {
		c.give(w, out)
	}
	if in >= 0 {
		c.take(w, in)
	}
}

// take adds w to the duties of j.
func (c *chains) take(w, j int32) {
	works := &c.duties[j][c.kind[w]]
	*works = append(*works, w)
	c.busy[j]++
}

// give removes w from the duties of j.
func (c *chains) give(w, j int32) {
	works := c.duties[j][c.kind[w]]
	works[slices.Index(works, w)] = works[len(works)-1]
	c.duties[j][c.kind[w]] = works[:len(works)-1]
	c.busy[j]--
}

// anyDuty returns a random movable work of j, who has one.
func (c *chains) anyDuty(j int32) int32 {
	i := c.rng.IntN(c.busy[j])
	for _, works := range c.duties[j] {
		if i < len(works) {
			return works[i]
		}
		i -= len(works)
	}
	return -1
}

// cover fills every empty seat by chains and returns the works that keep one: with one kind of rule per work, proof that no plan covers them all.
func (c *chains) cover(ctx context.Context) (short []int32, err error) {
	room := func(j int32) bool { return c.load[j] < c.most[j] }
	for w := range c.panel {
		for c.holes(int32(w)) > 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			c.start()
			j := c.offer(int32(w), -1, room)
			if j < 0 {
				j = c.run(room)
			}
			if j < 0 || !c.apply(j) {
				for _, r := range c.queue {
					c.dead[r] = true
				}
				short = append(short, int32(w))
				break
			}
		}
	}
	return short, nil
}

// raise gives judges below their least load works of judges above theirs. If that fails it returns the judges with a least load whom no work can reach.
func (c *chains) raise() (low []int32) {
	for j := range c.load {
		for c.load[j] < c.least[j] {
			c.start()
			for a := range c.load {
				if c.load[a] > c.least[a] {
					c.reach(int32(a), link{-1, -1})
				}
			}
			goal := func(b int32) bool { return b == int32(j) }
			if got := c.run(goal); got < 0 || !c.apply(got) {
				for b := range c.load {
					if !c.reached(int32(b)) && c.least[b] > 0 {
						low = append(low, int32(b))
					}
				}
				return low
			}
		}
	}
	return nil
}

// balance moves works from high loads to low ones while two loads on a chain differ by more than one: then no plan has a smaller Σ load². Highest first, so what a
// failed search reached is dead for all that follow.
func (c *chains) balance(ctx context.Context) error {
	clear(c.dead)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, low := c.heaviest()
		if a < 0 || c.load[a] <= low+1 {
			return nil
		}
		goal := func(b int32) bool { return c.load[b] <= c.load[a]-2 && c.load[b] < c.most[b] }
		c.start()
		c.reach(a, link{-1, -1})
		if j := c.run(goal); j < 0 || !c.apply(j) {
			for _, r := range c.queue {
				c.dead[r] = true
			}
		}
	}
}

// heaviest returns the judge with the highest load that can still give a work away (-1: none) and the lowest load that can still grow.
func (c *chains) heaviest() (a, low int32) {
	a, low = -1, math.MaxInt32-1
	for j, l := range c.load {
		if c.dead[j] {
			continue
		}
		if l > c.least[j] && c.busy[j] > 0 && (a < 0 || l > c.load[a]) {
			a = int32(j)
		}
		if l < c.most[j] && c.p.open(j) {
			low = min(low, l)
		}
	}
	return a, low
}
