package scoring

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Progress: func(sh kit.Shell, _ kit.Route) kit.Page { return newProgressPage(sh, page.PapersOf(now())) },
		page.Packets:  func(sh kit.Shell, _ kit.Route) kit.Page { return newPacketsPage(sh, page.PapersOf(now())) },
		page.Clashes:  func(sh kit.Shell, _ kit.Route) kit.Page { return newClashesPage(sh, page.StagesOf(now())) },
		page.Pledges:  func(sh kit.Shell, _ kit.Route) kit.Page { return newPledgesPage(sh, page.PapersOf(now())) },
		page.Audience: func(sh kit.Shell, _ kit.Route) kit.Page { return newAudiencePage(sh, now()) },
		page.Verify:   func(sh kit.Shell, _ kit.Route) kit.Page { return newVerifyPage(sh, page.StagesOf(now())) },
	}
}
