// Package organizer holds the organiser's pages: the start, and one page for each stage of a contest, from bringing works in to the award list.
//
// A page shows what package office says and hands what the user decides to one office method; no rule of a contest is decided here. Each page's file
// declares the few office methods it needs, keeps what it shows in plain rows, and narrows them by pure functions, so that rows are tested without
// a window and pages with a real contest in a folder.
//
// It will not open or make contests, nor seat a judge: the window around it does (Doors, the route Desk).
package organizer

import (
	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/office"
)

// Kinds of routes. Start and New need no open contest; Desk is made by the window, its ID is the judge's.
const (
	Start    = "start"
	New      = "new"
	Overview = "overview"
	History  = "history" // everything that was done
	Works    = "works"   // its Tab: a state to look at, or importTab for bringing works in
	Files    = "files"   // which file belongs to which work
	View     = "view"    // the files of a work, large; its ID: the work, its Tab: the filter by which one steps on
	Judges   = "judges"
	Assign   = "assign"
	Progress = "progress"
	Results  = "results"
	Fair     = "fair"     // how sure places are; its Tab: a list
	Explain  = "explain"  // why a work has its place; its ID: the work
	Severity = "severity" // how judges score; its Tab: a category
	Charts   = "charts"   // the scores drawn; its Tab: a category
	Rules    = "rules"
	Awards   = "awards"   // the award board; its Tab: a list
	Notice   = "notice"   // the public notice and objections
	Disputes = "disputes" // works on which judges are far apart
	Rounds   = "rounds"   // rounds after the first
	Packets  = "packets"  // for judges who score at home
	Clashes  = "clashes"  // scores that contest and packets tell differently
	Verify   = "verify"   // totals of collected sheets, typed again by a second person
	Blind    = "blind"    // what judges will see, looked at before they do
	Review   = "review"   // works that wait for review, one after the other
	Copies   = "copies"   // pairs that look like one work
	Desk     = "desk"
	Search   = "search"
	Settings = "settings" // made by the window

	EditRules    = "editrules"    // its Tab: a section of the rules
	Reports      = "reports"      // every paper
	Certificates = "certificates" // for the winners
	Batches      = "batches"      // winners reported upward; its Tab: the level
)

// Maker builds the page of a route.
type Maker = func(sh kit.Shell, r kit.Route) kit.Page

// Pages returns the makers of the pages over the open contest. now is asked each time a page is made; it is never asked without an open contest. former opens
// contests of former years.
func Pages(now func() *office.Office, former Opener) map[string]Maker {
	return map[string]Maker{
		Overview: func(sh kit.Shell, _ kit.Route) kit.Page { return newOverviewPage(sh, stagesOf(now())) },
		History:  func(sh kit.Shell, _ kit.Route) kit.Page { return newHistoryPage(sh, stagesOf(now())) },
		Files:    func(sh kit.Shell, _ kit.Route) kit.Page { return newReconcilePage(sh, stagesOf(now())) },
		View:     func(sh kit.Shell, r kit.Route) kit.Page { return newViewPage(sh, stagesOf(now()), r) },
		Judges:   func(sh kit.Shell, r kit.Route) kit.Page { return newJudgesPage(sh, stagesOf(now()), r.Tab) },
		Assign:   func(sh kit.Shell, _ kit.Route) kit.Page { return newAssignPage(sh, stagesOf(now())) },
		Progress: func(sh kit.Shell, _ kit.Route) kit.Page { return newProgressPage(sh, papers{stagesOf(now())}) },
		Results:  func(sh kit.Shell, _ kit.Route) kit.Page { return newResultsPage(sh, papers{stagesOf(now())}) },
		Fair:     func(sh kit.Shell, r kit.Route) kit.Page { return newFairPage(sh, stagesOf(now()), r.Tab) },
		Explain:  func(sh kit.Shell, r kit.Route) kit.Page { return newExplainPage(sh, stagesOf(now()), r.ID) },
		Severity: func(sh kit.Shell, r kit.Route) kit.Page { return newSeverityPage(sh, stagesOf(now()), r.Tab) },
		Charts:   func(sh kit.Shell, r kit.Route) kit.Page { return newChartsPage(sh, stagesOf(now()), r.Tab) },
		Awards:   func(sh kit.Shell, r kit.Route) kit.Page { return newBoardPage(sh, stagesOf(now()), r.Tab) },
		Notice:   func(sh kit.Shell, _ kit.Route) kit.Page { return newNoticePage(sh, papers{stagesOf(now())}) },
		Disputes: func(sh kit.Shell, _ kit.Route) kit.Page { return newDisputesPage(sh, stagesOf(now())) },
		Rounds:   func(sh kit.Shell, _ kit.Route) kit.Page { return newRoundsPage(sh, stagesOf(now())) },
		Packets:  func(sh kit.Shell, _ kit.Route) kit.Page { return newPacketsPage(sh, papers{stagesOf(now())}) },
		Verify:   func(sh kit.Shell, _ kit.Route) kit.Page { return newVerifyPage(sh, stagesOf(now())) },
		Clashes:  func(sh kit.Shell, _ kit.Route) kit.Page { return newClashesPage(sh, stagesOf(now())) },
		Blind:    func(sh kit.Shell, _ kit.Route) kit.Page { return newBlindPage(sh, papers{stagesOf(now())}) },
		Rules:    func(sh kit.Shell, _ kit.Route) kit.Page { return newRulesPage(sh, stagesOf(now())) },
		Review:   func(sh kit.Shell, _ kit.Route) kit.Page { return newReviewPage(sh, papers{stagesOf(now())}) },
		Copies:   func(sh kit.Shell, _ kit.Route) kit.Page { return newDuplicatesPage(sh, stagesOf(now()), former) },
		Search:   func(sh kit.Shell, _ kit.Route) kit.Page { return newSearchPage(sh, stagesOf(now())) },
		Reports:  func(sh kit.Shell, _ kit.Route) kit.Page { return newReportsPage(sh, papers{stagesOf(now())}) },

		EditRules:    func(sh kit.Shell, r kit.Route) kit.Page { return newRuleEditor(sh, stagesOf(now()), r.Tab) },
		Certificates: func(sh kit.Shell, _ kit.Route) kit.Page { return newCertificatesPage(sh, papers{stagesOf(now())}) },
		Batches: func(sh kit.Shell, r kit.Route) kit.Page {
			return newBatchesPage(sh, papers{stagesOf(now())}, judging.Level(r.Tab))
		},

		Works: func(sh kit.Shell, r kit.Route) kit.Page { return worksMaker(sh, now(), r) },
	}
}
