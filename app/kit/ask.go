package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// askChars is the width of a dialog's text in Chinese characters.
const askChars = 30

// Ask is the inside of a dialog.
type Ask struct {
	box

	text    Texter
	ask     Question
	closed  func()
	act     *Button // nil if there is only something to read
	cancel  *Button
	problem *Para
	first   fyne.Focusable // the first input of the form, or nil
	draft   *Draft         // or nil
	body    *fyne.Container
	whole   *fyne.Container // title, body and what stands below
}

// NewAsk draws q; closed closes the dialog. The button of the act is enabled only when q.Check is ticked; an error
// of Do is shown above the buttons and the dialog stays. In a form the keyboard starts in its first input, and
// Enter in a field of one line does the act, unless that is dangerous.
func NewAsk(t Texter, q Question, closed func()) *Ask {
	a := &Ask{text: t, ask: q, closed: closed, problem: NewPara("", Body, Problem, askChars)}
	a.problem.Hide()
	a.cancel = NewButton(t.T("kit.cancel", nil), a.giveUp)
	buttons := Row(Gap8, a.cancel)
	body, foot := Stack(Gap16), Stack(Gap16)
	if q.Text != "" {
		body.Add(NewPara(q.Text, Body, Plain, askChars))
	}
	if q.Content != nil {
		a.form(body)
	}
	if q.Action == "" {
		a.cancel.SetText(t.T("kit.close", nil))
	} else {
		a.act = NewPrimary(q.Action, a.do)
		if q.Danger {
			a.act.Rank = Danger
		}
		buttons.Add(a.act)
	}
	if q.Check != "" && a.act != nil {
		a.act.Disable()
		foot.Add(widget.NewCheck(q.Check, a.ticked))
	}
	foot.Add(a.problem)
	foot.Add(Spread(Blank(Em(askChars/2), 0), buttons))
	if len(body.Objects) == 0 {
		body.Hide()
	}
	a.body, a.whole = body, Stack(Gap16, NewStrong(q.Title, Section, Plain), body, foot)
	a.content = Inset(Gap16, a.whole)
	a.ExtendBaseWidget(a)
	return a
}

// Bound lets what stands between title and buttons scroll if the dialog is higher than most, in device-independent
// pixels.
func (a *Ask) Bound(most float32) {
	over := a.MinSize().Height - most
	if over <= 0 {
		return
	}
	need := a.body.MinSize()
	scroll := VScroll(container.NewBorder(nil, nil, nil, Blank(Gap16, 0), a.body))
	scroll.SetMinSize(fyne.NewSize(need.Width+Gap16, max(need.Height-over, RowHeight())))
	a.whole.Objects[1] = scroll
	a.Refresh()
}

// form puts the question's form into body, over it what was not saved the last time.
func (a *Ask) form(body *fyne.Container) {
	for _, in := range inputsIn(a.ask.Content) {
		if a.first == nil {
			a.first = in.at
		}
		if in.enter != nil && in.enter.OnSubmitted == nil {
			in.enter.OnSubmitted = func(string) { a.enter() }
		}
	}
	if a.ask.Draft != "" {
		a.draft = WatchDraft(a.text, a.ask.Draft, a.ask.Content)
		if bar := a.draft.Offer(); bar != nil {
			body.Add(bar)
		}
	}
	body.Add(a.ask.Content)
}

// enter is Enter in a field of one line.
func (a *Ask) enter() {
	if a.act != nil && !a.ask.Danger && !a.act.Disabled() {
		a.do()
	}
}

// giveUp closes and forgets what was written.
func (a *Ask) giveUp() {
	if a.draft != nil {
		a.draft.Drop()
	}
	a.closed()
}

// First is where the keyboard starts: in the first input, else on the act, or on the way out if the act is dangerous.
func (a *Ask) First() fyne.Focusable {
	if a.first != nil {
		return a.first
	}
	if a.act == nil || a.ask.Danger || a.act.Disabled() {
		return a.cancel
	}
	return a.act
}

func (a *Ask) ticked(on bool) {
	if on {
		a.act.Enable()
	} else {
		a.act.Disable()
	}
}

func (a *Ask) do() {
	if a.ask.Do != nil {
		if err := a.ask.Do(); err != nil {
			a.problem.SetText(a.text.Err(err))
			a.problem.Show()
			a.Refresh()
			return
		}
	}
	a.giveUp()
}
