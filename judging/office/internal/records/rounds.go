package records

import (
	"fayi/judging"
	"fayi/judging/store"
)

// Entry 入围 lists the works of one category and group that take part in a round after the first.
type Entry struct {
	Round    judging.Round    `json:"round"`
	Category string           `json:"category"`
	Group    string           `json:"group,omitempty"`
	Works    []judging.WorkID `json:"works"`
}

var Entries = store.NewTable("entry", 1, func(e *Entry) string {
	return EntryPrefix(e.Round) + e.Category + "/" + e.Group
})

func EntryPrefix(r judging.Round) string { return judging.Serial("r", 2, int(r)) + "/" }

// TakesPart returns which works take part in a round; nil means all.
func TakesPart(tx store.Tx, round judging.Round) (map[judging.WorkID]bool, error) {
	if round < 2 {
		return nil, nil
	}
	in := map[judging.WorkID]bool{}
	return in, Entries.EachPrefix(tx, EntryPrefix(round), func(e Entry) error {
		for _, w := range e.Works {
			in[w] = true
		}
		return nil
	})
}

// InRound passes the works in the contest that take part in a round.
func InRound(tx store.Tx, round judging.Round) (func(judging.Work) bool, error) {
	counts, err := InContest(tx)
	if err != nil {
		return nil, err
	}
	in, err := TakesPart(tx, round)
	return func(w judging.Work) bool { return counts(w) && (in == nil || in[w.ID]) }, err
}

// OnceInRound passes the works that take part in a round, and those that have left the contest since.
func OnceInRound(tx store.Tx, round judging.Round) (func(judging.Work) bool, error) {
	in, err := TakesPart(tx, round)
	return func(w judging.Work) bool { return in == nil || in[w.ID] }, err
}
