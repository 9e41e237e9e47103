// Package rules reads and writes the rules of a contest, and says what a change of them would move.
package rules

import "fayi/judging/office/internal/records"

// Stage is the rules stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
