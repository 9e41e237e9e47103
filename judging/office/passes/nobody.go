package passes

import (
	"context"

	"fayi/judging"
	"fayi/judging/room/sign"
)

// Nobody is the door of no contest: it answers as Door does to who has no pass, so that a stranger can't tell a contest
// that is there from one that is not.
type Nobody struct {
	Key []byte // from which its secrets are derived
}

// Secret derives a secret for one purpose.
func (n Nobody) Secret(purpose string) []byte { return sign.Derive(n.Key, purpose) }

// Find knows no pass. Errors: Forbidden.
func (Nobody) Find(context.Context, string) (Guest, error) { return Guest{}, errNoPass() }

// Admit admits no device. Errors: Forbidden.
func (Nobody) Admit(context.Context, string, string, string) error { return errNoPass() }

// Stays lets nobody stay. Errors: Forbidden.
func (Nobody) Stays(context.Context, string, string) error { return errNoPass() }

// Judges lists nobody.
func (Nobody) Judges(context.Context) ([]judging.JudgeID, error) { return nil, nil }

// Names lists nobody.
func (Nobody) Names(context.Context) ([]string, error) { return []string{}, nil }

// Enter lets nobody in. Errors: Forbidden.
func (Nobody) Enter(context.Context, string, string, string, string) (Guest, error) {
	return Guest{}, judging.Fail(judging.Forbidden, "room.no_name", nil)
}

// Screen lets no screen in. Errors: Forbidden.
func (Nobody) Screen(context.Context, string) error {
	return judging.Fail(judging.Forbidden, "room.no_screen", nil)
}

func errNoPass() error { return judging.Fail(judging.Forbidden, "room.no_pass", nil) }
