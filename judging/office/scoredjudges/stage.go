// Package scoredjudges strikes judges off for good and makes one judge of two entries of the same person, with all that
// they scored.
package scoredjudges

import "fayi/judging/office/internal/records"

// Stage is the changes of judges with scores over an open contest; package office hands it out. Its methods may be
// called from many goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the changes of judges with scores over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
