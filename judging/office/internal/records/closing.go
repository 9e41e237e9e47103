package records

import (
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/award"
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
	Other     []OtherWork     `json:"other"`   // works that go by another formula than most of their list
}

// ShortWork is a work that gets no place, for it has fewer scores than the rules ask for.
type ShortWork struct {
	Work   judging.WorkID   `json:"work"`
	Code   judging.WorkCode `json:"code"`
	Scores int              `json:"scores"`
}

// OtherWork is a work whose official score is made by another formula than that of most works of its list.
type OtherWork struct {
	award.Other
	Code judging.WorkCode `json:"code"`
}

// Text is the key of the sentence about the work.
func (o OtherWork) Text() string {
	switch {
	case !o.Trims():
		return "closing.other_count"
	case o.Dropped > 0:
		return "closing.other_trimmed"
	}
	return "closing.other_mean"
}

// Args gives Text what it tells.
func (o OtherWork) Args() judging.Args {
	return judging.Args{"Work": o.Code, "Scores": o.Scores, "Usual": o.Usual.Scores}
}

// OtherWorks names the works of a round that go by another formula than most of their list, as scores stand now.
func OtherWorks(r *Reading, round judging.Round) ([]OtherWork, error) {
	rules, err := RulesIn(r.Tx, round)
	if err != nil {
		return nil, err
	}
	tallies, err := r.Tally(round)
	if err != nil {
		return nil, err
	}
	out := []OtherWork{}
	for _, o := range award.OtherFormulasOf(rules, tallies) {
		w, err := LoadWork(r.Tx, o.Work)
		if err != nil {
			return nil, err
		}
		out = append(out, OtherWork{o, w.Code})
	}
	return out, nil
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
