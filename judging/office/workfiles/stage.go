// Package workfiles looks into the files of works: their measures, words, pages and small pictures. It shows what the
// organiser sees, names and seals included, and changes no file; what judges see is made by package review.
package workfiles

import "fayi/judging/office/internal/records"

// Stage is the files of works of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the files of works of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
