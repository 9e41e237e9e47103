package intake

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Import: func(sh kit.Shell, r kit.Route) kit.Page {
			return newImportPage(sh, page.StagesOf(now()), r.ID)
		},
		page.Account: func(sh kit.Shell, r kit.Route) kit.Page {
			return newAccountPage(sh, page.StagesOf(now()), r)
		},
	}
}
