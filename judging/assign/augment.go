package assign

import (
	"context"
	"math"
	"slices"
)

// augmenter finds augmenting paths in the residual graph of a draft. From a judge, an edge leads along each movable
// work of theirs to every judge who could take their place there. A path that ends at a judge with room moves one
// work along each of its steps and changes only the loads of its two ends. The search is breadth first, so the path
// is a shortest one: that keeps a path legal which meets one work twice (the rules of one work form a matroid).
type augmenter struct {
	draft       *draft
	works       [][][]int32 // movable works of each judge, by category
	workCount   []int       // their number
	via         []step      // how each judge was reached
	reachedIn   []int32     // search in which each judge was last reached
	search      int32       // number of the current search
	queue       []int32     // judges reached, in order
	exhausted   []bool      // judges from whom no goal can be reached any more
	unreachedIn [][]int32   // by category: judges not reached in search listedIn
	listedIn    []int32
}

// step says how a search reached a judge, who takes over work from prev. prev < 0 fills an empty seat, work < 0
// starts the path.
type step struct{ prev, work int32 }

func newAugmenter(d *draft) *augmenter {
	c := &augmenter{
		draft:       d,
		works:       make([][][]int32, d.problem.Judges),
		workCount:   make([]int, d.problem.Judges),
		via:         make([]step, d.problem.Judges),
		reachedIn:   make([]int32, d.problem.Judges),
		exhausted:   make([]bool, d.problem.Judges),
		unreachedIn: make([][]int32, len(d.pool)),
		listedIn:    make([]int32, len(d.pool)),
	}
	for j := range c.works {
		c.works[j] = make([][]int32, len(d.pool))
	}
	for w := range d.panels {
		for _, j := range d.movable(int32(w)) {
			c.addWork(int32(w), j)
		}
	}
	return c
}

// begin starts a new search.
func (c *augmenter) begin() {
	c.search++
	c.queue = c.queue[:0]
}

func (c *augmenter) reach(j int32, by step) {
	c.reachedIn[j], c.via[j] = c.search, by
	c.queue = append(c.queue, j)
}

func (c *augmenter) reached(j int32) bool { return c.reachedIn[j] == c.search }

// offer reaches every judge who could take the seat of out on w (out < 0: an empty seat). It returns the first of
// them that is a goal, or -1.
func (c *augmenter) offer(w, out int32, goal func(int32) bool) int32 {
	left := c.unreached(c.draft.category[w])
	keep, got := (*left)[:0], int32(-1)
	for i, j := range *left {
		switch {
		case c.reached(j) || c.exhausted[j]:
			continue
		case !c.draft.canJoin(w, out, j):
			keep = append(keep, j)
			continue
		}
		c.reach(j, step{out, w})
		if goal(j) {
			got = j
			keep = append(keep, (*left)[i+1:]...)
			break
		}
	}
	*left = keep
	return got
}

// unreached lists the judges of category k whom this search has yet to reach. It may include some that were reached
// through another category.
func (c *augmenter) unreached(k int32) *[]int32 {
	if c.listedIn[k] != c.search {
		c.listedIn[k] = c.search
		c.unreachedIn[k] = append(c.unreachedIn[k][:0], c.draft.pool[k]...)
	}
	return &c.unreachedIn[k]
}

// follow extends the search from all judges reached until it reaches a goal, which it returns; -1 if there is none.
func (c *augmenter) follow(goal func(int32) bool) int32 {
	for i := 0; i < len(c.queue); i++ {
		a := c.queue[i]
		for k, works := range c.works[a] {
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

// apply moves the works along the path that reached j. If two rules of one work collide on the way, it changes
// nothing and reports false.
func (c *augmenter) apply(j int32) bool {
	var done []step
	var came []int32
	for j >= 0 && c.via[j].work >= 0 {
		l := c.via[j]
		if !c.draft.canJoin(l.work, l.prev, j) {
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

// move takes out off w and puts in on it; either may be -1, for nobody.
func (c *augmenter) move(w, out, in int32) {
	switch {
	case out < 0:
		c.draft.add(w, in)
	case in < 0:
		c.draft.drop(w, out)
	default:
		c.draft.replace(w, out, in)
	}
	if out >= 0 {
		c.removeWork(w, out)
	}
	if in >= 0 {
		c.addWork(w, in)
	}
}

// addWork adds w to the movable works of j.
func (c *augmenter) addWork(w, j int32) {
	works := &c.works[j][c.draft.category[w]]
	*works = append(*works, w)
	c.workCount[j]++
}

// removeWork removes w from the movable works of j.
func (c *augmenter) removeWork(w, j int32) {
	works := c.works[j][c.draft.category[w]]
	works[slices.Index(works, w)] = works[len(works)-1]
	c.works[j][c.draft.category[w]] = works[:len(works)-1]
	c.workCount[j]--
}

// randomWork returns a random movable work of j, who must have one.
func (c *augmenter) randomWork(j int32) int32 {
	i := c.draft.rng.IntN(c.workCount[j])
	for _, works := range c.works[j] {
		if i < len(works) {
			return works[i]
		}
		i -= len(works)
	}
	return -1
}

// cover fills every empty seat by augmenting paths and returns the works that keep one. With at most one kind of
// rule within a work (units or seniors), this proves that no plan covers them all.
func (c *augmenter) cover(ctx context.Context) (short []int32, err error) {
	room := func(j int32) bool { return c.draft.loads[j] < c.draft.maxLoad[j] }
	for w := range c.draft.panels {
		for c.draft.missing(int32(w)) > 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			c.begin()
			j := c.offer(int32(w), -1, room)
			if j < 0 {
				j = c.follow(room)
			}
			if j < 0 || !c.apply(j) {
				for _, r := range c.queue {
					c.exhausted[r] = true
				}
				short = append(short, int32(w))
				break
			}
		}
	}
	return short, nil
}

// meetMinimums gives judges below their least load works of judges above theirs. If that fails, it returns the
// judges with a least load to whom no work can be passed.
func (c *augmenter) meetMinimums() (low []int32) {
	for j := range c.draft.loads {
		for c.draft.loads[j] < c.draft.minLoad[j] {
			c.begin()
			for a := range c.draft.loads {
				if c.draft.loads[a] > c.draft.minLoad[a] {
					c.reach(int32(a), step{-1, -1})
				}
			}
			goal := func(b int32) bool { return b == int32(j) }
			if got := c.follow(goal); got < 0 || !c.apply(got) {
				for b := range c.draft.loads {
					if !c.reached(int32(b)) && c.draft.minLoad[b] > 0 {
						low = append(low, int32(b))
					}
				}
				return low
			}
		}
	}
	return nil
}

// balance moves works from high loads to low ones while two loads on a path differ by more than one. Then no plan
// has a smaller Σ load². It starts at the highest load: what a failed search reached is exhausted for all that
// follow.
func (c *augmenter) balance(ctx context.Context) error {
	clear(c.exhausted)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, low := c.heaviest()
		if a < 0 || c.draft.loads[a] <= low+1 {
			return nil
		}
		goal := func(b int32) bool {
			return c.draft.loads[b] <= c.draft.loads[a]-2 && c.draft.loads[b] < c.draft.maxLoad[b]
		}
		c.begin()
		c.reach(a, step{-1, -1})
		if j := c.follow(goal); j < 0 || !c.apply(j) {
			for _, r := range c.queue {
				c.exhausted[r] = true
			}
		}
	}
}

// heaviest returns the judge with the highest load who can still give a work away (-1: none) and the lowest load
// that can still grow.
func (c *augmenter) heaviest() (a, low int32) {
	a, low = -1, math.MaxInt32-1
	for j, l := range c.draft.loads {
		if c.exhausted[j] {
			continue
		}
		if l > c.draft.minLoad[j] && c.workCount[j] > 0 && (a < 0 || l > c.draft.loads[a]) {
			a = int32(j)
		}
		if l < c.draft.maxLoad[j] && c.draft.problem.open(j) {
			low = min(low, l)
		}
	}
	return a, low
}
