// Package duplicates holds the page of pairs that look like one work: the same bytes, like pictures, like texts, like
// titles of one author, also among works of former years.
//
// It promises that both sides of a pair are shown before anything is said of it, that nothing is decided by the
// program, that "the same" asks for a reason, and that each decision can be taken back.
package duplicates

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest. former opens contests of former years.
func Pages(now func() *office.Office, former Opener) map[string]page.Maker {
	return map[string]page.Maker{
		page.Duplicates: func(sh kit.Shell, _ kit.Route) kit.Page {
			return newDuplicatesPage(sh, page.StagesOf(now()), former)
		},
	}
}
