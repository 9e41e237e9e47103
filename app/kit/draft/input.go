package draft

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
)

// input is one thing of a form that can be changed, whatever it is.
type input struct {
	get   func() string
	set   func(string)
	watch func(changed func())
	At    fyne.Focusable // where the cursor goes, or nil
	Enter *widget.Entry  // a one-line field, or nil
}

// InputsIn lists the inputs within o in the order in which they are drawn.
func InputsIn(o fyne.CanvasObject) []input {
	switch o := o.(type) {
	case nil:
		return nil
	case *field.Entry:
		return []input{textInput(&o.Entry, o)}
	case *widget.Entry:
		return []input{textInput(o, o)}
	case *choice.Check:
		return []input{checkInput(o)}
	case *choice.Select:
		return []input{selectInput(o)}
	case *container.Scroll:
		return InputsIn(o.Content)
	case *fyne.Container:
		var out []input
		for _, child := range o.Objects {
			out = append(out, InputsIn(child)...)
		}
		return out
	case *choice.Picks:
		return []input{picksInput(o)}
	case lay.Insider:
		return InputsIn(o.Inside())
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
		in.At = at
		if !e.MultiLine {
			in.Enter = e
		}
	}
	return in
}

func checkInput(c *choice.Check) input {
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

func selectInput(s *choice.Select) input {
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

func picksInput(p *choice.Picks) input {
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
