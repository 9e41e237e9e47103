// Package organizer holds the organiser's pages: the start, and one page for each stage of a contest, from bringing works in to the award list.
//
// A page shows what package office says and hands what the user decides to one office method; no rule of a contest is decided here. Each page's file
// declares the few office methods it needs, keeps what it shows in plain rows, and narrows them by pure functions, so that rows are tested without
// a window and pages with a real contest in a folder.
//
// It will not open or make contests, nor seat a judge: the window around it does (Doors, the route Desk).
package organizer

import (
	"maps"

	"fayi/app/kit"
	"fayi/judging/office"
)

// Pages returns the makers of the pages over the open contest. now is asked each time a page is made; it is never asked without an open contest. former opens
// contests of former years.
func Pages(now func() *office.Office, former Opener) map[string]Maker {
	out := map[string]Maker{
		Overview: func(sh kit.Shell, _ kit.Route) kit.Page { return newOverviewPage(sh, stagesOf(now())) },
		History:  func(sh kit.Shell, _ kit.Route) kit.Page { return newHistoryPage(sh, stagesOf(now())) },
		Search:   func(sh kit.Shell, _ kit.Route) kit.Page { return newSearchPage(sh, stagesOf(now())) },
	}
	for _, stage := range []map[string]Maker{
		intakePages(now, former), reviewPages(now), rulesPages(now), assignmentPages(now),
		scoringPages(now), resultsPages(now), awardsPages(now), reportPages(now),
	} {
		maps.Copy(out, stage)
	}
	return out
}
