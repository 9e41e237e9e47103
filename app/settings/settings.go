// Package settings is the page of language, look, safety and copies, and the dialogs that go with it: the organiser's
// password and what it seals, going back to a copy, what support is given.
package settings

import (
	"context"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// Host is the window with the contest open in it. Its methods are called on the UI thread, but for Peek.
type Host interface {
	kit.Shell

	// Office is the open contest; it changes with Relock and Restore.
	Office() *office.Office
	// Door seals contests; nil where they can't be sealed.
	Door() *sealing.Door
	Now() time.Time
	// Peek reads what a copy of a contest's database holds.
	Peek(ctx context.Context, path string) (office.Peek, error)

	// Relock closes the contest, lets change what seals it, and opens it again; then hears what was done. name is
	// the key of what the progress line says.
	Relock(
		name string, change func(ctx context.Context, dir string) (sealing.Done, error), then func(sealing.Done),
	)
	// Restore puts a copy in the contest's place and opens it; was is what is written in the journal.
	Restore(copy string, was office.State)
	// Backup makes a copy of the database below backups/.
	Backup()

	// AskPassword leads to what can be done with the organiser's password.
	AskPassword()
	// LockMinutes is how long a desk may be left alone before it is hidden, 0 for ever; LockAfter sets it to one of
	// LockChoices.
	LockMinutes() int
	LockAfter(minutes int)
	LockChoices() []int

	// Kept returns what is remembered under key on this computer, "" for nothing; Keep remembers it.
	Kept(key string) string
	Keep(key, value string)
	// NewPhrase draws a passphrase by chance.
	NewPhrase() (string, error)

	Look() look.Look
	SetLang(lang string)
	SetTextSize(look.TextSize)
	SetMode(look.Mode)
}

// Settings makes the page and its dialogs for one window. Its methods are called on the UI thread.
type Settings struct{ host Host }

// New returns the settings of the window h.
func New(h Host) *Settings { return &Settings{h} }
