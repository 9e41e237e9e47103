// Package packets seals works for judges who score on another computer, and opens their signed replies. What a reply
// says of a work comes into the contest by the one door, scoring.Accept.
package packets

import "fayi/judging/office/internal/records"

// Stage is the packets of an open contest; package office hands them out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the packets of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }
