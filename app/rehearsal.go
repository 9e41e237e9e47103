package app

import (
	"context"
	"path/filepath"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/organizer/room"
	"fayi/judging"
	"fayi/judging/office"
)

// rehearsalSeed draws the same simulated judges for everyone, so that manuals can speak of them.
const rehearsalSeed = 1

// askRehearsal says what a rehearsal is and where it will lie, then makes it.
func (s *Session) askRehearsal() {
	dir := s.rehearsalFolder(s.now().Dir())
	s.app.Ask(kit.Question{
		Title:  s.app.T("app.rehearse_title", nil),
		Text:   s.app.T("app.rehearse_text", judging.Args{"Path": dir}),
		Action: s.app.T("app.rehearse_do", nil),
		Do: func() error {
			s.room.AskClose(s.app, room.Changing, func() { s.rehearse(dir) })
			return nil
		},
	})
}

// rehearsalFolder is a free name next to the contest's folder.
func (s *Session) rehearsalFolder(dir string) string {
	base := strings.TrimSuffix(dir, filepath.Ext(dir)) + s.app.T("app.rehearse_suffix", nil)
	return page.FreeName(base, filepath.Ext(dir))
}

// rehearse makes a copy of the open contest filled by simulated judges and opens it.
func (s *Session) rehearse(dir string) {
	o := s.now()
	kit.Fetch(s.app, s.app.T("app.rehearsing", nil), func(ctx context.Context, p kit.Progress) (*office.Office, error) {
		files := s.files
		// a rehearsal of a sealed contest is sealed, too
		files.Blank = func(dir string) (office.Config, error) { return s.files.Door.Blank(ctx, dir, o.Dir()) }
		return files.fill(dir, func(cfg office.Config) (*office.Office, error) {
			return o.Rehearse(ctx, cfg, rehearsalSeed, p)
		})
	}, func(copied *office.Office) {
		s.enter(copied)
		s.app.Tell(kit.Notice{Tone: look.Info, Text: s.app.T("app.rehearsed", nil)})
	})
}
