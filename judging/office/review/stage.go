// Package review decides which works take part, and makes the copies that judges see, which say nothing of who made
// the work.
package review

import "fayi/judging/office/internal/records"

// Stage is the review stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
