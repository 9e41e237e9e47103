// Package problems holds the page of rows that could not be taken in, put into order by what is wrong with them: one
// answer for many rows, one row cell by cell, or a workbook for the unit that sent them.
//
// It promises that a row stays on the page until it is a work or somebody says why it is let be, and that a list
// which a unit returns is shown before it is taken.
package problems

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Problems: func(sh kit.Shell, r kit.Route) kit.Page {
			return newProblemsPage(sh, page.StagesOf(now()), r)
		},
	}
}
