package report

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
	"fayi/judging/superior"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Reports: func(sh kit.Shell, _ kit.Route) kit.Page {
			return newReportsPage(sh, page.PapersOf(now()), after(now()))
		},
		page.Due: func(sh kit.Shell, _ kit.Route) kit.Page { return newDuePage(sh, page.PapersOf(now())) },
		page.Certificates: func(sh kit.Shell, _ kit.Route) kit.Page {
			return newCertificatesPage(sh, page.PapersOf(now()))
		},
		page.Batches: func(sh kit.Shell, r kit.Route) kit.Page {
			return newBatchesPage(sh, page.PapersOf(now()), superior.Level(r.Tab))
		},
	}
}
