package judging

import (
	"time"
)

// PlanState says how far a plan has come.
type PlanState string

// A plan is made as Draft, then Published; a later published plan of the same round makes it Replaced.
const (
	Draft     PlanState = "draft"
	Published PlanState = "published"
	Replaced  PlanState = "replaced"
)

// Plan says who scores what in a round. The pairs are kept in a Roster for each judge.
type Plan struct {
	ID      PlanID      `json:"id"`
	Round   Round       `json:"round"`
	State   PlanState   `json:"state"`
	Seed    uint64      `json:"seed"`
	Made    time.Time   `json:"made"`
	Works   int         `json:"works"`
	Judges  int         `json:"judges"`
	Pairs   int         `json:"pairs"`
	Proof   PlanProof   `json:"proof"`
	Options PlanOptions `json:"options"`
	Base    PlanID      `json:"base,omitempty"`   // the published plan it grew out of
	Before  []string    `json:"before,omitempty"` // versions it grew out of: their score sheets are still taken
	// first 12 hex digits of the SHA-256 over all pairs: score sheets carry it
	Version string `json:"version"`
}

// Expertise says what judges' categories mean for a plan.
type Expertise string

// The readings of expertise; empty means Force.
const (
	Force  Expertise = "force"  // only works of one's categories
	Prefer Expertise = "prefer" // those first
	Ignore Expertise = "ignore" // any work
)

// PlanOptions are the rules that a plan was made by.
type PlanOptions struct {
	PerWork        int       `json:"per_work,omitempty"` // judges for each work; 0: as the rules say
	Expertise      Expertise `json:"expertise,omitempty"`
	DifferentUnits bool      `json:"different_units,omitempty"` // no two judges of one unit on a work
	Senior         bool      `json:"senior,omitempty"`          // at least one senior judge on each work
}

// PlanProof shows how well a plan spreads works over judges; see package assign for the terms.
type PlanProof struct {
	MinLoad        int       `json:"min_load"`
	MaxLoad        int       `json:"max_load"`
	Components     int       `json:"components"` // pieces in which judges can be compared; 1 in each category is right
	PairSumSquares int64     `json:"pair_sum_squares"`
	Bound          int64     `json:"bound"`
	AEfficiency    float64   `json:"a_efficiency"`  // of all judges and works together, 0-1
	Lambda2        float64   `json:"lambda2"`       // E-efficiency λ₂/μ*: of the judges hardest to compare, 0-1
	Comparability  float64   `json:"comparability"` // of the least comparable category, 0-1; below 0.9 is a warning
	Warnings       []Problem `json:"warnings,omitempty"`
}

// Roster lists the works of one judge in a plan, in the order in which the judge sees them.
type Roster struct {
	Plan  PlanID   `json:"plan"`
	Judge JudgeID  `json:"judge"`
	Works []WorkID `json:"works"`
}

// ID tells rosters apart.
func (r Roster) ID() string { return string(r.Plan) + "/" + string(r.Judge) }
