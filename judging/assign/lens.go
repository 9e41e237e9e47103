package assign

import (
	"context"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Limits of polish: groups as efficient as fine are left alone; polishWork bounds judges³ × inversions, some 2 ns each; below fewInversions it is not worth starting.
const (
	fine          = .995
	polishTries   = 100_000 // swaps drawn in all
	polishStall   = 100     // swaps drawn for each seat since the last gain
	polishWork    = 200_000_000
	fewInversions = 200
)

// lens sees how a swap changes the mean variance of the differences between judges of one group: the trace of the inverse Laplacian.
type lens struct {
	*draft
	group []int
	at    []int // place in group of each judge
	trace float64
	fall  *mat.Dense // the squared inverse: minus the slope of the trace
}

// polish chooses among plans of equal Σλ² the one that compares judges best. It matters where works are few: there the same Σλ² leaves A-efficiencies tenths apart.
func (d *draft) polish(ctx context.Context) error {
	for _, group := range d.linked(-1).Groups {
		m := len(group)
		rounds := polishWork / (m * m * m)
		if m < 3 || rounds < fewInversions {
			continue
		}
		if a, _ := d.groupEfficiency(group); a == 0 || a >= fine {
			continue
		}
		if err := d.polishGroup(ctx, group, rounds); err != nil {
			return err
		}
	}
	return nil
}

func (d *draft) polishGroup(ctx context.Context, group []int, rounds int) error {
	l := &lens{draft: d, group: group, at: make([]int, d.p.Judges)}
	for x, j := range group {
		l.at[j] = x
	}
	seats := d.seating(func(w int32) bool { return slices.Contains(group, int(d.panel[w][0])) })
	if len(seats.works) < 2 || !l.look() {
		return nil
	}
	works := d.byKind()
	for t, last := 0, 0; t < polishTries && t-last < polishStall*len(seats.works) && rounds > 0; t++ {
		if t%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		s, ok := d.propose(seats)
		if !ok {
			continue
		}
		if _, gain := d.worth(s); gain < 0 || !l.promising(s) {
			continue
		}
		rounds--
		if l.attempt(s, works) {
			last = t
		}
	}
	return nil
}

// promising reports whether a swap can lower the trace. The trace is convex, so where its slope does not fall there is no hope.
func (l *lens) promising(s swap) bool {
	before := l.weight(s.w) + l.weight(s.v)
	l.swap(s)
	after := l.weight(s.w) + l.weight(s.v)
	l.swap(s.back())
	return after > before+1e-12
}

// weight is the share of work w in the fall of the trace: the squared inverse times I − 11ᵀ/k on its judges.
func (l *lens) weight(w int32) (sum float64) {
	panel := l.panel[w]
	part := 1 / float64(len(panel))
	for _, j := range panel {
		row := l.fall.RawRowView(l.at[j])
		sum += row[l.at[j]]
		for _, m := range panel {
			sum -= part * row[l.at[m]]
		}
	}
	return sum
}

// attempt swaps if that lowers the trace and tears no category, and reports whether it did.
func (l *lens) attempt(s swap, works [][]int32) bool {
	kinds := []int32{l.kind[s.w], l.kind[s.v]}
	var before, after [2]int
	for i, k := range kinds {
		_, before[i] = l.forest(works[k])
	}
	l.swap(s)
	for i, k := range kinds {
		_, after[i] = l.forest(works[k])
	}
	if after[0] > before[0] || after[1] > before[1] || !l.look() {
		l.swap(s.back())
		return false
	}
	return true
}

// look inverts the Laplacian of the plan as it is. It reports false, and keeps what it saw before, if the plan is torn or no better.
func (l *lens) look() bool {
	inv, _ := l.inverse(l.group)
	if inv == nil {
		return false
	}
	trace := mat.Trace(inv)
	if l.fall != nil && trace > l.trace-1e-12 {
		return false
	}
	l.trace, l.fall = trace, mat.NewDense(len(l.group), len(l.group), nil)
	l.fall.Mul(inv, inv)
	return true
}
