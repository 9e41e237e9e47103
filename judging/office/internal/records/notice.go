package records

import (
	"fayi/judging"
	"fayi/judging/store"
)

var (
	Notices    = store.NewTable("notice", 1, func(n *judging.Notice) string { return n.ID })
	Objections = store.NewTable("objection", 1, func(b *judging.Objection) string { return b.ID })
)

// Standing returns the notice that stands or is final, nil where none is.
func Standing(tx store.Tx) (*judging.Notice, error) {
	var found *judging.Notice
	err := Notices.Each(tx, func(n judging.Notice) error {
		if n.State != judging.Recalled {
			found = &n
		}
		return nil
	})
	return found, err
}

func IsFinal(tx store.Tx) (bool, error) {
	n, err := Standing(tx)
	return n != nil && n.State == judging.Final, err
}
