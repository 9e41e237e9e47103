package records

import (
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// Closing is the end of a round's scoring while some lists are not handed in, by the rule sheet's rule for missing
// judges.
type Closing struct {
	Round     judging.Round   `json:"round"`
	At        time.Time       `json:"at"`
	Reason    string          `json:"reason"`
	Rule      judging.Missing `json:"rule"`
	MinScores int             `json:"min_scores,omitempty"`
	Missing   []JudgeStatus   `json:"missing"` // whose lists were not handed in
	Short     []ShortWork     `json:"short"`   // works with too few scores for a place
}

// ShortWork is a work that gets no place, for it has fewer scores than the rules ask for.
type ShortWork struct {
	Work   judging.WorkID   `json:"work"`
	Code   judging.WorkCode `json:"code"`
	Scores int              `json:"scores"`
}

var Closings = store.NewTable("closing", 1, func(c *Closing) string { return judging.Serial("r", 2, int(c.Round)) })

// LoadClosing returns nil while the round is open.
func LoadClosing(tx store.Tx, round judging.Round) (*Closing, error) {
	c, err := Closings.Get(tx, judging.Serial("r", 2, int(round)))
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &c, err
}

func IsClosed(tx store.Tx, round judging.Round) (bool, error) {
	c, err := LoadClosing(tx, round)
	return c != nil, err
}
