package kit

import (
	"image/color"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// MarkSpec says what a mark is for.
type MarkSpec struct {
	Label string
	Hint  string  // what to look at, said below until something is wrong; or ""
	Note  string  // as its weight, “30%”
	Max   float64 // marks go from 0 to Max
	Step  float64 // of slider and arrow keys; 0 means 1
	// Places is the most decimal places a mark may have.
	Places int
	// Band names a mark in words, as “良好”; nil names none.
	Band func(value float64) string
}

// MarkField takes one mark from 0 to Max: typed or by slider or arrow keys, its band next to it, what is wrong
// below it at once.
type MarkField struct {
	box

	OnChange func(value float64, ok bool)
	OnEnter  func() // Enter in the field: go on to the next
	// OnMore is given a digit typed after a mark that can take no more of them, and reports whether it found a
	// place for it, as in the next field.
	OnMore func(digit rune) bool
	OnUndo func() // Ctrl+Z in the field; nil leaves it to the field
	// Hold is asked about each named key and, with an empty name, each letter before the field takes it: true keeps
	// it from the field.
	Hold func(key fyne.KeyName, letter rune) bool

	text   Texter
	spec   MarkSpec
	entry  *Entry
	slider *slide
	band   *canvas.Text
	fault  string
	below  *Para // the fault, or else the hint: nothing moves when a fault comes
	edge   *canvas.Rectangle
}

// NewMarkField returns an empty field. An empty mark is not 0.
func NewMarkField(t Texter, spec MarkSpec) *MarkField {
	if spec.Step <= 0 {
		spec.Step = 1
	}
	m := &MarkField{text: t, spec: spec, entry: NewEntry(), band: NewText("", Body, Quiet)}
	m.below = NewPara(spec.Hint, Note, Quiet, 40).Fluid()
	m.below.Hidden = spec.Hint == ""
	m.edge = canvas.NewRectangle(color.Transparent)
	m.edge.CornerRadius = radius
	m.slider = newSlide(spec.Max, spec.Step, m.slid)
	m.entry.OnChanged = func(string) { m.changed() }
	m.entry.OnSubmitted = func(string) {
		if m.OnEnter != nil {
			m.OnEnter()
		}
	}
	m.entry.onKey, m.entry.onRune, m.entry.onShortcut = m.key, m.more, m.undo
	m.content = m.layout()
	m.ExtendBaseWidget(m)
	return m
}

func (m *MarkField) layout() fyne.CanvasObject {
	most := NewText("/ "+m.bounds().Show(m.spec.Max), Note, Quiet)
	return container.New(&markLayout{}, NewCutText(m.spec.Label, Body, Plain), NewText(m.spec.Note, Note, Quiet),
		container.NewStack(m.entry, m.edge), most, m.slider, m.band, m.below)
}

func (m *MarkField) bounds() Range { return Range{0, m.spec.Max, m.spec.Places} }

// Value returns the mark; ok is false while the field is empty or wrong.
func (m *MarkField) Value() (value float64, ok bool) {
	value, wrong := m.bounds().Parse(m.text, m.entry.Text)
	return value, wrong == "" && value >= 0
}

// SetValue writes v without calling OnChange.
func (m *MarkField) SetValue(v float64) {
	m.entry.setQuietly(m.bounds().Show(v))
	m.show()
}

// Clear empties the field without calling OnChange.
func (m *MarkField) Clear() {
	m.entry.setQuietly("")
	m.show()
}

// Wrong returns the words of the fault shown, or "".
func (m *MarkField) Wrong() string { return m.fault }

// Disable disables the field, Enable undoes it.
func (m *MarkField) Disable() {
	m.entry.Disable()
	m.slider.disabled = true
	m.slider.Refresh()
}

// Enable lets the field be changed.
func (m *MarkField) Enable() {
	m.entry.Enable()
	m.slider.disabled = false
	m.slider.Refresh()
}

// Focus puts the cursor in the field.
func (m *MarkField) Focus() { focus(m.entry) }

// Entry is the input itself, to type in in tests.
func (m *MarkField) Entry() *Entry { return m.entry }

func (m *MarkField) changed() {
	m.show()
	if m.OnChange != nil {
		m.OnChange(m.Value())
	}
}

// show brings slider, band and fault in line with the text.
func (m *MarkField) show() {
	value, ok := m.Value()
	m.fault = ""
	if !ok && strings.TrimSpace(m.entry.Text) != "" {
		_, m.fault = m.bounds().Parse(m.text, m.entry.Text)
	}
	m.band.Text = ""
	if ok && m.spec.Band != nil {
		m.band.Text = m.spec.Band(value)
	}
	m.slider.show(value, ok)
	below, tone := m.spec.Hint, Quiet
	m.edge.StrokeWidth = 0
	if m.fault != "" {
		below, tone = m.fault, Problem
		m.edge.StrokeColor, m.edge.StrokeWidth = theme.Color(theme.ColorNameError), 1.5
	}
	m.below.SetTone(tone)
	m.below.SetText(below)
	m.below.Hidden = below == ""
	m.Refresh()
}

// slid takes the slider's value.
func (m *MarkField) slid(v float64) {
	m.entry.setQuietly(m.bounds().Show(v))
	m.changed()
}

// more hands on a digit that this mark has no room for, so that several marks can be typed without a key between
// them.
func (m *MarkField) more(r rune) bool {
	if m.Hold != nil && m.Hold("", r) {
		return true
	}
	return r >= '0' && r <= '9' && m.OnMore != nil && m.full() && m.OnMore(r)
}

// full reports whether the mark is whole: it is right, the cursor stands behind it, and it has as many digits as
// the greatest mark or as many decimal places as there may be.
func (m *MarkField) full() bool {
	text := fold(m.entry.Text)
	if _, ok := m.Value(); !ok || m.entry.SelectedText() != "" ||
		m.entry.CursorColumn != utf8.RuneCountInString(m.entry.Text) {
		return false
	}
	whole, part, _ := strings.Cut(text, ".")
	if part != "" {
		return len(part) >= m.spec.Places
	}
	return whole == text && len(whole) >= len(strconv.Itoa(int(m.spec.Max)))
}

func (m *MarkField) undo(s fyne.Shortcut) bool {
	if _, ok := s.(*fyne.ShortcutUndo); !ok || m.OnUndo == nil {
		return false
	}
	m.OnUndo()
	return true
}

// key lets the up and down arrows change the mark by one step.
func (m *MarkField) key(key *fyne.KeyEvent) bool {
	if m.Hold != nil && m.Hold(key.Name, 0) {
		return true
	}
	by := m.spec.Step
	switch key.Name {
	case fyne.KeyUp:
	case fyne.KeyDown:
		by = -by
	default:
		return false
	}
	value, _ := m.Value()
	m.slid(min(max(value+by, 0), m.spec.Max))
	return true
}
