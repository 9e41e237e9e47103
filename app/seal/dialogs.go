package seal

import (
	"context"
	"errors"
	"io"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// secretField is a field for a password, which is not shown.
func (s *Dialogs) secretField(title, help string) *field.Text {
	text := ""
	if help != "" {
		text = s.Shell.T(help, nil)
	}
	return field.NewPassword(s.Shell, s.Shell.T(title, nil), text)
}

// twice is a password typed into two fields. Errors: Invalid.
func twice(word, again *field.Text) (string, error) {
	if word.Text() != again.Text() {
		return "", judging.Fail(judging.Invalid, "guard.password_differs", nil)
	}
	return word.Text(), sealing.CheckPassword(word.Text())
}

// AskSeal asks for a password that seals the contest, and says what that means.
func (s *Dialogs) AskSeal() {
	word := s.secretField("guard.password", "seal.new_help")
	again := s.secretField("guard.password_again", "")
	s.Shell.Ask(kit.Question{
		Title: s.Shell.T("seal.set_title", nil), Text: s.Shell.T("seal.set_text", nil),
		Action:  s.Shell.T("seal.set_do", nil),
		Content: field.NewForm(word, again),
		Do: func() error {
			password, err := twice(word, again)
			if err != nil {
				return err
			}
			s.relock("seal.sealing", func(ctx context.Context, dir string) (sealing.Done, error) {
				return s.Door.Set(ctx, dir, password)
			}, func(done sealing.Done) { s.showCode(done) })
			return nil
		},
	})
}

// showCode shows the recovery code until somebody says that it is on paper.
func (s *Dialogs) showCode(done sealing.Done) {
	code := look.NewStrong(done.Code, look.Title, look.Plain)
	slip := button.New(s.Shell.T("seal.slip", nil), func() { s.saveSlip(done.Code) })
	parts := lay.Stack(lay.Gap16, code, lay.Row(0, slip))
	var lines []string
	if done.Copies > 0 {
		lines = append(lines, s.Shell.T("seal.copies", judging.Args{"Count": done.Copies}))
	}
	for _, name := range done.Left {
		lines = append(lines, s.Shell.T("seal.copy_left", judging.Args{"File": name}))
	}
	if len(lines) > 0 {
		parts.Add(look.NewPara(strings.Join(lines, "\n"), look.Note, look.Quiet, 30))
	}
	s.Shell.Ask(kit.Question{
		Title: s.Shell.T("seal.code_title", nil), Text: s.Shell.T("seal.code_text", nil), Content: parts,
		Check: s.Shell.T("seal.code_check", nil), Action: s.Shell.T("seal.code_done", nil),
		Do: func() error { return nil }, Stay: s.Shell.T("seal.code_later", nil), Left: s.tellUnnoted,
	})
}

// tellUnnoted tells who closed the recovery code without having it on paper how to get another one, while the password
// is known.
func (s *Dialogs) tellUnnoted() {
	s.Shell.Tell(kit.Notice{
		Tone: look.Waiting, Text: s.Shell.T("seal.code_unnoted", nil), Action: s.Shell.T("seal.recode", nil),
		Do: s.askRecode,
	})
}

// saveSlip writes the recovery code as a page to be printed.
func (s *Dialogs) saveSlip(code string) {
	o := s.Office()
	s.Shell.SaveFile(s.Shell.T("diploma.recovery_title", nil)+".pdf", func(path string) {
		kit.Fetch(s.Shell, s.Shell.T("app.exporting", nil), func(ctx context.Context, _ kit.Progress) (string, error) {
			c, err := o.Contest(ctx)
			if err != nil {
				return "", err
			}
			slip := diploma.RecoverySlip{Contest: c.Title(), Code: code, Made: s.Now(), Words: s.Shell.T}
			err = atomicfile.Write(path, 0o600, func(w io.Writer) error { return slip.Write(w) })
			if err != nil {
				err = judging.Fail(judging.Unavailable, "app.unwritable", judging.Args{"Path": path}).Because(err)
			}
			return path, err
		}, func(string) {
			page.TellWritten(s.Shell, path, s.Shell.T("seal.slip_written", judging.Args{"Path": path}))
		})
	})
}

// askProven asks for the present password before something is done with it, next to what rest asks for.
func (s *Dialogs) askProven(q kit.Question, rest []*field.Text, act func() error) {
	o := s.Office()
	word := s.secretField("seal.present", "")
	var all []field.FormField
	all = append(all, word)
	for _, f := range rest {
		all = append(all, f)
	}
	q.Content = field.NewForm(all...)
	q.Do = func() error {
		if word.Text() == "" {
			return judging.Fail(judging.Invalid, "kit.empty", nil)
		}
		if len(rest) == 2 {
			if _, err := twice(rest[0], rest[1]); err != nil {
				return err
			}
		}
		if err := o.Secrets().CheckPassword(context.Background(), word.Text()); err != nil {
			return err
		}
		return act()
	}
	s.Shell.Ask(q)
}

// askChange gives the sealed contest another password.
func (s *Dialogs) askChange() {
	word := s.secretField("seal.new", "seal.new_help")
	again := s.secretField("guard.password_again", "")
	s.askProven(kit.Question{
		Title: s.Shell.T("seal.change_title", nil), Text: s.Shell.T("seal.change_text", nil),
		Action: s.Shell.T("kit.save", nil),
	}, []*field.Text{word, again}, func() error {
		password := word.Text()
		s.relock("seal.sealing", func(ctx context.Context, dir string) (sealing.Done, error) {
			return sealing.Done{}, s.Door.Change(ctx, dir, nil, password)
		}, func(sealing.Done) { s.tellSealed("seal.changed") })
		return nil
	})
}

// askRecode draws another recovery code.
func (s *Dialogs) askRecode() {
	s.askProven(kit.Question{
		Title: s.Shell.T("seal.recode_title", nil), Text: s.Shell.T("seal.recode_text", nil),
		Action: s.Shell.T("seal.recode", nil),
	}, nil, func() error {
		s.relock("seal.sealing", func(ctx context.Context, dir string) (done sealing.Done, err error) {
			done.Code, err = s.Door.Recode(ctx, dir, nil)
			return done, err
		}, s.showCode)
		return nil
	})
}

// askUnseal takes the password away.
func (s *Dialogs) askUnseal() {
	s.askProven(kit.Question{
		Title: s.Shell.T("seal.clear_title", nil), Text: s.Shell.T("seal.clear_text", nil), Danger: true,
		Action: s.Shell.T("seal.clear", nil),
	}, nil, func() error {
		s.relock("seal.unsealing", func(ctx context.Context, dir string) (sealing.Done, error) {
			return sealing.Done{}, s.Door.Clear(ctx, dir, nil)
		}, func(sealing.Done) { s.tellSealed("seal.cleared") })
		return nil
	})
}

// SealCopies seals the backups of the open contest that anyone can read, and names those that could not be.
func (s *Dialogs) SealCopies(then func()) {
	dir := s.Office().Dir()
	kit.Fetch(s.Shell, s.Shell.T("seal.sealing", nil), func(ctx context.Context, _ kit.Progress) (sealing.Done, error) {
		return s.Door.SealCopies(ctx, dir, nil)
	}, func(done sealing.Done) {
		lines := []string{s.Shell.T("seal.copies", judging.Args{"Count": done.Copies})}
		tone := look.Done
		for _, name := range done.Left {
			lines, tone = append(lines, s.Shell.T("seal.copy_left", judging.Args{"File": name})), look.Waiting
		}
		s.Shell.Tell(kit.Notice{Tone: tone, Text: strings.Join(lines, "\n")})
		then()
	})
}

func (s *Dialogs) tellSealed(key string) {
	s.Shell.Tell(kit.Notice{Tone: look.Done, Text: s.Shell.T(key, nil)})
}

// Offer tells who just proved a password that seals nothing what it is worth.
func (s *Dialogs) Offer() {
	if s.Door == nil || s.Office().Secrets().Sealed() {
		return
	}
	s.Shell.Tell(kit.Notice{
		Tone: look.Waiting, Text: s.Shell.T("seal.offer", nil), Action: s.Shell.T("seal.offer_do", nil), Do: s.AskSeal,
	})
}

// AskCopy asks for what opens a sealed copy whose password is not that of now, then looks into it.
func (s *Dialogs) AskCopy(path string, then func(office.Peek)) {
	word := s.secretField("seal.then", "")
	s.Shell.Ask(kit.Question{
		Title: s.Shell.T("seal.copy_title", nil), Text: s.Shell.T("seal.copy_text", nil), Content: field.NewForm(word),
		Action: s.Shell.T("seal.open", nil),
		Do: func() error {
			p, err := s.Door.Peek(context.Background(), path, s.Door.Typed(word.Text()))
			if err == nil {
				then(p)
			}
			return err
		},
	})
}

// relock closes the open contest, lets change what seals it, and opens it again; then hears what was done.
func (s *Dialogs) relock(
	name string, change func(ctx context.Context, dir string) (sealing.Done, error), then func(sealing.Done),
) {
	o := s.At.Away()
	dir := o.Dir()
	var done sealing.Done
	var again *office.Office
	s.Shell.Run(s.Shell.T(name, nil), func(ctx context.Context, _ kit.Progress) (err error) {
		if err := o.Close(); err != nil {
			return err
		}
		done, err = change(ctx, dir)
		var broken error
		again, broken = s.At.Again(context.WithoutCancel(ctx), dir) // by the key that is known
		return errors.Join(err, broken)
	}, func(err error) {
		if again != nil {
			s.At.Enter(again)
			s.Shell.Navigate(kit.Route{Kind: page.Settings})
		}
		if err != nil {
			s.Shell.ShowError(err)
			return
		}
		then(done)
	})
}
