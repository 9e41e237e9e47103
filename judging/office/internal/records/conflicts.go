package records

import (
	"fayi/judging"
	"fayi/judging/store"
)

func LoadConflicts(tx store.Tx) ([]judging.Conflict, error) {
	return Collect(func(fn func(judging.Conflict) error) error { return Conflicts.Each(tx, fn) })
}
