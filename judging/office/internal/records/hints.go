package records

import (
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// HintNote is a person's word that a hint in the scores of a round was looked at, with what they found. The hint is as
// it was then: one of more works is another one.
type HintNote struct {
	Round    judging.Round `json:"round"`
	Hint     string        `json:"hint"`
	Reason   string        `json:"reason"`
	By       string        `json:"by"`
	At       time.Time     `json:"at"`
	Recalled string        `json:"recalled,omitempty"` // why the note was taken back; then it does not count
}

// HintNotes are the last notes on each hint, those taken back too.
var HintNotes = store.NewTable("hint_note", 1, func(n *HintNote) string { return HintNoteID(n.Round, n.Hint) })

// HintNoteID is the identity of the note on a hint.
func HintNoteID(r judging.Round, hint string) string {
	return judging.Serial("r", 2, int(r)) + "/" + hint
}
