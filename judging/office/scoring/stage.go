package scoring

import "fayi/judging/office/internal/records"

// Stage is the scoring stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// What the state of a round's scoring is reported by; the records keep it, since every later stage asks.
type (
	Status      = records.Status
	JudgeStatus = records.JudgeStatus
	Closing     = records.Closing
	ShortWork   = records.ShortWork
	OtherWork   = records.OtherWork
)
