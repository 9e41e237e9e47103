// Package works holds the list of works, as rows or as pictures, with what is known of the one selected, and the view
// of a work's files.
//
// It promises that a cell is corrected where it stands and can be taken back, that the list comes back as it was left,
// and that other programs get a copy of a file, never the file itself.
package works

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Works: func(sh kit.Shell, r kit.Route) kit.Page { return newWorksPage(sh, page.PapersOf(now()), r) },
		page.View:  func(sh kit.Shell, r kit.Route) kit.Page { return newViewPage(sh, page.StagesOf(now()), r) },
	}
}
