package records

import (
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

// Look is what one judge has looked at of one work in a round. It stands next to the score: nothing is decided by it.
type Look struct {
	Round judging.Round    `json:"round"`
	Judge judging.JudgeID  `json:"judge"`
	Code  judging.WorkCode `json:"code"` // of the work, or of the calibration work
	judging.Look
}

func lookID(r judging.Round, j judging.JudgeID, code judging.WorkCode) string {
	return SeatID(r, j) + "/" + string(code)
}

// Looks are what judges have looked at.
var Looks = store.NewTable("look", 1, func(l *Look) string { return lookID(l.Round, l.Judge, l.Code) })

// LoadLook returns what a judge has looked at of a work, nothing where nobody knows.
func LoadLook(tx store.Tx, r judging.Round, j judging.JudgeID, code judging.WorkCode) (judging.Look, error) {
	l, err := Looks.Get(tx, lookID(r, j, code))
	if judging.CodeOf(err) == judging.NotFound {
		err = nil
	}
	return l.Look, err
}

// KeepLook keeps what a judge has looked at of a work, and reports whether that is new.
func KeepLook(tx store.Tx, r judging.Round, j judging.JudgeID, code judging.WorkCode, l judging.Look) (bool, error) {
	before, err := LoadLook(tx, r, j, code)
	if err != nil || before.Same(l) {
		return false, err
	}
	l.Seen = slices.Clone(l.Seen)
	return true, Looks.Put(tx, Look{r, j, code, l})
}

// ScoredUnseen lists, by number, the works that a judge scored though files of them were not looked at.
func ScoredUnseen(tx store.Tx, r judging.Round, j judging.JudgeID) ([]judging.WorkCode, error) {
	var out []judging.WorkCode
	err := Looks.EachPrefix(tx, lookID(r, j, ""), func(l Look) error {
		if l.Unseen > 0 {
			out = append(out, l.Code)
		}
		return nil
	})
	return out, err
}
