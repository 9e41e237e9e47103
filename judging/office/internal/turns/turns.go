// Package turns keeps the running orders of a stage: which work is on, and which were.
package turns

import (
	"errors"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// State says how far a work is on the stage.
type State string

// The states of a turn, in their order. Judges may score a work of the running order while it is Called, and not
// before or after.
const (
	Waiting  State = "waiting"
	Called   State = "called"
	Shut     State = "closed"   // no more scores
	Released State = "released" // the big screen may show its scores
)

// Turn 出场 is a work's place in the running order of a round, and what became of it.
type Turn struct {
	Round  judging.Round  `json:"round"`
	Work   judging.WorkID `json:"work"`
	Number int            `json:"number"` // in the running order, from 1
	State  State          `json:"state"`
	Seed   uint64         `json:"seed,omitempty"`  // that drew the lots
	Moved  bool           `json:"moved,omitempty"` // put to its number by hand
	Since  time.Time      `json:"since,omitzero"`  // when it came onto the stage last
	// of the performance, by the clock of this machine; zero where it was not timed
	Started time.Time `json:"started,omitzero"`
	Stopped time.Time `json:"stopped,omitzero"`
	Closed  time.Time `json:"closed,omitzero"`  // when scoring ended last
	Offset  string    `json:"offset,omitempty"` // what overtime cost, an Offset that counts
	Shown   *Shown    `json:"shown,omitempty"`  // what was released
}

// Shown is what the big screen was given of a work: numbers of one moment, which stay until they are released again.
type Shown struct {
	At       time.Time   `json:"at"`
	Marks    []ShownMark `json:"marks"` // by judge, in the order of their identities
	Offset   float64     `json:"offset,omitempty"`
	Official float64     `json:"official"`
}

// Same reports whether s and o show the same, whenever they were made.
func (s Shown) Same(o Shown) bool {
	return slices.Equal(s.Marks, o.Marks) && s.Offset == o.Offset && s.Official == o.Official
}

// Words lists the marks as they are written down, dropped ones in parentheses.
func (s Shown) Words() string {
	var out []string
	for _, m := range s.Marks {
		text := judging.Exact(m.Total).String()
		if m.Dropped {
			text = "(" + text + ")"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// ShownMark is one judge's total.
type ShownMark struct {
	Total   float64 `json:"total"`
	Dropped bool    `json:"dropped,omitempty"` // as highest or lowest
}

// ID tells turns apart.
func (t Turn) ID() string { return judging.Serial("r", 2, int(t.Round)) + "/" + string(t.Work) }

// Table holds the running orders of all rounds.
var Table = store.NewTable("turn", 1, func(t *Turn) string { return t.ID() })

// Of returns a work's turn in a round; nil where the running order doesn't have it.
func Of(tx store.Tx, round judging.Round, work judging.WorkID) (*Turn, error) {
	t, err := Table.Get(tx, Turn{Round: round, Work: work}.ID())
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &t, err
}

// In lists the turns of a round, by work.
func In(tx store.Tx, round judging.Round) ([]Turn, error) {
	return Table.List(tx, judging.Serial("r", 2, int(round))+"/")
}

// OnStage refuses a score of a work in the running order that is not on the stage now. Errors: Closed.
func OnStage(tx store.Tx, round judging.Round, work judging.WorkID) error {
	t, err := Of(tx, round, work)
	switch {
	case err != nil || t == nil || t.State == Called:
		return err
	case t.State == Waiting:
		return judging.Fail(judging.Closed, "stage.not_yet", judging.Args{"Number": t.Number})
	}
	return judging.Fail(judging.Closed, "stage.over", judging.Args{"Number": t.Number})
}
