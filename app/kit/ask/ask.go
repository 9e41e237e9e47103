package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/draft"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// askChars is the width of a dialog's text in Chinese characters.
const askChars = 30

// Dialog is the inside of a dialog.
type Dialog struct {
	lay.Box

	text    kit.Texter
	ask     kit.Question
	closed  func()
	act     *button.Button // nil if there is only something to read
	cancel  *button.Button
	problem *look.Para
	ways    *fyne.Container // out of the problem
	first   fyne.Focusable  // the first input of the form, or nil
	draft   *draft.Draft    // or nil
	body    *fyne.Container
	whole   *fyne.Container   // title, body and what stands below
	scroll  *container.Scroll // around the body once it is too high, or nil
	most    float32           // the height it may have, in device-independent pixels; 0 for any
}

// New draws q; closed closes the dialog. The button of the act is enabled only when q.Check is ticked; an error
// of Do is shown above the buttons and the dialog stays. In a form the keyboard starts in its first input, and
// Enter in a field of one line does the act, unless that is dangerous.
func New(t kit.Texter, q kit.Question, closed func()) *Dialog {
	a := &Dialog{
		text: t, ask: q, closed: closed, problem: look.NewPara("", look.Body, look.Problem, askChars), ways: waysBox(),
	}
	a.problem.Hide()
	a.showWays(q.Ways)
	a.cancel = button.New(t.T("kit.cancel", nil), a.giveUp)
	if q.Stay != "" {
		a.cancel.SetText(q.Stay)
	}
	buttons := lay.Row(lay.Gap8, a.cancel)
	body, foot := lay.Stack(lay.Gap16), lay.Stack(lay.Gap16)
	if q.Text != "" {
		body.Add(look.NewPara(q.Text, look.Body, look.Plain, askChars))
	}
	if q.Content != nil {
		a.form(body)
	}
	if q.Action == "" {
		a.cancel.SetText(t.T("kit.close", nil))
	} else {
		a.act = button.NewPrimary(q.Action, a.do)
		if q.Danger {
			a.act.Rank = button.Danger
		}
		buttons.Add(a.act)
	}
	if len(q.Ways) > 0 {
		foot.Add(a.ways)
	}
	if q.Check != "" && a.act != nil {
		a.act.Disable()
		foot.Add(choice.NewCheck(q.Check, a.ticked))
	}
	foot.Add(a.problem)
	if len(q.Ways) == 0 {
		foot.Add(a.ways) // out of an error that is still to come
	}
	foot.Add(lay.Spread(lay.Blank(look.Em(askChars/2), 0), buttons))
	if len(body.Objects) == 0 {
		body.Hide()
	}
	a.body = body
	a.whole = container.New(
		&askLayout{
			lay.Stack(lay.Gap16).Layout, a,
		}, look.NewStrong(q.Title, look.Section, look.Plain), body, foot,
	)
	a.Content = lay.Inset(lay.Gap16, a.whole)
	a.ExtendBaseWidget(a)
	return a
}

// Bound lets what stands between title and buttons scroll while the dialog is higher than most, in
// device-independent pixels.
func (a *Dialog) Bound(most float32) {
	a.most = most
	a.Refresh()
}

// fit gives the body the height that title and foot leave it. A dialog also grows while it is open: a field says
// what is wrong with it, an act why it failed.
func (a *Dialog) fit() {
	if a.most <= 0 || !a.body.Visible() {
		return
	}
	title, foot := a.whole.Objects[0], a.whole.Objects[2]
	room := max(a.most-title.MinSize().Height-foot.MinSize().Height-4*lay.Gap16, look.RowHeight())
	need := a.body.MinSize()
	if a.scroll == nil {
		if need.Height <= room {
			return
		}
		a.scroll = lay.VScroll(container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap16, 0), a.body))
		a.whole.Objects[1] = a.scroll
	}
	a.scroll.SetMinSize(fyne.NewSize(need.Width+lay.Gap16, min(need.Height, room)))
}

// askLayout fits the body each time before it sets the parts of a dialog below each other.
type askLayout struct {
	parts fyne.Layout
	ask   *Dialog
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
func (a *Dialog) form(body *fyne.Container) {
	for _, in := range draft.InputsIn(a.ask.Content) {
		if a.first == nil {
			a.first = in.At
		}
		if in.Enter != nil && in.Enter.OnSubmitted == nil {
			in.Enter.OnSubmitted = func(string) { a.enter() }
		}
	}
	if a.ask.Draft != "" {
		a.draft = draft.Watch(a.text, a.ask.Draft, a.ask.Content)
		if bar := a.draft.Offer(); bar != nil {
			body.Add(bar)
		}
	}
	body.Add(a.ask.Content)
}

// enter is Enter in a field of one line.
func (a *Dialog) enter() {
	if a.act != nil && !a.ask.Danger && !a.act.Disabled() {
		a.do()
	}
}

// giveUp closes without the act.
func (a *Dialog) giveUp() {
	a.end()
	a.Left()
}

// Left tells whoever asked that the dialog was closed without the act.
func (a *Dialog) Left() {
	if a.ask.Left != nil {
		a.ask.Left()
	}
}

// end closes and forgets what was written.
func (a *Dialog) end() {
	if a.draft != nil {
		a.draft.Drop()
	}
	a.closed()
}

// First is where the keyboard starts: in the first input, else on the act, or on the way out if the act is dangerous
// or the way out has a word of its own.
func (a *Dialog) First() fyne.Focusable {
	if a.first != nil {
		return a.first
	}
	if a.act == nil || a.ask.Danger || a.ask.Stay != "" || a.act.Disabled() {
		return a.cancel
	}
	return a.act
}

func (a *Dialog) ticked(on bool) {
	if on {
		a.act.Enable()
	} else {
		a.act.Disable()
	}
}

// wrong puts the cursor in the first field that still shows a fault and reports whether there is one: nothing is taken
// that is shown in red.
func (a *Dialog) wrong() bool {
	for _, f := range fieldsIn(a.ask.Content) {
		if f.Wrong() != "" && !f.Changed() {
			f.Focus()
			return true
		}
	}
	return false
}

// checked is a field that says itself what is wrong.
type checked interface {
	fyne.CanvasObject
	Wrong() string
	Changed() bool
	Focus()
}

// fieldsIn lists the fields within o that are seen.
func fieldsIn(o fyne.CanvasObject) (out []checked) {
	if o == nil || !o.Visible() {
		return nil
	}
	if f, ok := o.(checked); ok {
		out = append(out, f)
	}
	switch o := o.(type) {
	case *container.Scroll:
		return fieldsIn(o.Content)
	case *fyne.Container:
		for _, child := range o.Objects {
			out = append(out, fieldsIn(child)...)
		}
	case lay.Insider:
		out = append(out, fieldsIn(o.Inside())...) // a field may hold others
	}
	return out
}

func (a *Dialog) do() {
	if a.wrong() {
		return
	}
	if a.ask.Do != nil {
		if err := a.ask.Do(); err != nil {
			a.tell(err)
			return
		}
	}
	a.end()
}

// tell says why the act failed and offers the ways out. What a field shows already is not said a second time.
func (a *Dialog) tell(err error) {
	a.problem.Hidden = err == kit.ErrShown
	if !a.problem.Hidden {
		a.problem.SetText(a.text.Err(err))
	}
	a.showWays(kit.WaysOf(a.text, err))
	a.Refresh()
}

// Enter is Enter where the keyboard is nowhere, as after a click next to all that can be pressed: what it did in First
// is done, unless that is dangerous or only leads out of a question.
func (a *Dialog) Enter() {
	first := a.First()
	if b, ok := first.(*button.Button); ok {
		if b == a.act || a.act == nil {
			b.Tapped(nil)
		}
		return
	}
	for _, in := range draft.InputsIn(a.ask.Content) {
		if in.At == first && in.Enter != nil {
			a.enter()
			return
		}
	}
}
