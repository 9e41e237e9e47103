// Package assignment takes judges in, keeps what they must not judge, and plans who judges what.
package assignment

import "fayi/judging/office/internal/records"

// Stage is the assignment stage of an open contest; package office hands it out. Its methods may be called from
// many goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
