package review

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Review: func(sh kit.Shell, _ kit.Route) kit.Page { return newReviewPage(sh, page.PapersOf(now())) },
		page.Blind:  func(sh kit.Shell, _ kit.Route) kit.Page { return newBlindPage(sh, page.PapersOf(now())) },
	}
}
