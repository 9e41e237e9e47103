package kit

import (
	"encoding/json"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Drafts keeps what was written in forms and not saved, so that it outlives a crash. The window keeps it on this
// computer, for its user only, apart for each contest; it enters no journal and no log. A Shell may be one.
type Drafts interface {
	// Draft returns what is kept under key, nil if nothing is.
	Draft(key string) []byte
	// KeepDraft keeps data under key; nil forgets what is kept.
	KeepDraft(key string, data []byte)
}

// KeepDraft keeps state, anything JSON can hold, under key. Where sh keeps no drafts nothing happens.
func KeepDraft(sh Texter, key string, state any) {
	d, ok := sh.(Drafts)
	if !ok {
		return
	}
	if data, err := json.Marshal(state); err == nil { // a draft that can't be kept must not hinder writing
		d.KeepDraft(key, data)
	}
}

// DropDraft forgets what is kept under key: it was saved or given up.
func DropDraft(sh Texter, key string) {
	if d, ok := sh.(Drafts); ok {
		d.KeepDraft(key, nil)
	}
}

// DraftOf reads what is kept under key into state and reports whether there was something that fits.
func DraftOf(sh Texter, key string, state any) bool {
	d, ok := sh.(Drafts)
	if !ok {
		return false
	}
	data := d.Draft(key)
	return data != nil && json.Unmarshal(data, state) == nil
}

// Draft is the form in an object, kept at each change. It is found by the order of its inputs, so a form whose
// inputs change in number starts over.
type Draft struct {
	sh     Texter
	key    string
	inputs []input
	clean  []string // what the inputs held at first
	filled bool     // a draft is being put back
}

// WatchDraft keeps the inputs within form under key from now on. Offer offers what was kept before.
func WatchDraft(sh Texter, key string, form fyne.CanvasObject) *Draft {
	d := &Draft{sh: sh, key: key, inputs: inputsIn(form)}
	for _, in := range d.inputs {
		d.clean = append(d.clean, in.get())
		in.watch(d.keep)
	}
	return d
}

// keep writes down what stands in the inputs; a form that is again as at the start needs no draft.
func (d *Draft) keep() {
	if d.filled {
		return
	}
	now, changed := make([]string, len(d.inputs)), false
	for i, in := range d.inputs {
		now[i] = in.get()
		changed = changed || now[i] != d.clean[i]
	}
	if changed {
		KeepDraft(d.sh, d.key, now)
		return
	}
	d.Drop()
}

// Drop forgets the draft.
func (d *Draft) Drop() { DropDraft(d.sh, d.key) }

// Offer returns a bar that says that something was not saved, with a button that puts it back and one that forgets
// it; nil if there is nothing to put back, or it stands there already.
func (d *Draft) Offer() fyne.CanvasObject {
	var was []string
	if !DraftOf(d.sh, d.key, &was) || len(was) != len(d.inputs) || slices.Equal(was, d.clean) {
		return nil
	}
	return NewDraftOffer(d.sh, func() { d.put(was) }, d.Drop)
}

// put writes texts into the inputs.
func (d *Draft) put(texts []string) {
	d.filled = true
	for i, in := range d.inputs {
		if in.get() != texts[i] {
			in.set(texts[i])
		}
	}
	d.filled = false
	d.keep()
}

// NewDraftOffer is the bar over a form that says that something was not saved the last time. It goes when either
// button was pressed.
func NewDraftOffer(t Texter, restore, forget func()) fyne.CanvasObject {
	var bar *fyne.Container
	gone := func(do func()) func() {
		return func() {
			do()
			bar.Hide()
		}
	}
	bar = container.NewStack(NewNotice(Notice{
		Tone:   Waiting,
		Text:   t.T("kit.draft_found", nil),
		Action: t.T("kit.draft_restore", nil),
		Do:     gone(restore),
	}, gone(forget)))
	return bar
}

// input is one thing of a form that can be changed, whatever it is.
type input struct {
	get   func() string
	set   func(string)
	watch func(changed func())
	at    fyne.Focusable // where the cursor goes, or nil
	enter *widget.Entry  // a one-line field, or nil
}

// Insider is a widget that is made of other objects. A form that is one says what is in it, so that its inputs
// are found.
type Insider interface{ Inside() fyne.CanvasObject }

// Inside is what the widget is made of.
func (b *box) Inside() fyne.CanvasObject { return b.content }

// inputsIn lists the inputs within o in the order in which they are drawn.
func inputsIn(o fyne.CanvasObject) []input {
	switch o := o.(type) {
	case nil:
		return nil
	case *Entry:
		return []input{textInput(&o.Entry, o)}
	case *widget.Entry:
		return []input{textInput(o, o)}
	case *widget.Check:
		return []input{checkInput(o)}
	case *Select:
		return []input{selectInput(o)}
	case *container.Scroll:
		return inputsIn(o.Content)
	case *fyne.Container:
		var out []input
		for _, child := range o.Objects {
			out = append(out, inputsIn(child)...)
		}
		return out
	case *Picks:
		return []input{picksInput(o)}
	case Insider:
		return inputsIn(o.Inside())
	}
	return nil
}

func textInput(e *widget.Entry, at fyne.Focusable) input {
	in := input{get: func() string { return e.Text }, set: e.SetText, watch: func(changed func()) {
		told := e.OnChanged
		e.OnChanged = func(text string) {
			if told != nil {
				told(text)
			}
			changed()
		}
	}}
	if e.Password { // what is secret is written nowhere
		in.get, in.set = func() string { return "" }, func(string) {}
	}
	if !e.Disabled() {
		in.at = at
		if !e.MultiLine {
			in.enter = e
		}
	}
	return in
}

func checkInput(c *widget.Check) input {
	return input{get: func() string {
		if c.Checked {
			return "1"
		}
		return ""
	}, set: func(s string) { c.SetChecked(s != "") }, watch: func(changed func()) {
		told := c.OnChanged
		c.OnChanged = func(on bool) {
			if told != nil {
				told(on)
			}
			changed()
		}
	}}
}

func selectInput(s *Select) input {
	return input{get: func() string { return s.Selected }, set: s.SetSelected, watch: func(changed func()) {
		told := s.OnChanged
		s.OnChanged = func(text string) {
			if told != nil {
				told(text)
			}
			changed()
		}
	}}
}

func picksInput(p *Picks) input {
	return input{
		get: func() string { return strings.Join(p.Chosen(), "\x1f") },
		set: func(s string) { p.Choose(strings.Split(s, "\x1f")) },
		watch: func(changed func()) {
			told := p.OnChange
			p.OnChange = func(keys []string) {
				if told != nil {
					told(keys)
				}
				changed()
			}
		},
	}
}
