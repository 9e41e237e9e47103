// Package intake takes works in: it reads lists, folders and archives, accounts for every row, and finds each file its
// work.
package intake

import (
	"fayi/judging/office/internal/records"
)

// Stage is the intake stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
