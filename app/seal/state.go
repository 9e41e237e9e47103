package seal

import (
	"context"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Show fills the part of the settings about the password: what can be done with it, named by line, what it protects,
// and what anyone at this computer can read without one.
func (s *Dialogs) Show(into *fyne.Container, line func(acts fyne.CanvasObject) fyne.CanvasObject) {
	o, has := s.Office(), false
	s.Shell.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		has, err = o.Secrets().HasPassword(ctx)
		return err
	}, func(err error) {
		s.Shell.ShowError(err)
		text, tone := "seal.state_none", look.Waiting
		acts := []fyne.CanvasObject{button.New(s.Shell.T("settings.set_password", nil), s.AskSeal)}
		switch {
		case o.Secrets().Sealed():
			text, tone = "seal.state_sealed", look.Quiet
			acts = []fyne.CanvasObject{
				button.New(s.Shell.T("seal.change", nil), s.askChange),
				button.New(s.Shell.T("seal.recode", nil), s.askRecode),
				button.NewPlain(s.Shell.T("seal.clear", nil), s.askUnseal),
			}
		case has:
			text = "seal.state_gate"
			acts = append(acts, button.NewPlain(s.Shell.T("seal.drop_gate", nil), func() {
				s.dropGate(func() { s.Show(into, line) })
			}))
		}
		into.RemoveAll()
		into.Add(line(lay.Row(lay.Gap8, acts...)))
		into.Add(look.NewPara(s.Shell.T(text, nil), look.Note, tone, 44))
		into.Refresh()
	})
}

// dropGate takes away a password that seals nothing.
func (s *Dialogs) dropGate(then func()) {
	o := s.Office()
	s.Shell.Ask(kit.Question{
		Title: s.Shell.T("seal.drop_gate", nil), Text: s.Shell.T("guard.no_password", nil),
		Action: s.Shell.T("seal.clear", nil),
		Do: func() error {
			err := o.Secrets().ClearPassword(context.Background())
			then()
			return err
		},
	})
}
