// Package flat exchanges judges between the works of a plan that is laid out closely, where nothing but categories
// limits who may score what: a plan of 100,000 works then stays in the processor's cache, and an exchange takes a third
// of the time.
//
// It promises the same exchanges as package assign makes of the same plan with the same random numbers, one by one. It
// knows no rules beyond those of Plan.
package flat

import (
	"context"
	"math/rand/v2"
)

// Plan is a plan whose works have K judges each. Judges, works and categories are numbers from 0.
type Plan struct {
	K, Judges        int
	Panels           []int16 // the judges of each work, K after K
	Category         []uint8 // of each work
	Works            []int32 // by category
	FirstOf          []int   // the seat with which each category begins in Works, which has K for each, and the end
	Eligible         []bool  // by category and judge
	Lambda           []int16 // works that two judges share, by judge and judge
	Loads            []int32
	MinLoad, MaxLoad []int32
	Random           *rand.Rand
}

// Limits end a search: after so many tries in all, and since the last gain.
type Limits struct{ Tries, Stall int }

// every is how many tries pass between two looks at the context.
const every = 8192

// Refine lowers the sum of squares of Lambda by random exchanges, from sum down to bound at best. It calls report with
// the number of tries now and then, and fails only with ctx's error.
func (f *Plan) Refine(ctx context.Context, l Limits, sum, bound int64, report func(tries int)) error {
	for t, last := 0, 0; t < l.Tries && t-last < l.Stall; t++ {
		if t%every == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			report(t)
		}
		if sum <= bound {
			return nil
		}
		change := f.exchange()
		sum += int64(change)
		if change < 0 {
			last = t
		}
	}
	return nil
}

// exchange swaps the judges of two random seats, or lets the second judge take both, unless the sum grows by it.
func (f *Plan) exchange() (change int) {
	random, k := f.Random, f.K
	w := f.workOf(random.IntN(len(f.Category) * k))
	seat, c := 0, f.Category[w]
	if random.IntN(4) > 0 {
		seat = f.FirstOf[c] + random.IntN(f.FirstOf[c+1]-f.FirstOf[c])
	} else {
		seat = random.IntN(len(f.Category) * k)
	}
	v := f.workOf(seat)
	on, at := f.Panels[w*k:w*k+k:w*k+k], f.Panels[v*k:v*k+k:v*k+k]
	i := random.IntN(k)
	h := random.IntN(k)
	a, b := on[i], at[h]
	if v == w || a == b || !f.canJoin(c, on, b) {
		return 0
	}
	both := f.Loads[a] != f.Loads[b]+1 || f.Loads[a] <= f.MinLoad[a] || f.Loads[b] >= f.MaxLoad[b]
	if both && !f.canJoin(f.Category[v], at, a) {
		return 0
	}
	change = f.pairChange(on, a, b, at, both)
	if both {
		change += f.pairChange(at, b, a, on, true)
	}
	if change > 0 {
		return 0
	}
	f.replace(on, i, b)
	if both {
		f.replace(at, h, a)
	}
	return change
}

// workOf is the work of a seat. Short numbers are divided in a third of the time.
func (f *Plan) workOf(seat int) int { return int(f.Works[uint32(seat)/uint32(f.K)]) }

func (f *Plan) canJoin(category uint8, panel []int16, j int16) bool {
	return f.Eligible[int(category)*f.Judges+int(j)] && !sits(panel, j)
}

// pairChange returns how the sum changes when b takes the seat of a on a panel; if both, a takes that of b on another,
// and judges who sit on both cancel out.
func (f *Plan) pairChange(panel []int16, a, b int16, other []int16, both bool) (sum int) {
	ra, rb := f.Lambda[int(a)*f.Judges:int(a)*f.Judges+f.Judges], f.Lambda[int(b)*f.Judges:int(b)*f.Judges+f.Judges]
	for _, m := range panel {
		if m != a && !(both && sits(other, m)) {
			sum += 2 * (int(rb[m]) - int(ra[m]) + 1)
		}
	}
	return sum
}

// replace puts a judge on the seat at i of a panel.
func (f *Plan) replace(panel []int16, i int, in int16) {
	out := panel[i]
	for at, m := range panel {
		if at != i {
			f.Lambda[int(out)*f.Judges+int(m)]--
			f.Lambda[int(m)*f.Judges+int(out)]--
			f.Lambda[int(in)*f.Judges+int(m)]++
			f.Lambda[int(m)*f.Judges+int(in)]++
		}
	}
	panel[i] = in
	f.Loads[out]--
	f.Loads[in]++
}

func sits(panel []int16, j int16) bool {
	for _, m := range panel {
		if m == j {
			return true
		}
	}
	return false
}

// Mix exchanges whole panels between categories, so that each judge has a similar share of each: share counts the works
// of each judge by category and judge. It fails only with ctx's error.
func (f *Plan) Mix(ctx context.Context, l Limits, share []int32) error {
	random, n := f.Random, len(f.Category)
	for t, last := 0, 0; t < l.Tries && t-last < l.Stall; t++ {
		if t%every == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		w, v := random.IntN(n), random.IntN(n)
		c, e := int(f.Category[w]), int(f.Category[v])
		if c == e {
			continue
		}
		from, to := share[c*f.Judges:c*f.Judges+f.Judges], share[e*f.Judges:e*f.Judges+f.Judges]
		on, at := f.Panels[w*f.K:w*f.K+f.K], f.Panels[v*f.K:v*f.K+f.K]
		change := mixChange(on, at, from, to) + mixChange(at, on, to, from)
		if change > 0 || !f.allowsAll(c, at) || !f.allowsAll(e, on) {
			continue
		}
		for i, j := range on {
			m := at[i]
			from[j], to[j] = from[j]-1, to[j]+1
			from[m], to[m] = from[m]+1, to[m]-1
			on[i], at[i] = m, j
		}
		if change < 0 {
			last = t
		}
	}
	return nil
}

// mixChange returns half the change of the sum of squares of shares when the judges of a panel, except those of the
// other, move one work from one category to the other.
func mixChange(panel, other []int16, from, to []int32) (change int32) {
	for _, j := range panel {
		if !sits(other, j) {
			change += to[j] - from[j] + 1
		}
	}
	return change
}

func (f *Plan) allowsAll(category int, panel []int16) bool {
	for _, j := range panel {
		if !f.Eligible[category*f.Judges+int(j)] {
			return false
		}
	}
	return true
}
