// Package report writes what leaves the office: lists, certificates, and batches for the office above, whose answers
// it reads.
package report

import "fayi/judging/office/internal/records"

// Stage is the report stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
