package assignment

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Judges: func(sh kit.Shell, r kit.Route) kit.Page { return newJudgesPage(sh, page.StagesOf(now()), r.Tab) },
		page.Assign: func(sh kit.Shell, _ kit.Route) kit.Page { return newAssignPage(sh, page.StagesOf(now())) },
	}
}
