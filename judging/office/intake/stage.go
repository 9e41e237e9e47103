package intake

import "fayi/judging/office/internal/records"

// Stage is the intake stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// Duplicates is the part of the stage that finds works which look like one: among those of the contest, and between
// them and works of former years.
type Duplicates struct {
	rec *records.Records
}

// DuplicatesOf returns the comparison of works over a contest's records.
func DuplicatesOf(rec *records.Records) Duplicates { return Duplicates{rec} }
