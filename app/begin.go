package app

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/look"
	"fayi/app/organizer"
	"fayi/app/organizer/page"
	"fayi/app/organizer/room"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// begin opens a new contest, on its rules if they are to be looked through first.
func (s *Session) begin(o *office.Office, edit bool) {
	s.enter(o)
	if edit {
		s.app.Navigate(kit.Route{Kind: page.EditRules})
	}
}

// Now is the time.
func (s *Session) Now() time.Time { return s.files.Now() }

// contest is the record of the open contest, false while none is open.
func (s *Session) contest(ctx context.Context) (judging.Contest, bool) {
	o := s.now()
	if o == nil {
		return judging.Contest{}, false
	}
	c, err := o.Contest(ctx)
	return c, err == nil
}

// Create makes a contest and opens it.
func (s *Session) Create(n organizer.NewContest) {
	s.room.AskClose(s.app, room.Changing, func() { s.make(n) })
}

func (s *Session) make(n organizer.NewContest) {
	if n.Like != "" {
		s.createLike(n, "")
		return
	}
	kit.Fetch(s.app, s.app.T("app.creating", nil), func(ctx context.Context, _ kit.Progress) (*office.Office, error) {
		return s.files.create(ctx, n)
	}, func(o *office.Office) { s.begin(o, n.Edit) })
}

// createLike makes a contest like an earlier one, which typed opens if it is sealed.
func (s *Session) createLike(n organizer.NewContest, typed string) {
	n.Like = contestIn(n.Like)
	var made *office.Office
	var taken office.Taken
	s.app.Run(s.app.T("app.creating", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		made, taken, err = s.like(ctx, n, typed)
		return err
	}, func(err error) {
		switch {
		case sealing.Shut(err):
			s.askLike(n, typed, err)
		case err != nil:
			s.app.ShowError(err)
		default:
			s.begin(made, n.Edit)
			s.app.Tell(kit.Notice{Tone: look.Done, Text: s.app.T("contest.taken", judging.Args{
				"Judges": taken.Judges, "Avoided": taken.Avoided, "Units": taken.Units, "Names": taken.Names,
			})})
		}
	})
}

// askLike asks for the password of an earlier contest, again after a wrong one.
func (s *Session) askLike(n organizer.NewContest, typed string, err error) {
	word := field.NewPassword(s.app, s.app.T("guard.password", nil), s.app.T("seal.password_help", nil))
	if typed != "" {
		word.Tell(s.app.Err(err))
	}
	form := field.NewForm(word)
	s.app.Ask(kit.Question{
		Title: s.app.T("newcontest.sealed", nil), Text: filepath.Base(n.Like), Content: form,
		Action: s.app.T("seal.open", nil),
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			s.createLike(n, word.Text())
			return nil
		},
	})
}

// like makes the contest. The earlier one is only read; it may be the open one.
func (s *Session) like(
	ctx context.Context, n organizer.NewContest, typed string,
) (made *office.Office, taken office.Taken, err error) {
	from := s.now()
	if from == nil || !sameFolder(from.Dir(), n.Like) {
		if typed == "" {
			from, err = s.files.Door.Open(ctx, n.Like, s.files.Door.Known(nil))
		} else {
			from, err = s.files.Door.Open(ctx, n.Like, s.files.Door.Typed(typed))
		}
		if err != nil {
			return nil, office.Taken{}, err
		}
		opened := from
		defer func() { err = errors.Join(err, opened.Close()) }()
	}
	files := s.files
	// a contest like a sealed one is sealed, too
	files.Blank = func(dir string) (office.Config, error) { return s.files.Door.Blank(ctx, dir, from.Dir()) }
	made, err = files.fill(folderOf(n), func(cfg office.Config) (o *office.Office, err error) {
		o, taken, err = office.BeginLike(ctx, cfg, office.Beginning{Name: n.Name, Host: n.Host, Year: n.Year}, from)
		return o, err
	})
	return made, taken, err
}
