package app

import (
	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/judging/office"
)

// begin opens a new contest, on its rules if they are to be looked through first.
func (s *Session) begin(o *office.Office, edit bool) {
	s.enter(o)
	if edit {
		s.app.Navigate(kit.Route{Kind: page.EditRules})
	}
}
