package results

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Results: func(sh kit.Shell, _ kit.Route) kit.Page { return newResultsPage(sh, page.PapersOf(now())) },
		page.Fairness: func(sh kit.Shell, r kit.Route) kit.Page {
			return newFairnessPage(sh, page.StagesOf(now()), r.Tab)
		},
		page.Explain: func(sh kit.Shell, r kit.Route) kit.Page {
			return newExplainPage(sh, page.StagesOf(now()), r.ID)
		},
		page.Severity: func(sh kit.Shell, r kit.Route) kit.Page {
			return newSeverityPage(sh, page.StagesOf(now()), r.Tab)
		},
		page.Charts: func(sh kit.Shell, r kit.Route) kit.Page { return newChartsPage(sh, page.StagesOf(now()), r.Tab) },
	}
}
