package records

import (
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// Reopening lets the judges of one work score it again though their lists are handed in, until the dispute is
// settled.
type Reopening struct {
	Round  judging.Round       `json:"round"`
	Work   judging.WorkID      `json:"work"`
	Exit   judging.DisputeExit `json:"exit"`
	Reason string              `json:"reason"`
	Open   bool                `json:"open"`
	At     time.Time           `json:"at"`               // what judges save later is their second word
	Before *Reopening          `json:"before,omitempty"` // what stood here, should this be taken back
}

var Reopenings = store.NewTable("reopening", 1, func(r *Reopening) string { return ReopeningID(r.Round, r.Work) })

// ReopeningID names the reopening of a work in a round.
func ReopeningID(round judging.Round, work judging.WorkID) string {
	return judging.Serial("r", 2, int(round)) + "/" + string(work)
}

func LoadReopening(tx store.Tx, round judging.Round, work judging.WorkID) (Reopening, error) {
	r, err := Reopenings.Get(tx, ReopeningID(round, work))
	if errors.Is(err, judging.ErrNotFound) {
		return Reopening{}, nil
	}
	return r, err
}

// Reopened reports whether the judges of a work may score it again in a round though their lists are handed in.
func Reopened(tx store.Tx, round judging.Round, work judging.WorkID) (bool, error) {
	r, err := LoadReopening(tx, round, work)
	return r.Open, err
}

// OpenAgain lists the works of a round that are open again.
func OpenAgain(tx store.Tx, round judging.Round) (map[judging.WorkID]bool, error) {
	out := map[judging.WorkID]bool{}
	return out, Reopenings.EachPrefix(tx, judging.Serial("r", 2, int(round))+"/", func(r Reopening) error {
		if r.Open {
			out[r.Work] = true
		}
		return nil
	})
}
