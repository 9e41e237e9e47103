package organizer

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

// contest puts the stages' operations side by side: each page declares, as a small interface, the few that it needs.
type contest struct {
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

// stagesOf hands out the operations on the contest o.
func stagesOf(o *office.Office) contest {
	return contest{o, o.Intake(), o.Review(), o.Assignment(), o.Scoring(), o.Results(), o.Awards(), o.RuleBook(), o.Report()}
}

// papersOf hands out the operations on the contest o, those that write papers among them.
func papersOf(o *office.Office) papers { return papers{stagesOf(o)} }
