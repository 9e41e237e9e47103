// Package correction holds the organiser's corrections: cells of the list of works, a field of many works, the history
// of one, and the units.
package correction

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest. former opens contests of former years.
func Pages(now func() *office.Office, former Opener) map[string]page.Maker {
	return map[string]page.Maker{
		page.Units: func(sh kit.Shell, _ kit.Route) kit.Page { return newUnitsPage(sh, page.StagesOf(now()), former) },
	}
}
