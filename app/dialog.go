package app

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/ask"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// ShowError shows err in a dialog. A task the user cancelled is mentioned in the notice bar; nil is ignored.
func (a *App) ShowError(err error) {
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled):
		a.Tell(kit.Notice{Tone: look.Info, Text: a.T("error.cancelled", nil)})
	default:
		a.Ask(kit.Question{Title: a.T("shell.error_title", nil), Text: a.Err(err), Danger: true, Ways: a.Ways(err)})
	}
}

// Ways leads to where the causes of err are seen to.
func (a *App) Ways(err error) []kit.Way {
	if a.cfg.Ways == nil || a.handedOver() {
		return nil
	}
	return a.cfg.Ways(a, err)
}

// Ask shows q. The act stands at the right; for final acts it lives only after a tick elsewhere, so that no double
// press does it.
func (a *App) Ask(q kit.Question) { a.ask(q) }

// ask is Ask; hide takes the question away without an answer.
func (a *App) ask(q kit.Question) (hide func()) {
	var pop *widget.PopUp
	hide = func() { ask.Hide(a.win.Canvas(), pop) }
	ask := ask.New(a, q, hide)
	ask.Bound(a.Size().Height - 2*lay.Gap16)
	pop = widget.NewModalPopUp(ask, a.win.Canvas())
	pop.Show()
	first := ask.First()
	a.Focus(first)
	if e, ok := first.(interface{ Mute() }); ok && a.letter {
		e.Mute() // the letter that opened the question comes after its key
	}
	return hide
}

// typedOver takes a key that nothing on the dialog or menu top has taken. What lies under it must not hear keys.
func (a *App) typedOver(top fyne.CanvasObject, key *fyne.KeyEvent) {
	var q *ask.Dialog
	if p, ok := top.(*widget.PopUp); ok {
		q, _ = p.Content.(*ask.Dialog)
	}
	switch key.Name {
	case fyne.KeyEscape:
		top.Hide()
		if q != nil {
			q.Left()
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if q != nil && a.win.Canvas().Focused() == nil {
			a.Focus(q.First())
			q.Enter()
		}
	}
}
