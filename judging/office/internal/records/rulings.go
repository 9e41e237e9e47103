package records

import (
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/store"
)

// Rulings are what people ruled on awards, those taken back too.
var Rulings = store.NewTable("ruling", 1, func(u *award.Ruling) string { return u.ID })

// LiveRulings lists the rulings that hold, oldest first.
func LiveRulings(tx store.Tx) ([]award.Ruling, error) {
	return Collect(func(fn func(award.Ruling) error) error {
		return Rulings.Each(tx, func(u award.Ruling) error {
			if u.Recalled != "" {
				return nil
			}
			return fn(u)
		})
	})
}

// InContest passes the works that are in the contest: accepted, and not disqualified by the last word on them.
// Everything that counts works asks here, so that each way out of the contest has the same effect.
func InContest(tx store.Tx) (func(judging.Work) bool, error) {
	live, err := LiveRulings(tx)
	if err != nil {
		return nil, err
	}
	out := award.Disqualified(live)
	return func(w judging.Work) bool { return Accepted(w) && !out[w.ID] }, nil
}
