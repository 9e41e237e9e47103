package awards

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Board: func(sh kit.Shell, r kit.Route) kit.Page {
			return newBoardPage(sh, page.StagesOf(now()), r.Tab)
		},
		page.Compare: func(sh kit.Shell, _ kit.Route) kit.Page {
			return newComparePage(sh, now().Comparisons())
		},
		page.Disputes: func(sh kit.Shell, _ kit.Route) kit.Page { return newDisputesPage(sh, page.StagesOf(now())) },
		page.Rounds:   func(sh kit.Shell, _ kit.Route) kit.Page { return newRoundsPage(sh, page.StagesOf(now())) },
		page.Notice:   func(sh kit.Shell, _ kit.Route) kit.Page { return newNoticePage(sh, page.PapersOf(now())) },
	}
}
