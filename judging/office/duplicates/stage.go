// Package duplicates finds works which look like one: among those of the contest, and between them and works of former
// years, the references. It keeps what was decided of a pair through later searches; it changes no work.
package duplicates

import "fayi/judging/office/internal/records"

// Stage is the comparison of works of an open contest; package office hands it out. Its methods may be called from
// many goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the comparison of works over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
