package settings

import (
	"context"
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
func (s *Settings) secretField(title, help string) *field.Text {
	text := ""
	if help != "" {
		text = s.host.T(help, nil)
	}
	return field.NewText(s.host, s.host.T(title, nil), text, field.TextRule{Required: true, Limit: 64, Secret: true})
}

// twice is a password typed into two fields. Errors: Invalid.
func twice(word, again *field.Text) (string, error) {
	if word.Text() != again.Text() {
		return "", judging.Fail(judging.Invalid, "guard.password_differs", nil)
	}
	return word.Text(), sealing.CheckPassword(word.Text())
}

// AskSeal asks for a password that seals the contest, and says what that means.
func (s *Settings) AskSeal() {
	word := s.secretField("guard.password", "seal.new_help")
	again := s.secretField("guard.password_again", "")
	s.host.Ask(kit.Question{
		Title: s.host.T("seal.set_title", nil), Text: s.host.T("seal.set_text", nil),
		Action:  s.host.T("seal.set_do", nil),
		Content: field.NewForm(word, again),
		Do: func() error {
			password, err := twice(word, again)
			if err != nil {
				return err
			}
			s.host.Relock("seal.sealing", func(ctx context.Context, dir string) (sealing.Done, error) {
				return s.host.Door().Set(ctx, dir, password)
			}, func(done sealing.Done) { s.showCode(done) })
			return nil
		},
	})
}

// showCode shows the recovery code until somebody says that it is on paper.
func (s *Settings) showCode(done sealing.Done) {
	code := look.NewStrong(done.Code, look.Title, look.Plain)
	slip := button.New(s.host.T("seal.slip", nil), func() { s.saveSlip(done.Code) })
	parts := lay.Stack(lay.Gap16, code, lay.Row(0, slip))
	var lines []string
	if done.Copies > 0 {
		lines = append(lines, s.host.T("seal.copies", judging.Args{"Count": done.Copies}))
	}
	for _, name := range done.Left {
		lines = append(lines, s.host.T("seal.copy_left", judging.Args{"File": name}))
	}
	if len(lines) > 0 {
		parts.Add(look.NewPara(strings.Join(lines, "\n"), look.Note, look.Quiet, 30))
	}
	s.host.Ask(kit.Question{
		Title: s.host.T("seal.code_title", nil), Text: s.host.T("seal.code_text", nil), Content: parts,
		Check: s.host.T("seal.code_check", nil), Action: s.host.T("seal.code_done", nil),
		Do: func() error { return nil },
	})
}

// saveSlip writes the recovery code as a page to be printed.
func (s *Settings) saveSlip(code string) {
	o := s.host.Office()
	s.host.SaveFile(s.host.T("diploma.recovery_title", nil)+".pdf", func(path string) {
		kit.Fetch(s.host, s.host.T("app.exporting", nil), func(ctx context.Context, _ kit.Progress) (string, error) {
			c, err := o.Contest(ctx)
			if err != nil {
				return "", err
			}
			slip := diploma.RecoverySlip{Contest: c.Title(), Code: code, Made: s.host.Now(), Words: s.host.T}
			err = atomicfile.Write(path, 0o600, func(w io.Writer) error { return slip.Write(w) })
			if err != nil {
				err = judging.Fail(judging.Unavailable, "app.unwritable", judging.Args{"Path": path}).Because(err)
			}
			return path, err
		}, func(string) {
			page.TellWritten(s.host, path, s.host.T("seal.slip_written", judging.Args{"Path": path}))
		})
	})
}

// askProven asks for the present password before something is done with it, next to what rest asks for.
func (s *Settings) askProven(q kit.Question, rest []*field.Text, act func() error) {
	o := s.host.Office()
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
	s.host.Ask(q)
}

// askChange gives the sealed contest another password.
func (s *Settings) askChange() {
	word := s.secretField("seal.new", "seal.new_help")
	again := s.secretField("guard.password_again", "")
	s.askProven(kit.Question{
		Title: s.host.T("seal.change_title", nil), Text: s.host.T("seal.change_text", nil),
		Action: s.host.T("kit.save", nil),
	}, []*field.Text{word, again}, func() error {
		password := word.Text()
		s.host.Relock("seal.sealing", func(ctx context.Context, dir string) (sealing.Done, error) {
			return sealing.Done{}, s.host.Door().Change(ctx, dir, nil, password)
		}, func(sealing.Done) { s.tellSealed("seal.changed") })
		return nil
	})
}

// askRecode draws another recovery code.
func (s *Settings) askRecode() {
	s.askProven(kit.Question{
		Title: s.host.T("seal.recode_title", nil), Text: s.host.T("seal.recode_text", nil),
		Action: s.host.T("seal.recode", nil),
	}, nil, func() error {
		s.host.Relock("seal.sealing", func(ctx context.Context, dir string) (done sealing.Done, err error) {
			done.Code, err = s.host.Door().Recode(ctx, dir, nil)
			return done, err
		}, s.showCode)
		return nil
	})
}

// askUnseal takes the password away.
func (s *Settings) askUnseal() {
	s.askProven(kit.Question{
		Title: s.host.T("seal.clear_title", nil), Text: s.host.T("seal.clear_text", nil), Danger: true,
		Action: s.host.T("seal.clear", nil),
	}, nil, func() error {
		s.host.Relock("seal.unsealing", func(ctx context.Context, dir string) (sealing.Done, error) {
			return sealing.Done{}, s.host.Door().Clear(ctx, dir, nil)
		}, func(sealing.Done) { s.tellSealed("seal.cleared") })
		return nil
	})
}

func (s *Settings) tellSealed(key string) {
	s.host.Tell(kit.Notice{Tone: look.Done, Text: s.host.T(key, nil)})
}

// OfferSeal tells who just proved a password that seals nothing what it is worth.
func (s *Settings) OfferSeal() {
	if s.host.Door() == nil || s.host.Office().Secrets().Sealed() {
		return
	}
	s.host.Tell(kit.Notice{
		Tone: look.Waiting, Text: s.host.T("seal.offer", nil), Action: s.host.T("seal.offer_do", nil), Do: s.AskSeal,
	})
}

// askCopy asks for what opens a sealed copy whose password is not that of now, then looks into it.
func (s *Settings) askCopy(path string, then func(office.Peek)) {
	word := s.secretField("seal.then", "")
	s.host.Ask(kit.Question{
		Title: s.host.T("seal.copy_title", nil), Text: s.host.T("seal.copy_text", nil), Content: field.NewForm(word),
		Action: s.host.T("seal.open", nil),
		Do: func() error {
			p, err := s.host.Door().Peek(context.Background(), path, sealing.Typed(word.Text()))
			if err == nil {
				then(p)
			}
			return err
		},
	})
}
