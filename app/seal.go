package app

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// sealKind asks for what opens a sealed contest; the ID is its folder.
const sealKind = "sealed"

// openContest opens the contest in dir by what was typed, "" for nothing, and backs it up.
func (s *Session) openContest(ctx context.Context, dir, typed string) (*office.Office, error) {
	var o *office.Office
	var err error
	switch {
	case s.files.Door == nil:
		o, err = s.files.Open(ctx, dir)
	case typed == "":
		o, err = s.files.Door.Open(ctx, dir, nil)
	default:
		o, err = s.files.Door.Open(ctx, dir, sealing.Typed(typed))
	}
	if err != nil {
		return nil, err
	}
	if err := o.AutoBackup(ctx, "open"); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

// sealedPage asks for the organiser's password of a contest, or for its recovery code. A judge who finds it after a
// crash can do nothing here: no page of a contest is behind it before it is opened.
type sealedPage struct {
	sh     kit.Shell
	s      *Session
	dir    string
	word   *field.Text
	code   *field.Text
	coded  bool // the code is asked for
	fields *fyne.Container
	turn   *button.Button
}

// Title is the page's name.
func (p *sealedPage) Title() string { return p.sh.T("seal.title", nil) }

// Bare hides the rail.
func (p *sealedPage) Bare() bool { return true }

// Content builds the field.
func (p *sealedPage) Content() fyne.CanvasObject {
	rule := field.TextRule{Required: true, Limit: 64, Secret: true}
	p.word = field.NewText(p.sh, p.sh.T("guard.password", nil), p.sh.T("seal.password_help", nil), rule)
	rule.Secret = false // it is on paper next to the keyboard
	p.code = field.NewText(p.sh, p.sh.T("seal.code", nil), p.sh.T("seal.code_help", nil), rule)
	for _, f := range []*field.Text{p.word, p.code} {
		f.Entry().OnSubmitted = func(string) { p.onOpen() }
	}
	p.fields = container.NewStack()
	p.turn = button.NewPlain("", p.onTurn)
	p.show()
	acts := lay.Row(lay.Gap8, button.NewPrimary(p.sh.T("seal.open", nil), p.onOpen),
		button.New(p.sh.T("kit.cancel", nil), p.sh.Back), p.turn)
	name := look.NewPara(filepath.Base(p.dir), look.Body, look.Quiet, 30)
	text := look.NewPara(p.sh.T("seal.text", nil), look.Body, look.Plain, 30)
	return container.NewCenter(lay.Surface(lay.Inset(lay.Gap16, lay.Stack(
		lay.Gap16, look.NewStrong(p.Title(), look.Title, look.Plain), name, text, p.fields, acts,
	))))
}

// show puts the field asked for into the page.
func (p *sealedPage) show() {
	at, turn := p.word, "seal.use_code"
	if p.coded {
		at, turn = p.code, "seal.use_password"
	}
	p.turn.SetText(p.sh.T(turn, nil))
	p.fields.Objects = []fyne.CanvasObject{field.NewForm(at)}
	p.fields.Refresh()
}

func (p *sealedPage) field() *field.Text {
	if p.coded {
		return p.code
	}
	return p.word
}

func (p *sealedPage) onTurn() {
	p.coded = !p.coded
	p.show()
	p.sh.Focus(p.field().Entry())
}

// Load puts the cursor in the field.
func (p *sealedPage) Load() { p.sh.Focus(p.field().Entry()) }

func (p *sealedPage) onOpen() {
	at := p.field()
	typed := at.Text()
	if !at.Changed() {
		return
	}
	var o *office.Office
	p.sh.Run(p.sh.T("app.opening", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		o, err = p.s.openContest(ctx, p.dir, typed)
		return err
	}, func(err error) {
		switch {
		case sealing.Shut(err):
			at.Tell(p.sh.Err(err))
			p.sh.Focus(at.Entry())
		case err != nil:
			p.s.lost(p.dir, err)
		default:
			p.s.enter(o)
		}
	})
}

// relock closes the open contest, lets change what seals it, and opens it again; then hears what was done.
func (s *Session) relock(
	name string, change func(ctx context.Context, dir string) (sealing.Done, error), then func(sealing.Done),
) {
	o := s.now()
	dir := o.Dir()
	s.swap(nil)
	s.app.Restart(kit.Route{Kind: page.Start})
	var done sealing.Done
	var again *office.Office
	s.app.Run(s.app.T(name, nil), func(ctx context.Context, _ kit.Progress) (err error) {
		if err := o.Close(); err != nil {
			return err
		}
		done, err = change(ctx, dir)
		var broken error
		again, broken = s.files.Open(context.WithoutCancel(ctx), dir) // by the key that is known
		return errors.Join(err, broken)
	}, func(err error) {
		if again != nil {
			s.enter(again)
			s.app.Navigate(kit.Route{Kind: page.Settings})
		}
		if err != nil {
			s.app.ShowError(err)
			return
		}
		then(done)
	})
}
