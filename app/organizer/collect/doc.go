// Package collect holds the page of the call for works: what units are given, what came from them, and who has not
// sent.
//
// It promises that what comes is looked at before it is taken, and that nothing is sent anywhere: messages are copied.
package collect

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// Pages returns the makers of these pages over the open contest.
func Pages(now func() *office.Office) map[string]page.Maker {
	return map[string]page.Maker{
		page.Inbox: func(sh kit.Shell, r kit.Route) kit.Page {
			p := newInboxPage(sh, now().Collect(), now().Dir())
			p.wanted = r.ID
			return p
		},
		page.UnitMap: func(sh kit.Shell, _ kit.Route) kit.Page { return newMapPage(sh, now().Collect()) },
	}
}
