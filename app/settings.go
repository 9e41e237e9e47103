package app

import (
	"context"
	"crypto/rand"
	"time"

	"fayi/app/organizer/page"
	"fayi/app/seal"
	"fayi/app/settings"
	"fayi/judging/office"
	"fayi/judging/packet"
)

// settingsHost is what the settings see of the session and its window.
type settingsHost struct {
	*App

	session *Session
}

var _ settings.Host = settingsHost{}

// Office is the open contest.
func (h settingsHost) Office() *office.Office { return h.session.now() }

// Seals are the dialogs of the password.
func (h settingsHost) Seals() *seal.Dialogs { return h.session.seals() }

// Now is the time.
func (h settingsHost) Now() time.Time { return h.session.files.Now() }

// Peek reads what a copy holds.
func (h settingsHost) Peek(ctx context.Context, path string) (office.Peek, error) {
	return h.session.files.Peek(ctx, path)
}

// Restore goes back to a copy.
func (h settingsHost) Restore(copy string, was office.State) { h.session.restore(copy, was) }

// Backup makes a copy of the database.
func (h settingsHost) Backup() { h.session.backup() }

// Kept returns what is remembered on this computer.
func (h settingsHost) Kept(key string) string { return h.session.Prefs.String(key) }

// Keep remembers it.
func (h settingsHost) Keep(key, value string) { h.session.Prefs.SetString(key, value) }

// Computer is this one.
func (h settingsHost) Computer() page.Computer { return h.session.files.Computer }

// NewPhrase draws a passphrase.
func (settingsHost) NewPhrase() (string, error) { return packet.NewPassphrase(rand.Reader) }

// LockMinutes is how long a desk may be left alone.
func (h settingsHost) LockMinutes() int { return h.session.guard.minutes() }

// LockAfter sets it.
func (h settingsHost) LockAfter(minutes int) { h.session.Prefs.SetInt(prefLock, minutes) }

// LockChoices are the minutes to choose from.
func (settingsHost) LockChoices() []int { return lockChoices }
