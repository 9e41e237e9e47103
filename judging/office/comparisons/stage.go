// Package comparisons asks judges of a few works near the line of an award which of two is better, where marks leave it
// open: works that share the place where the award ends, or whose side of the line is in doubt. Marks and places stay
// what they are. Of a tie the answers become rulings, shown first and taken back whole; of doubtful works they are a
// report, which a ruling may follow. What is said is kept for good, one answer a transaction.
package comparisons

import (
	"errors"

	"fayi/judging"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Stage holds the comparisons of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the comparisons of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// load reads a comparison. Errors: NotFound.
func load(tx store.Tx, id string) (compared.Comparison, error) {
	c, err := compared.Comparisons.Get(tx, id)
	if errors.Is(err, judging.ErrNotFound) {
		return c, judging.Fail(judging.NotFound, "compare.none", judging.Args{"ID": id})
	}
	return c, err
}

// loadOpen reads a comparison in which judges may still speak. Errors: NotFound; Closed for one that was given up,
// whose result was ruled, or of a round before this one.
func loadOpen(tx store.Tx, id string) (compared.Comparison, error) {
	c, err := load(tx, id)
	if err != nil {
		return c, err
	}
	now, err := compared.StateOf(tx, c)
	switch {
	case err != nil:
		return c, err
	case now == Dropped:
		return c, judging.Fail(judging.Closed, "compare.is_dropped", nil)
	case now == Settled:
		return c, judging.Fail(judging.Closed, "compare.is_settled", nil)
	case now == Past:
		return c, judging.Fail(judging.Closed, "compare.is_past", nil)
	}
	return c, nil
}
