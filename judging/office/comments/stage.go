// Package comments lists what judges wrote on works, and writes it down for those who sent the works.
package comments

import "fayi/judging/office/internal/records"

// Stage is the comments of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the comments of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
