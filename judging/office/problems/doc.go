// Package problems keeps what was wrong with the rows of lists that came in, until each row is mended or a person
// lets it be.
//
// It promises: equal problems are one entry with its rows, each row stands as it stands in its sheet; a mended row is
// read again as a whole and comes in as an import of its own, which can be undone; a list sent to a unit and returned
// changes the rows that it was made of and no others. A later version of a list takes the place of the earlier one's
// problems. What is kept is bounded: of an import some thousand rows, the rest is counted.
//
// It reads no workbooks but its own lists and changes works only through package intake.
package problems

import "fayi/judging/office/internal/records"

// Stage is the problems of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the problems over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
