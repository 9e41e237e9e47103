// Package doubleentry has a second person type totals again that came on sheets, and says which differ. It looks only
// at scores that are stored, so that the progress of scoring can count what it settled.
package doubleentry

import "fayi/judging/office/internal/records"

// Stage is the double entry of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the double entry of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
