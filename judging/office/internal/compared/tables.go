package compared

import (
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// Why works are compared in pairs.
const (
	ForTie   = "tie"   // they share the place where an award ends
	ForDoubt = "doubt" // marks leave open on which side of it they are
)

// Comparison 两两比较 asks judges of a few works near the line of an award which of two is better.
type Comparison struct {
	ID       string            `json:"id"` // "k001"
	Why      string            `json:"why"`
	Round    judging.Round     `json:"round"`
	Category string            `json:"category"`
	Group    string            `json:"group,omitempty"`
	Award    string            `json:"award"`
	Places   int               `json:"places"`         // of the works that the award has room for, 1 or more, not all
	Works    []judging.WorkID  `json:"works"`          // by identity
	Judges   []judging.JudgeID `json:"judges"`         // who is asked, by identity
	Most     int               `json:"most,omitempty"` // pairs that each judge is asked about at most; 0: all there are
	Seed     uint64            `json:"seed"`           // which of two equally useful pairs comes first
	By       string            `json:"by"`
	At       time.Time         `json:"at"`
	Rulings  []string          `json:"rulings,omitempty"` // that were made of it; some may be taken back by now
	Dropped  string            `json:"dropped,omitempty"` // why it was given up
}

// PairAnswer is what one judge said of one pair.
type PairAnswer struct {
	Comparison string          `json:"comparison"`
	N          int             `json:"n"` // from 1 within the comparison
	Judge      judging.JudgeID `json:"judge"`
	Left       judging.WorkID  `json:"left"`
	Right      judging.WorkID  `json:"right"`
	Better     judging.WorkID  `json:"better,omitempty"` // one of the two; "" for neither
	At         time.Time       `json:"at"`
	Mark       string          `json:"mark,omitempty"`     // that the judge's device made; "" for an answer at the desk
	Recalled   string          `json:"recalled,omitempty"` // why it was taken back; then it does not count
}

// Comparisons are all that were ever opened, PairAnswers all that was ever said in them.
var (
	Comparisons = store.NewTable("comparison", 1, func(c *Comparison) string { return c.ID })
	PairAnswers = store.NewTable("pair_answer", 1, func(a *PairAnswer) string {
		return a.Comparison + "/" + judging.Serial("", 5, a.N)
	})
)

// AnswersOf lists what was said in a comparison, what was taken back too, oldest first.
func AnswersOf(tx store.Tx, comparison string) ([]PairAnswer, error) {
	return PairAnswers.List(tx, comparison+"/")
}
