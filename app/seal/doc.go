// Package seal is the window's side of the organiser's password: the page that asks for it before a sealed contest
// opens, and the dialogs that set it, change it and take it away.
//
// It opens and closes nothing itself: that is the session's, who is a Contest here.
package seal

import (
	"context"
	"time"

	"fayi/app/kit"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// Kind is the route of the page that asks for what opens a sealed contest; the ID is its folder.
const Kind = "sealed"

// Contest is the contest that is open in the window, and the ways to open and close one.
type Contest interface {
	// OpenContest opens the contest in dir by what was typed; "" for nothing.
	OpenContest(ctx context.Context, dir, typed string) (*office.Office, error)
	// Lost shows what can be done about the contest in dir, which could not be opened for another reason.
	Lost(dir string, err error)
	// Enter shows a contest that was opened.
	Enter(o *office.Office)
	// Away takes the open contest out of the window, so that it can be closed, and returns it.
	Away() *office.Office
	// Again opens the contest in dir by the key that is known.
	Again(ctx context.Context, dir string) (*office.Office, error)
}

// Dialogs are what can be done with the password of the open contest.
type Dialogs struct {
	Shell  kit.Shell
	At     Contest
	Door   *sealing.Door // nil where contests can't be sealed
	Office func() *office.Office
	Now    func() time.Time
}
