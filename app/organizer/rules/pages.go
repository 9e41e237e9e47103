package rules

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Rules: func(sh kit.Shell, _ kit.Route) kit.Page { return newRulesPage(sh, page.StagesOf(now())) },
		page.EditRules: func(sh kit.Shell, r kit.Route) kit.Page {
			return newEditRulesPage(sh, page.StagesOf(now()), r.Tab)
		},
	}
}
