package app

import (
	"context"
	"errors"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/settings"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// settingsHost is what the settings see of the session and its window.
type settingsHost struct {
	*App

	session *Session
}

var _ settings.Host = settingsHost{}

// Office is the open contest.
func (h settingsHost) Office() *office.Office { return h.session.now() }

// Door seals contests, nil where they can't be sealed.
func (h settingsHost) Door() *sealing.Door { return h.session.files.Door }

// Now is the time.
func (h settingsHost) Now() time.Time { return h.session.files.Now() }

// Peek reads what a copy holds.
func (h settingsHost) Peek(ctx context.Context, path string) (office.Peek, error) {
	return h.session.files.Peek(ctx, path)
}

// Relock changes what seals the contest.
func (h settingsHost) Relock(
	name string, change func(ctx context.Context, dir string) (sealing.Done, error), then func(sealing.Done),
) {
	h.session.relock(name, change, then)
}

// Restore goes back to a copy.
func (h settingsHost) Restore(copy string, was office.State) { h.session.restore(copy, was) }

// Backup makes a copy of the database.
func (h settingsHost) Backup() { h.session.backup() }

// AskPassword leads to what can be done with the organiser's password.
func (h settingsHost) AskPassword() { h.session.guard.askPassword() }

// LockMinutes is how long a desk may be left alone.
func (h settingsHost) LockMinutes() int { return h.session.guard.minutes() }

// LockAfter sets it.
func (h settingsHost) LockAfter(minutes int) { h.session.prefs.SetInt(prefLock, minutes) }

// LockChoices are the minutes to choose from.
func (settingsHost) LockChoices() []int { return lockChoices }

// restore closes the contest, puts the copy in its place and opens it again; the data as they were stay next to it
// as a copy of their own, and the journal tells what was replaced.
func (s *Session) restore(copy string, was office.State) {
	o := s.now()
	dir := o.Dir()
	s.swap(nil)
	s.app.Restart(kit.Route{Kind: page.Start})
	kit.Fetch(
		s.app, s.app.T("settings.restoring", nil), func(ctx context.Context, _ kit.Progress) (*office.Office, error) {
			if err := o.Close(); err != nil {
				return nil, err
			}
			if err := s.files.Restore(ctx, dir, copy); err != nil {
				return nil, err
			}
			again, err := s.files.Open(ctx, dir)
			if err != nil {
				return nil, err
			}
			if err := again.NoteRestored(ctx, was); err != nil {
				return nil, errors.Join(err, again.Close())
			}
			return again, nil
		},
		func(again *office.Office) {
			s.enter(again)
			s.app.Tell(kit.Notice{Tone: look.Done, Text: s.app.T("settings.restored", nil)})
		},
	)
}
