// Package awards decides the awards of a round, keeps what people rule on them, announces them, and leads to further
// rounds.
package awards

import "fayi/judging/office/internal/records"

// Stage is the awards stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// Notices is the part of the stage about the public notice: its days, objections and their answers, and the end.
type Notices struct {
	rec *records.Records
}

// NoticesOf returns the notices of a contest's records.
func NoticesOf(rec *records.Records) Notices { return Notices{rec} }
