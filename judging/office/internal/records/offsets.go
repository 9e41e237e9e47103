package records

import (
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// Offset 加减分 is points that the office adds to the official score of a work in a round, or takes off below 0, by a
// rule that no judge applies: overtime, a missing form, a bonus for a debut. No judge's mark changes.
type Offset struct {
	ID       string         `json:"id"`
	Round    judging.Round  `json:"round"`
	Work     judging.WorkID `json:"work"`
	Points   float64        `json:"points"` // to the ten-thousandth, not 0
	Reason   string         `json:"reason"`
	By       string         `json:"by"`
	At       time.Time      `json:"at"`
	Recalled string         `json:"recalled,omitempty"` // why it was taken back; then it does not count
}

// Offsets are all that were ever given, those taken back too.
var Offsets = store.NewTable("offset", 1, func(f *Offset) string { return f.ID })

// OffsetsIn sums up the offsets of a round that count, by work.
func OffsetsIn(tx store.Tx, round judging.Round) (map[judging.WorkID]judging.Points, error) {
	out := map[judging.WorkID]judging.Points{}
	return out, Offsets.Each(tx, func(f Offset) error {
		if f.Round == round && f.Recalled == "" {
			out[f.Work] += judging.Exact(f.Points)
		}
		return nil
	})
}
