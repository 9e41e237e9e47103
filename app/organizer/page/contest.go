package page

import (
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/awards"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
	"fayi/judging/office/review"
	"fayi/judging/office/rules"
	"fayi/judging/office/scoring"
)

type (
	intakeVerbs     = intake.Stage
	reviewVerbs     = review.Stage
	assignmentVerbs = assignment.Stage
	scoringVerbs    = scoring.Stage
	resultsVerbs    = results.Stage
	awardsVerbs     = awards.Stage
	rulesVerbs      = rules.Stage
	reportVerbs     = report.Stage
)

// Stages puts the stages' operations side by side: each page declares, as a small interface, the few that it needs.
type Stages struct {
	*office.Office
	intakeVerbs
	reviewVerbs
	assignmentVerbs
	scoringVerbs
	resultsVerbs
	awardsVerbs
	rulesVerbs
	reportVerbs
}

// StagesOf hands out the operations on the contest o.
func StagesOf(o *office.Office) Stages {
	return Stages{
		o, o.Intake(), o.Review(), o.Assignment(), o.Scoring(), o.Results(), o.Awards(), o.RuleBook(), o.Report(),
	}
}

// PapersOf hands out the operations on the contest o, those that write papers among them.
func PapersOf(o *office.Office) Papers { return Papers{StagesOf(o)} }
