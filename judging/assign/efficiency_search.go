package assign

import (
	"context"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Limits of improveEfficiency. maxInversionWork bounds judges³ × inversions, some 2 ns each; below minInversions a
// search is not worth starting.
const (
	efficientEnough  = .995
	efficiencyTries  = 100_000 // swaps drawn in all
	efficiencyStall  = 100     // swaps drawn for each seat since the last gain
	maxInversionWork = 200_000_000
	minInversions    = 200
)

// efficiencySearch lowers the trace of the inverse Laplacian of one group of judges: the mean variance of the
// differences between them.
type efficiencySearch struct {
	draft    *draft
	group    []int
	position []int      // of each judge in group
	trace    float64    // of the inverse
	gradient *mat.Dense // the squared inverse, which is minus the gradient of the trace; nil at first
}

// improveEfficiency chooses, among plans of equal Σλ², one that compares judges well. It matters where works are
// few: there plans of the same Σλ² can differ by tenths of A-efficiency.
func (d *draft) improveEfficiency(ctx context.Context) error {
	for _, group := range d.components(-1).Groups {
		m := len(group)
		rounds := maxInversionWork / (m * m * m)
		if m < 3 || rounds < minInversions {
			continue
		}
		if a, _ := d.groupEfficiency(group); a == 0 || a >= efficientEnough {
			continue
		}
		if err := d.improveGroup(ctx, group, rounds); err != nil {
			return err
		}
	}
	return nil
}

// improveGroup draws swaps within group and makes those that raise its efficiency, with at most rounds inversions.
func (d *draft) improveGroup(ctx context.Context, group []int, rounds int) error {
	l := &efficiencySearch{draft: d, group: group, position: make([]int, d.problem.Judges)}
	for x, j := range group {
		l.position[j] = x
	}
	seats := d.seatsOf(func(w int32) bool { return slices.Contains(group, int(d.panels[w][0])) })
	if len(seats.works) < 2 || !l.recompute() {
		return nil
	}
	works := d.worksByCategory()
	for t, last := 0, 0; t < efficiencyTries && t-last < efficiencyStall*len(seats.works) && rounds > 0; t++ {
		if t%256 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		s, ok := d.propose(seats)
		if !ok {
			continue
		}
		if _, gain := d.gain(s); gain < 0 || !l.promising(s) {
			continue
		}
		rounds--
		if l.attempt(s, works) {
			last = t
		}
	}
	return nil
}

// promising reports whether a swap can lower the trace. The trace is convex, so if its slope does not fall in the
// direction of the swap, the trace rises.
func (l *efficiencySearch) promising(s swap) bool {
	before := l.weight(s.w) + l.weight(s.v)
	l.draft.swap(s)
	after := l.weight(s.w) + l.weight(s.v)
	l.draft.swap(s.inverse())
	return after > before+1e-12
}

// weight is how much work w contributes to the slope of the trace: the squared inverse times I − 11ᵀ/k on its
// judges.
func (l *efficiencySearch) weight(w int32) (sum float64) {
	panel := l.draft.panels[w]
	part := 1 / float64(len(panel))
	for _, j := range panel {
		row := l.gradient.RawRowView(l.position[j])
		sum += row[l.position[j]]
		for _, m := range panel {
			sum -= part * row[l.position[m]]
		}
	}
	return sum
}

// attempt makes a swap if that lowers the trace and splits no category, and reports whether it did.
func (l *efficiencySearch) attempt(s swap, works [][]int32) bool {
	categories := []int32{l.draft.category[s.w], l.draft.category[s.v]}
	var before, after [2]int
	for i, k := range categories {
		_, before[i] = l.draft.groupsOf(works[k])
	}
	l.draft.swap(s)
	for i, k := range categories {
		_, after[i] = l.draft.groupsOf(works[k])
	}
	if after[0] > before[0] || after[1] > before[1] || !l.recompute() {
		l.draft.swap(s.inverse())
		return false
	}
	return true
}

// recompute inverts the Laplacian of the plan as it is. If the group is no longer connected or the trace no lower,
// it reports false and keeps the values from before.
func (l *efficiencySearch) recompute() bool {
	inv, _ := l.draft.inverse(l.group)
	if inv == nil {
		return false
	}
	trace := mat.Trace(inv)
	if l.gradient != nil && trace > l.trace-1e-12 {
		return false
	}
	l.trace, l.gradient = trace, mat.NewDense(len(l.group), len(l.group), nil)
	l.gradient.Mul(inv, inv)
	return true
}
