package records

import (
	"fayi/judging/award"
	"fayi/judging/store"
)

// LoadDecisions returns the awards as last decided; older decisions stay in the store for the record.
func LoadDecisions(tx store.Tx) ([]award.Decision, error) {
	version, err := Last(tx, "decisions")
	if err != nil {
		return nil, err
	}
	return DecisionsOf(tx, version)
}

// DecisionsOf returns the awards as decided in one version.
func DecisionsOf(tx store.Tx, version int) ([]award.Decision, error) {
	return Collect(func(fn func(award.Decision) error) error {
		return Decisions.EachPrefix(tx, decisionPrefix(version), func(r DecisionRecord) error { return fn(r.Decision) })
	})
}
