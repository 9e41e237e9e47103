package organizer

import (
	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office"
)

// intakePages returns the makers of the pages of bringing works in over the open contest. former opens contests of former years.
func intakePages(now func() *office.Office, former Opener) map[string]Maker {
	return map[string]Maker{
		Works:  func(sh kit.Shell, r kit.Route) kit.Page { return newWorksPage(sh, papersOf(now()), r) },
		Import: func(sh kit.Shell, r kit.Route) kit.Page { return newImportPage(sh, stagesOf(now()), r.ID) },
		Files:  func(sh kit.Shell, _ kit.Route) kit.Page { return newReconcilePage(sh, stagesOf(now())) },
		View:   func(sh kit.Shell, r kit.Route) kit.Page { return newViewPage(sh, stagesOf(now()), r) },
		Copies: func(sh kit.Shell, _ kit.Route) kit.Page { return newDuplicatesPage(sh, stagesOf(now()), former) },
	}
}

// reviewPages returns the makers of the pages of review over the open contest.
func reviewPages(now func() *office.Office) map[string]Maker {
	return map[string]Maker{
		Review: func(sh kit.Shell, _ kit.Route) kit.Page { return newReviewPage(sh, papersOf(now())) },
		Blind:  func(sh kit.Shell, _ kit.Route) kit.Page { return newBlindPage(sh, papersOf(now())) },
	}
}

// rulesPages returns the makers of the pages of the rules over the open contest.
func rulesPages(now func() *office.Office) map[string]Maker {
	return map[string]Maker{
		Rules:     func(sh kit.Shell, _ kit.Route) kit.Page { return newRulesPage(sh, stagesOf(now())) },
		EditRules: func(sh kit.Shell, r kit.Route) kit.Page { return newRuleEditor(sh, stagesOf(now()), r.Tab) },
	}
}

// assignmentPages returns the makers of the pages of judges and plans over the open contest.
func assignmentPages(now func() *office.Office) map[string]Maker {
	return map[string]Maker{
		Judges: func(sh kit.Shell, r kit.Route) kit.Page { return newJudgesPage(sh, stagesOf(now()), r.Tab) },
		Assign: func(sh kit.Shell, _ kit.Route) kit.Page { return newAssignPage(sh, stagesOf(now())) },
	}
}

// scoringPages returns the makers of the pages of scoring over the open contest.
func scoringPages(now func() *office.Office) map[string]Maker {
	return map[string]Maker{
		Progress: func(sh kit.Shell, _ kit.Route) kit.Page { return newProgressPage(sh, papersOf(now())) },
		Packets:  func(sh kit.Shell, _ kit.Route) kit.Page { return newPacketsPage(sh, papersOf(now())) },
		Clashes:  func(sh kit.Shell, _ kit.Route) kit.Page { return newClashesPage(sh, stagesOf(now())) },
		Verify:   func(sh kit.Shell, _ kit.Route) kit.Page { return newVerifyPage(sh, stagesOf(now())) },
	}
}

// resultsPages returns the makers of the pages of the results over the open contest.
func resultsPages(now func() *office.Office) map[string]Maker {
	return map[string]Maker{
		Results:  func(sh kit.Shell, _ kit.Route) kit.Page { return newResultsPage(sh, papersOf(now())) },
		Fair:     func(sh kit.Shell, r kit.Route) kit.Page { return newFairPage(sh, stagesOf(now()), r.Tab) },
		Explain:  func(sh kit.Shell, r kit.Route) kit.Page { return newExplainPage(sh, stagesOf(now()), r.ID) },
		Severity: func(sh kit.Shell, r kit.Route) kit.Page { return newSeverityPage(sh, stagesOf(now()), r.Tab) },
		Charts:   func(sh kit.Shell, r kit.Route) kit.Page { return newChartsPage(sh, stagesOf(now()), r.Tab) },
	}
}

// awardsPages returns the makers of the pages of the awards over the open contest.
func awardsPages(now func() *office.Office) map[string]Maker {
	return map[string]Maker{
		Awards:   func(sh kit.Shell, r kit.Route) kit.Page { return newBoardPage(sh, stagesOf(now()), r.Tab) },
		Disputes: func(sh kit.Shell, _ kit.Route) kit.Page { return newDisputesPage(sh, stagesOf(now())) },
		Rounds:   func(sh kit.Shell, _ kit.Route) kit.Page { return newRoundsPage(sh, stagesOf(now())) },
		Notice:   func(sh kit.Shell, _ kit.Route) kit.Page { return newNoticePage(sh, papersOf(now())) },
	}
}

// reportPages returns the makers of the pages of papers and reports upward over the open contest.
func reportPages(now func() *office.Office) map[string]Maker {
	return map[string]Maker{
		Reports:      func(sh kit.Shell, _ kit.Route) kit.Page { return newReportsPage(sh, papersOf(now())) },
		Certificates: func(sh kit.Shell, _ kit.Route) kit.Page { return newCertificatesPage(sh, papersOf(now())) },
		Batches: func(sh kit.Shell, r kit.Route) kit.Page {
			return newBatchesPage(sh, papersOf(now()), judging.Level(r.Tab))
		},
	}
}
