package seal

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging/office"
	"fayi/judging/sealing"
)

// NewUnlock returns the page that asks for what opens the sealed contest in dir.
func NewUnlock(sh kit.Shell, at Contest, dir string) kit.Page {
	return &unlockPage{sh: sh, at: at, dir: dir}
}

// unlockPage asks for the organiser's password of a contest, or for its recovery code. A judge who finds it after a
// crash can do nothing here: no page of a contest is behind it before it is opened.
type unlockPage struct {
	sh     kit.Shell
	at     Contest
	dir    string
	word   *field.Text
	code   *field.Text
	coded  bool // the code is asked for
	fields *fyne.Container
	turn   *button.Button
}

// Title is the page's name.
func (p *unlockPage) Title() string { return p.sh.T("seal.title", nil) }

// Bare hides the rail.
func (p *unlockPage) Bare() bool { return true }

// Content builds the field.
func (p *unlockPage) Content() fyne.CanvasObject {
	p.word = field.NewPassword(p.sh, p.sh.T("guard.password", nil), p.sh.T("seal.password_help", nil))
	p.code = field.NewCode(p.sh, p.sh.T("seal.code", nil), p.sh.T("seal.code_help", nil))
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
func (p *unlockPage) show() {
	at, turn := p.word, "seal.use_code"
	if p.coded {
		at, turn = p.code, "seal.use_password"
	}
	p.turn.SetText(p.sh.T(turn, nil))
	p.fields.Objects = []fyne.CanvasObject{field.NewForm(at)}
	p.fields.Refresh()
}

func (p *unlockPage) field() *field.Text {
	if p.coded {
		return p.code
	}
	return p.word
}

func (p *unlockPage) onTurn() {
	p.coded = !p.coded
	p.show()
	p.sh.Focus(p.field().Entry())
}

// Load puts the cursor in the field.
func (p *unlockPage) Load() { p.sh.Focus(p.field().Entry()) }

func (p *unlockPage) onOpen() {
	f := p.field()
	typed := f.Text()
	if !f.Changed() {
		return
	}
	var o *office.Office
	p.sh.Run(p.sh.T("app.opening", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		o, err = p.at.OpenContest(ctx, p.dir, typed)
		return err
	}, func(err error) {
		switch {
		case sealing.Shut(err):
			f.Tell(p.sh.Err(err))
			p.sh.Focus(f.Entry())
		case err != nil:
			p.at.Lost(p.dir, err)
		default:
			p.at.Enter(o)
		}
	})
}
