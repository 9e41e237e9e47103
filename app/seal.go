package app

import (
	"context"
	"errors"

	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/app/seal"
	"fayi/judging/office"
)

// opener lets package seal open and close the contest of a session.
type opener struct{ s *Session }

func (s *Session) seals() *seal.Dialogs {
	return &seal.Dialogs{Shell: s.app, At: opener{s}, Door: s.files.Door, Office: s.now, Now: s.files.Now}
}

// OpenContest implements seal.Contest; it backs the contest up, too.
func (p opener) OpenContest(ctx context.Context, dir, typed string) (o *office.Office, err error) {
	if typed == "" {
		o, err = p.s.files.Door.Open(ctx, dir, nil)
	} else {
		o, err = p.s.files.Door.Open(ctx, dir, p.s.files.Door.Typed(typed))
	}
	if err != nil {
		return nil, err
	}
	if err := o.AutoBackup(ctx, "open"); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

// Enter implements seal.Contest.
func (p opener) Enter(o *office.Office) { p.s.enter(o) }

// Lost implements seal.Contest.
func (p opener) Lost(dir string, err error) { p.s.lost(dir, err) }

// Away implements seal.Contest.
func (p opener) Away() *office.Office {
	o := p.s.now()
	p.s.swap(nil)
	p.s.app.Restart(kit.Route{Kind: page.Start})
	return o
}

// Again implements seal.Contest.
func (p opener) Again(ctx context.Context, dir string) (*office.Office, error) {
	return p.s.files.Open(ctx, dir)
}
