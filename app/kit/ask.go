package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
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
	ways    *fyne.Container // out of the problem
	first   fyne.Focusable  // the first input of the form, or nil
	draft   *Draft          // or nil
	body    *fyne.Container
	whole   *fyne.Container   // title, body and what stands below
	scroll  *container.Scroll // around the body once it is too high, or nil
	most    float32           // the height it may have, in device-independent pixels; 0 for any
}

// NewAsk draws q; closed closes the dialog. The button of the act is enabled only when q.Check is ticked; an error
// of Do is shown above the buttons and the dialog stays. In a form the keyboard starts in its first input, and
// Enter in a field of one line does the act, unless that is dangerous.
func NewAsk(t Texter, q Question, closed func()) *Ask {
	a := &Ask{text: t, ask: q, closed: closed, problem: NewPara("", Body, Problem, askChars), ways: waysBox()}
	a.problem.Hide()
	a.showWays(q.Ways)
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
	foot.Add(a.ways)
	foot.Add(Spread(Blank(Em(askChars/2), 0), buttons))
	if len(body.Objects) == 0 {
		body.Hide()
	}
	a.body = body
	a.whole = container.New(
		&askLayout{layout.NewCustomPaddedVBoxLayout(Gap16), a}, NewStrong(q.Title, Section, Plain), body, foot,
	)
	a.content = Inset(Gap16, a.whole)
	a.ExtendBaseWidget(a)
	return a
}

// Bound lets what stands between title and buttons scroll while the dialog is higher than most, in
// device-independent pixels.
func (a *Ask) Bound(most float32) {
	a.most = most
	a.Refresh()
}

// fit gives the body the height that title and foot leave it. A dialog also grows while it is open: a field says
// what is wrong with it, an act why it failed.
func (a *Ask) fit() {
	if a.most <= 0 || !a.body.Visible() {
		return
	}
	title, foot := a.whole.Objects[0], a.whole.Objects[2]
	room := max(a.most-title.MinSize().Height-foot.MinSize().Height-4*Gap16, RowHeight())
	need := a.body.MinSize()
	if a.scroll == nil {
		if need.Height <= room {
			return
		}
		a.scroll = VScroll(container.NewBorder(nil, nil, nil, Blank(Gap16, 0), a.body))
		a.whole.Objects[1] = a.scroll
	}
	a.scroll.SetMinSize(fyne.NewSize(need.Width+Gap16, min(need.Height, room)))
}

// askLayout fits the body each time before it sets the parts of a dialog below each other.
type askLayout struct {
	parts fyne.Layout
	ask   *Ask
}

// Layout implements fyne.Layout.
func (l *askLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.ask.fit()
	l.parts.Layout(l.ask.whole.Objects, size)
}

// MinSize implements fyne.Layout.
func (l *askLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	l.ask.fit()
	return l.parts.MinSize(l.ask.whole.Objects)
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
			a.showWays(WaysOf(a.text, err))
			a.Refresh()
			return
		}
	}
	a.giveUp()
}
