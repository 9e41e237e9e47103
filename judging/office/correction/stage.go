// Package correction puts data of works right after they came in: fields of one work or of many, each with its trace,
// its undo and its redo, and the names of units for all works at once. It never touches what judges see of a work but
// its title, category and group, and it never gives or takes a file, a score or an award.
package correction

import "fayi/judging/office/internal/records"

// Stage corrects works of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// Units is the part of the stage that keeps the names of units: which are in use, which are one, and by which other
// names lists call them.
type Units struct {
	rec *records.Records
}

// UnitsOf returns the units of a contest's records.
func UnitsOf(rec *records.Records) Units { return Units{rec} }
