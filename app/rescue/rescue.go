// Package rescue has the pages that bring a contest back: from one of its backups when its data can't be read, and
// from an archive.
package rescue

import (
	"context"

	"fayi/judging/office"
	"fayi/judging/store/archive"
)

// Host is the program around the pages. Open and BringBack are called on the UI thread and show what goes wrong; the
// others are slow and belong off it.
type Host interface {
	// Open opens the contest in a folder.
	Open(dir string)
	// BringBack puts a backup in the place of the data in dir, which are kept, and opens the contest.
	BringBack(dir, backup string)
	// Whole reads what a backup holds, every page of it; typed is a password or recovery code, "" for none. Errors:
	// Corrupt, Forbidden for one that typed does not open.
	Whole(ctx context.Context, path, typed string) (office.Peek, error)
	// Prove compares a password with the one that a backup carries. Errors: Forbidden for a wrong one.
	Prove(ctx context.Context, path, password string) error
	// Unarchive restores an archive as the folder dir. Errors: Forbidden for a wrong phrase, Corrupt, Unavailable.
	Unarchive(ctx context.Context, path, dir, phrase string) (archive.Report, error)
	// Home is the folder where contests are kept unless the user says otherwise.
	Home() string
	// Free returns a path of a folder that is not there: base and ext, or with a number between them.
	Free(base, ext string) string
}
