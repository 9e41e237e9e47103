package assign

import (
	"context"

	"fayi/judging/assign/flat"
)

// Limits of refine, in exchanges tried: in all, and since the last gain. A try takes 50 ns, in plans too large for
// the processor's cache 200 ns.
const (
	triesPerWork, maxTries = 20_000, 10_000_000
	stallPerWork, maxStall = 1_000, 500_000
)

// refine lowers Σλ² − wishes by random exchanges of judges between works, which leave every load as it is or pass
// one work on to a judge who has one less. It also makes exchanges that change nothing: the plateaus are wide, and
// drifting along them is what finds the way down. It stops at bound, or when gains dry up.
func (d *draft) refine(ctx context.Context, bound int64) error {
	seats := d.seatsOf(func(int32) bool { return true })
	if len(seats.works) < 2 {
		return nil
	}
	n := len(d.panels)
	limits := flat.Limits{Tries: min(triesPerWork*n, maxTries), Stall: min(stallPerWork*n, maxStall)}
	if f := d.flatten(); f != nil {
		defer d.restore(f)
		return f.Refine(ctx, limits, d.pairSquares(), bound, func(tries int) {
			d.progress(atRefine + tries*(atConnect-atRefine)/limits.Tries)
		})
	}
	return d.refineAsItLies(ctx, seats, limits, bound)
}

// refineAsItLies is refine of any draft.
func (d *draft) refineAsItLies(ctx context.Context, seats seating, l flat.Limits, bound int64) error {
	sum := d.pairSquares()
	for t, last := 0, 0; t < l.Tries && t-last < l.Stall; t++ {
		if t%8192 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			d.progress(atRefine + t*(atConnect-atRefine)/l.Tries)
		}
		if d.indifferent && sum <= bound {
			return nil
		}
		change, gain := d.exchange(seats)
		sum += int64(change)
		if gain > 0 {
			last = t
		}
	}
	return nil
}

// seating holds every work once for each of its seats that may change, by category; those of category k begin at
// firstOf[k].
type seating struct {
	works   []int32
	firstOf []int
}

// seatsOf returns the seats of the works that are wanted.
func (d *draft) seatsOf(wanted func(w int32) bool) (s seating) {
	by := d.worksByCategory()
	for _, works := range by[:len(d.pool)] {
		s.firstOf = append(s.firstOf, len(s.works))
		for _, w := range works {
			for range d.movable(w) {
				if wanted(w) {
					s.works = append(s.works, w)
				}
			}
		}
	}
	s.firstOf = append(s.firstOf, len(s.works))
	return s
}

// drawWorks returns two random works, three times in four of one category, because most exchanges within a category
// are allowed.
func (d *draft) drawWorks(s seating) (w, v int32) {
	w = s.works[d.rng.IntN(len(s.works))]
	if k := d.category[w]; d.rng.IntN(4) > 0 {
		return w, s.works[s.firstOf[k]+d.rng.IntN(s.firstOf[k+1]-s.firstOf[k])]
	}
	return w, s.works[d.rng.IntN(len(s.works))]
}

// exchange swaps the judges of two random seats, or lets the second judge take both, unless that makes the plan
// worse. It returns the change of Σλ² and the gain.
func (d *draft) exchange(seats seating) (change, gain int) {
	s, ok := d.propose(seats)
	if !ok {
		return 0, 0
	}
	change, gain = d.gain(s)
	if gain < 0 {
		return 0, 0
	}
	d.swap(s)
	return change, gain
}

// swap is an exchange: b takes the seat of a on w and, if both, a takes that of b on v.
type swap struct {
	w, a, v, b int32
	both       bool
}

// propose draws a swap that the rules allow.
func (d *draft) propose(seats seating) (s swap, ok bool) {
	s.w, s.v = d.drawWorks(seats)
	m := d.movable(s.w)
	s.a = m[d.rng.IntN(len(m))]
	m = d.movable(s.v)
	s.b = m[d.rng.IntN(len(m))]
	if s.v == s.w || s.a == s.b || !d.canJoin(s.w, s.a, s.b) {
		return s, false
	}
	s.both = d.loads[s.a] != d.loads[s.b]+1 || d.loads[s.a] <= d.minLoad[s.a] || d.loads[s.b] >= d.maxLoad[s.b]
	return s, !s.both || d.canJoin(s.v, s.b, s.a)
}

// gain returns how a swap changes Σλ², and what the plan gains by it, wishes and expertise included.
func (d *draft) gain(s swap) (change, gain int) {
	change = d.pairChange(s.w, s.a, s.b, s.v, s.both)
	if s.both {
		change += d.pairChange(s.v, s.b, s.a, s.w, true)
	}
	gain = -change
	if d.indifferent {
		return change, gain
	}
	gain += d.preference(s.w, s.b) - d.preference(s.w, s.a)
	if s.both {
		gain += d.preference(s.v, s.a) - d.preference(s.v, s.b)
	}
	return change, gain
}

// swap makes the swap s.
func (d *draft) swap(s swap) {
	d.replace(s.w, s.a, s.b)
	if s.both {
		d.replace(s.v, s.b, s.a)
	}
}

// inverse is the swap that undoes s.
func (s swap) inverse() swap { return swap{s.w, s.b, s.v, s.a, s.both} }

// pairChange returns how Σλ² changes when b takes the seat of a on w. If both, the reverse happens on v, and judges
// who sit on both works cancel out.
func (d *draft) pairChange(w, a, b, v int32, both bool) (sum int) {
	n := d.problem.Judges
	ra, rb := d.lambda[int(a)*n:int(a)*n+n], d.lambda[int(b)*n:int(b)*n+n]
	for _, m := range d.panels[w] {
		if m != a && !(both && contains(d.panels[v], m)) {
			sum += 2 * int(rb[m]-ra[m]+1)
		}
	}
	return sum
}
