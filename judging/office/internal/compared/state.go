package compared

import (
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// State is how far a comparison is.
type State string

// The states.
const (
	Running State = "running"
	Settled State = "settled" // its result was ruled, and the rulings hold
	Dropped State = "dropped"
	Past    State = "past" // of a round before this one
)

// StateOf tells how far a comparison is now.
func StateOf(tx store.Tx, c Comparison) (State, error) {
	if c.Dropped != "" {
		return Dropped, nil
	}
	held, err := Holding(tx, c)
	if err != nil || len(held) > 0 {
		return Settled, err
	}
	contest, err := records.LoadContest(tx)
	if err == nil && contest.Round != c.Round {
		return Past, nil
	}
	return Running, err
}

// RunningIn lists the comparisons that are under way, oldest first.
func RunningIn(tx store.Tx) (out []Comparison, err error) {
	all, err := Comparisons.List(tx, "")
	for _, c := range all {
		now, err := StateOf(tx, c)
		if err != nil {
			return nil, err
		}
		if now == Running {
			out = append(out, c)
		}
	}
	return out, err
}
