package scoring

import "fayi/judging/office/internal/records"

// Stage is the scoring stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage over a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// Packets is the part of the stage for judges who score on another computer: sealed files out, signed replies in, and
// the scores that differ between a reply and the contest.
type Packets struct {
	rec *records.Records
}

// PacketsOf returns the packets of a contest's records.
func PacketsOf(rec *records.Records) Packets { return Packets{rec} }

// Collecting is the part of the stage that takes filled sheets and packets' replies in, many files at once.
type Collecting struct {
	rec *records.Records
}

// CollectingOf returns the collecting over a contest's records.
func CollectingOf(rec *records.Records) Collecting { return Collecting{rec} }

// DoubleEntry is the part of the stage in which a second person types the totals that came on sheets again.
type DoubleEntry struct {
	rec *records.Records
}

// DoubleEntryOf returns the double entry of a contest's records.
func DoubleEntryOf(rec *records.Records) DoubleEntry { return DoubleEntry{rec} }

// Calibration is the part of the stage about the works that all judges score first, to find a common measure.
type Calibration struct {
	rec *records.Records
}

// CalibrationOf returns the calibration of a contest's records.
func CalibrationOf(rec *records.Records) Calibration { return Calibration{rec} }

// Comments is the part of the stage about what judges wrote on works, for their authors.
type Comments struct {
	rec *records.Records
}

// CommentsOf returns the comments of a contest's records.
func CommentsOf(rec *records.Records) Comments { return Comments{rec} }

// What the state of a round's scoring is reported by; the records keep it, since every later stage asks.
type (
	Status      = records.Status
	JudgeStatus = records.JudgeStatus
	Closing     = records.Closing
	ShortWork   = records.ShortWork
	OtherWork   = records.OtherWork
)

// Judges is the part of the stage in which a judge leaves as a whole, or was entered twice, and scores go along.
type Judges struct {
	rec *records.Records
}

// JudgesOf returns the changes of judges with scores over a contest's records.
func JudgesOf(rec *records.Records) Judges { return Judges{rec} }
