package field

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// fieldChars is the width of a field in Chinese characters.
const fieldChars = 30

// Field is one line of a form: a label over an input, and below it either a help text or, at once when something is
// wrong, what is wrong.
type Field struct {
	lay.Box

	// Check returns what is wrong in words, or "". Set it for rules of one's own; it runs at each change.
	Check func() string

	input fyne.CanvasObject
	edge  *canvas.Rectangle // red while wrong
	help  string
	note  *look.Para
}

// New returns a field around any input. Inputs that change must call Changed.
func New(label, help string, input fyne.CanvasObject) *Field {
	f := &Field{}
	f.init(f, label, help, input)
	return f
}

func (f *Field) init(self fyne.Widget, label, help string, input fyne.CanvasObject) {
	f.input, f.help = input, help
	f.edge = canvas.NewRectangle(color.Transparent)
	f.edge.CornerRadius = look.Radius
	f.note = look.NewPara(help, look.Note, look.Quiet, fieldChars*14/12.5)
	f.note.Hidden = help == ""
	name := look.NewText(label, look.Body, look.Plain)
	f.Content = container.New(&fieldLayout{look.Em(fieldChars)}, name, input, f.edge, f.note)
	f.ExtendBaseWidget(self)
}

// Changed checks the input and shows what is wrong. Until it is first called, a form shows no faults for being
// empty.
func (f *Field) Changed() bool {
	wrong := ""
	if f.Check != nil {
		wrong = f.Check()
	}
	f.Tell(wrong)
	return wrong == ""
}

// Tell shows wrong below the input, or the help text if wrong is "". Use it for what only the office knows.
func (f *Field) Tell(wrong string) {
	text, tone := f.help, look.Quiet
	f.edge.StrokeWidth = 0
	if wrong != "" {
		text, tone = wrong, look.Problem
		f.edge.StrokeColor, f.edge.StrokeWidth = look.Problem.Color(), 1.5
	}
	if f.note.Text() == text && f.note.Tone == tone {
		return
	}
	f.note.Tone = tone
	f.note.SetText(text)
	f.note.Hidden = text == ""
	f.Refresh()
}

// SetHelp changes the help text, as to what was understood of the input. What is wrong stays in its place.
func (f *Field) SetHelp(help string) {
	f.help = help
	f.Tell(f.Wrong())
}

// Wrong returns the words of the fault shown, or "".
func (f *Field) Wrong() string {
	if f.note.Tone == look.Problem {
		return f.note.Text()
	}
	return ""
}

// Valid checks the input as at saving: an empty required field is wrong now.
func (f *Field) Valid() bool { return f.Changed() }

// Focus puts the cursor in the input.
func (f *Field) Focus() {
	if w, ok := f.input.(interface {
		fyne.Focusable
		fyne.CanvasObject
	}); ok {
		keys.Focus(w)
	}
}

// fieldLayout stacks label, input with its red edge, and note.
type fieldLayout struct{ width float32 }

// MinSize is that of the shown parts.
func (l *fieldLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	label, input := o[0].MinSize(), o[1].MinSize()
	size := fyne.NewSize(max(label.Width, input.Width), label.Height+lay.Gap4+input.Height)
	if o[3].Visible() {
		note := o[3].MinSize()
		size = fyne.NewSize(max(size.Width, note.Width), size.Height+lay.Gap4+note.Height)
	}
	return size
}

// Layout sets the input at most width wide.
func (l *fieldLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	label, input := o[0].MinSize(), o[1].MinSize()
	o[0].Resize(label)
	at, box := fyne.NewPos(0, label.Height+lay.Gap4), fyne.NewSize(
		min(size.Width, max(l.width, input.Width)), input.Height,
	)
	for _, x := range o[1:3] {
		x.Move(at)
		x.Resize(box)
	}
	o[3].Move(fyne.NewPos(0, at.Y+box.Height+lay.Gap4))
	o[3].Resize(fyne.NewSize(size.Width, o[3].MinSize().Height))
}

// FormField is what a form holds: Field and all fields made from it.
type FormField interface {
	fyne.CanvasObject
	Valid() bool
	Focus()
}

// Form stacks fields.
type Form struct {
	lay.Box

	fields []FormField
}

// NewForm returns the fields below each other.
func NewForm(fields ...FormField) *Form {
	f := &Form{fields: fields}
	stack := lay.Stack(lay.Gap16)
	for _, x := range fields {
		stack.Add(x)
	}
	f.Content = stack
	f.ExtendBaseWidget(f)
	return f
}

// Valid checks all fields, shows every fault and puts the cursor in the first wrong one.
func (f *Form) Valid() bool {
	var first FormField
	for _, x := range f.fields {
		if !x.Valid() && first == nil {
			first = x
		}
	}
	if first != nil {
		first.Focus()
	}
	return first == nil
}

// required marks a label of a field that must not stay empty.
func required(t kit.Texter, label string, on bool) string {
	if !on {
		return label
	}
	return t.T("kit.required", map[string]any{"Label": label})
}
