package judging

// Dispute says when judges differ too much on a work and what is then done by rule.
type Dispute struct {
	// 极差 limit in points of the total: a work at or above it is disputed; 0: none is
	Range float64     `toml:"range,omitempty" json:"range,omitempty"`
	Exit  DisputeExit `toml:"exit,omitempty" json:"exit,omitempty"` // what the rule sheet asks for first
}

// DisputeExit is a way to settle a disputed work.
type DisputeExit string

// The ways; empty means Third.
const (
	Third     DisputeExit = "third"     // one more judge scores it
	Rescore   DisputeExit = "rescore"   // its judges look again, each alone; old marks stay in the history
	Consensus DisputeExit = "consensus" // its judges talk, then correct their marks
	Accept    DisputeExit = "accept"    // the scores stand, with a reason
)

// Disputed reports whether the judges' totals of a work are too far apart.
func (d Dispute) Disputed(p Placing) bool {
	return d.Range > 0 && p.Scores > 1 && Exact(p.Range) >= Exact(d.Range)
}
