package records

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// State is the moment of a contest that a paper was made from.
type State struct {
	Position int    `json:"journal_position"` // entries of the journal then
	Hash     string `json:"journal_hash"`     // first eight signs of the last entry's hash
}

// StateOf tells the moment that a transaction sees.
func StateOf(tx store.Tx) (State, error) {
	n, err := Last(tx, "journal")
	if err != nil || n == 0 {
		return State{}, err
	}
	e, err := Journal.Get(tx, judging.Serial("", 9, n))
	if err != nil {
		return State{}, err
	}
	return State{Position: n, Hash: e.Hash[:min(8, len(e.Hash))]}, nil
}

// Mark is the moment as papers print it: "128-3fa9c01b".
func (s State) Mark() string { return fmt.Sprintf("%d-%s", s.Position, s.Hash) }

// Note is the line of a paper that says of which moment it is, and what was open then.
func (s State) Note(open []Point, words paper.Words) string {
	parts := []string{words("open.state", map[string]any{"State": s.Mark()})}
	for _, p := range open {
		parts = append(parts, words(p.Text, p.Args))
	}
	return strings.Join(parts, " ")
}
