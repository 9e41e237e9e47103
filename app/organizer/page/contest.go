package page

import (
	"fayi/judging/office"
	"fayi/judging/office/access"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/collecting"
	"fayi/judging/office/correction"
	"fayi/judging/office/doubleentry"
	"fayi/judging/office/duplicates"
	"fayi/judging/office/intake"
	"fayi/judging/office/packets"
	"fayi/judging/office/problems"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
	"fayi/judging/office/review"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoredjudges"
	"fayi/judging/office/scoring"
	"fayi/judging/office/signed"
	"fayi/judging/office/workfiles"
)

type (
	secretVerbs      = access.Secrets
	intakeVerbs      = intake.Stage
	workFileVerbs    = workfiles.Stage
	duplicateVerbs   = duplicates.Stage
	correctionVerbs  = correction.Stage
	unitVerbs        = correction.Units
	reviewVerbs      = review.Stage
	assignmentVerbs  = assignment.Stage
	scoringVerbs     = scoring.Stage
	packetVerbs      = packets.Stage
	collectingVerbs  = collecting.Stage
	judgeVerbs       = scoredjudges.Stage
	doubleEntryVerbs = doubleentry.Stage
	calibrationVerbs = scoring.Calibration
	resultsVerbs     = results.Stage
	awardsVerbs      = awards.Stage
	noticeVerbs      = awards.Notices
	rulesVerbs       = rules.Stage
	reportVerbs      = report.Stage
	problemVerbs     = problems.Stage
	signedVerbs      = signed.Stage
)

// Stages puts the stages' operations side by side: each page declares, as a small interface, the few that it needs.
type Stages struct {
	*office.Office
	secretVerbs
	intakeVerbs
	workFileVerbs
	duplicateVerbs
	correctionVerbs
	unitVerbs
	reviewVerbs
	assignmentVerbs
	scoringVerbs
	packetVerbs
	collectingVerbs
	judgeVerbs
	doubleEntryVerbs
	calibrationVerbs
	resultsVerbs
	awardsVerbs
	noticeVerbs
	rulesVerbs
	reportVerbs
	problemVerbs
	signedVerbs
}

// StagesOf hands out the operations on the contest o.
func StagesOf(o *office.Office) Stages {
	return Stages{
		o, o.Secrets(), o.Intake(), o.WorkFiles(), o.Duplicates(), o.Corrections(), o.Units(), o.Review(),
		o.Assignment(), o.Scoring(), o.Packets(), o.Collecting(), o.ScoredJudges(), o.DoubleEntry(),
		o.Calibration(), o.Results(), o.Awards(), o.Notices(), o.RuleBook(), o.Report(),
		o.Problems(), o.Signed(),
	}
}

// PapersOf hands out the operations on the contest o, those that write papers among them.
func PapersOf(o *office.Office) Papers { return Papers{StagesOf(o)} }
