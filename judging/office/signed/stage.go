// Package signed is what judges sign: the pledge before their first score, and the list that they handed in.
package signed

import "fayi/judging/office/internal/records"

// Stage is what is signed in an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
