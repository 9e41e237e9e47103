package judging

import (
	"time"
)

// IntakeState says whether what an intake brought counts.
type IntakeState string

// An intake is written as Pending, flipped Live in one step, and undone by flipping it back.
const (
	Pending IntakeState = "pending"
	Live    IntakeState = "live"
	Undone  IntakeState = "undone"
)

// Intake is one act of bringing works in: all of it counts or none.
type Intake struct {
	ID      IntakeID    `json:"id"`
	State   IntakeState `json:"state"`
	At      time.Time   `json:"at"`
	By      string      `json:"by"`
	Sources []string    `json:"sources"` // names of the files, without folders
	Tally   RowTally    `json:"tally"`
	Digest  string      `json:"digest"` // hex SHA-256 over the records written, in order
	// the same over what is wrong with its rows, "" for nothing
	Wrong string `json:"wrong,omitempty"`
	// it brings in rows that a person mended
	Mending bool `json:"mending,omitempty"`
}

// RowTally counts rows by what became of them.
type RowTally struct {
	Accepted  int `json:"accepted"`
	Unchanged int `json:"unchanged"`
	Changed   int `json:"changed"`
	Rejected  int `json:"rejected"`
}

// RowStatus is what became of a row.
type RowStatus string

// The ends of a row.
const (
	RowAccepted  RowStatus = "accepted"
	RowUnchanged RowStatus = "unchanged"
	RowChanged   RowStatus = "changed"
	RowRejected  RowStatus = "rejected"
	RowLeft      RowStatus = "left" // a person left it out; counted nowhere
)

// Add counts one row.
func (t *RowTally) Add(s RowStatus) {
	switch s {
	case RowAccepted:
		t.Accepted++
	case RowUnchanged:
		t.Unchanged++
	case RowChanged:
		t.Changed++
	case RowRejected:
		t.Rejected++
	}
}

// Problem is one thing wrong with what was brought in: where, and a catalogue text with its args. Fatal ones reject
// the row.
type Problem struct {
	Place
	Column string `json:"column,omitempty"` // letters, as "C"
	Text   string `json:"code"`             // catalogue key
	Args   Args   `json:"args,omitempty"`
	Fatal  bool   `json:"fatal,omitempty"`
}
