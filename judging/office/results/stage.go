// Package results says what the scores of a round come to: places, how sure they are, why a work has its place, and
// how judges scored.
package results

import "fayi/judging/office/internal/records"

// Stage is the results stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
