// Package letters tells the units that sent works what became of each: a letter with the results, the certificates in
// one parcel, and for the office the statistics of who took part.
package letters

import "fayi/judging/office/internal/records"

// Stage is the telling of results in an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
