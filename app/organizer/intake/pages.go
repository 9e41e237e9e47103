package intake

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest. former opens contests of former years.
func Pages(now func() *office.Office, former Opener) map[string]page.Maker {
	return map[string]page.Maker{
		page.Works: func(sh kit.Shell, r kit.Route) kit.Page { return newWorksPage(sh, page.PapersOf(now()), r) },
		page.Import: func(sh kit.Shell, r kit.Route) kit.Page {
			return newImportPage(sh, page.StagesOf(now()), r.ID)
		},
		page.Problems: func(sh kit.Shell, r kit.Route) kit.Page {
			return newProblemsPage(sh, page.StagesOf(now()), r.ID)
		},
		page.Reconcile: func(sh kit.Shell, _ kit.Route) kit.Page { return newReconcilePage(sh, page.StagesOf(now())) },
		page.View:      func(sh kit.Shell, r kit.Route) kit.Page { return newViewPage(sh, page.StagesOf(now()), r) },
		page.Duplicates: func(sh kit.Shell, _ kit.Route) kit.Page {
			return newDuplicatesPage(sh, page.StagesOf(now()), former)
		},
	}
}
