// Package reconcile holds the page on which files and works that did not find each other are brought together:
// doubtful files with the works offered for them, works without files, files without a work.
//
// It promises that Enter takes only what is certain, that a file is put away only when somebody says so, and that each
// joining and each putting away can be taken back.
package reconcile

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Reconcile: func(sh kit.Shell, _ kit.Route) kit.Page { return newReconcilePage(sh, page.StagesOf(now())) },
	}
}
