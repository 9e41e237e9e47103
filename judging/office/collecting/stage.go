// Package collecting takes filled sheets and packets' replies in, many files at once: it reads them all, puts together
// what they say of each score, and brings it in by the one door, scoring.Accept, in an order that does not depend on
// that of the files.
package collecting

import "fayi/judging/office/internal/records"

// Stage is the collecting of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the collecting over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
