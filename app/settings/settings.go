// Package settings is the page of language, look, safety and copies, and the dialogs that go with it: the organiser's
// password and what it seals, going back to a copy, what support is given.
package settings

import (
	"context"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/app/seal"
	"fayi/app/shared"
	"fayi/judging/office"
)

// Host is the window with the contest open in it. Its methods are called on the UI thread, but for Peek.
type Host interface {
	kit.Shell

	// Office is the open contest; it changes with Seals and Restore.
	Office() *office.Office
	// Seals are the dialogs of the organiser's password.
	Seals() *seal.Dialogs
	Now() time.Time
	// Peek reads what a copy of a contest's database holds.
	Peek(ctx context.Context, path string) (office.Peek, error)

	// Restore puts a copy in the contest's place and opens it; was is what is written in the journal.
	Restore(copy string, was office.State)
	// Backup makes a copy of the database below backups/.
	Backup()

	// LockMinutes is how long a desk may be left alone before it is hidden, 0 for ever; LockAfter sets it to one of
	// LockChoices.
	LockMinutes() int
	LockAfter(minutes int)
	LockChoices() []int

	// Kept returns what is remembered under key on this computer, "" for nothing; Keep remembers it.
	Kept(key string) string
	Keep(key, value string)
	// Computer is this one.
	Computer() page.Computer
	// NewPhrase draws a passphrase by chance.
	NewPhrase() (string, error)

	Look() look.Look
	SetLang(lang string)
	SetTextSize(look.TextSize)
	SetMode(look.Mode)
}

// Settings makes the page and its dialogs for one window. Its methods are called on the UI thread.
type Settings struct{ host Host }

// Sharing is what can be done about sharing.
func (s *Settings) Sharing() shared.Dialogs {
	return shared.Dialogs{Seals: s.host.Seals(), Computer: s.host.Computer()}
}

// New returns the settings of the window h.
func New(h Host) *Settings { return &Settings{h} }
