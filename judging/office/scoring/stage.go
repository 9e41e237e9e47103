// Package scoring takes scores in, by one door whoever brings them, and closes a round.
package scoring

import "fayi/judging/office/internal/records"

// Stage is the scoring stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// Calibration is the part of the stage about the works that all judges score first, to find a common measure.
type Calibration struct {
	rec *records.Records
}

// CalibrationOf returns the calibration of a contest's records.
func CalibrationOf(rec *records.Records) Calibration { return Calibration{rec} }

// What the state of a round's scoring is reported by; the records keep it, since every later stage asks.
type (
	Status      = records.Status
	JudgeStatus = records.JudgeStatus
	Closing     = records.Closing
	ShortWork   = records.ShortWork
	OtherWork   = records.OtherWork
)
