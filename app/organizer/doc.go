// Package organizer holds the organiser's pages: here the shell (start, overview, search, history and the rail of
// stages), below it a folder for each stage of a contest, by the same words as judging/office. The works that come in
// have several: intake imports them, problems and reconcile settle what was left open, works lists and corrections
// change them, duplicates compares them. What pages of several stages share stands in page; a stage never imports
// another one, and of those several only works uses correction.
//
// A page shows what package office says and hands what the user decides to one office method; no rule of a contest
// is decided here. Each page's file declares the few office methods it needs, keeps what it shows in plain rows,
// and narrows them by pure functions, so that rows are tested without a window and pages with a real contest in a
// folder.
//
// File, type and route of a page bear one name: results/fairness.go holds fairnessPage, made for page.Fairness. To
// add a page, name its kind in page/routes.go, list its maker in the Pages of its stage, and give the kind a
// section in both manuals.
//
// It will not open or make contests, nor seat a judge: the window around it does (Doors, the route Desk).
package organizer

import (
	"maps"

	"fayi/app/kit"
	"fayi/app/organizer/assignment"
	"fayi/app/organizer/awards"
	"fayi/app/organizer/collect"
	"fayi/app/organizer/correction"
	"fayi/app/organizer/duplicates"
	"fayi/app/organizer/intake"
	"fayi/app/organizer/page"
	"fayi/app/organizer/problems"
	"fayi/app/organizer/reconcile"
	"fayi/app/organizer/report"
	"fayi/app/organizer/results"
	"fayi/app/organizer/review"
	"fayi/app/organizer/rules"
	"fayi/app/organizer/scoring"
	onstage "fayi/app/organizer/stage"
	"fayi/app/organizer/works"
	"fayi/judging/office"
)

// Pages returns the makers of the pages over the open contest. now is asked each time a page is made; it is never
// asked without an open contest. former opens contests of former years.
func Pages(now func() *office.Office, former duplicates.Opener) map[string]page.Maker {
	out := map[string]page.Maker{
		page.Overview: func(sh kit.Shell, _ kit.Route) kit.Page { return newOverviewPage(sh, page.StagesOf(now())) },
		page.History:  func(sh kit.Shell, _ kit.Route) kit.Page { return newHistoryPage(sh, page.StagesOf(now())) },
		page.OpenPoint: func(sh kit.Shell, r kit.Route) kit.Page {
			return newOpenPointPage(sh, page.StagesOf(now()), r.Tab)
		},
		page.Search: func(sh kit.Shell, _ kit.Route) kit.Page { return newSearchPage(sh, page.StagesOf(now())) },
	}
	for _, stage := range []map[string]page.Maker{
		intake.Pages(now), problems.Pages(now), reconcile.Pages(now), works.Pages(now), correction.Pages(now, former),
		collect.Pages(now), duplicates.Pages(now, former), review.Pages(now), rules.Pages(now),
		assignment.Pages(now), scoring.Pages(now),
		results.Pages(now), onstage.Pages(now), awards.Pages(now), report.Pages(now),
	} {
		maps.Copy(out, stage)
	}
	return out
}
