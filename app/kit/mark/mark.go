package mark

import (
	"image/color"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/script"
)

// Spec says what a mark is for.
type Spec struct {
	Label string
	Hint  string  // what to look at, said below until something is wrong; or ""
	Note  string  // as its weight, “30%”
	Max   float64 // marks go from 0 to Max
	Step  float64 // of slider and arrow keys; 0 means 1
	// Places is the most decimal places a mark may have.
	Places int
	// Band names a mark in words, as “良好”; nil names none.
	Band func(value float64) string
	// Bands are the words to press, best first, each with the mark it fills in; none shows the word of Band.
	Bands []Band
	// Word may stand in the place of a mark and has one below 0, which no mark has; without a label there is none.
	Word Band
	// Scale is the greatest number that people may have in mind, as 100: a mark that another digit would still
	// bring up to it is never taken for whole. 0 means Max.
	Scale float64
	// Check returns what else is wrong with a mark in range, or ""; nil checks nothing.
	Check func(value float64) string
}

// Band is a word for marks with the one usually meant by it.
type Band struct {
	Label string
	Mark  float64
}

// Field takes one mark from 0 to Max: typed or by slider or arrow keys, its band next to it, what is wrong
// below it at once.
type Field struct {
	lay.Box

	OnChange func(value float64, ok bool)
	OnEnter  func() // Enter in the field: go on to the next
	// OnMore is given a digit typed after a mark that can take no more of them, and reports whether it found a
	// place for it, as in the next field.
	OnMore func(digit rune) bool
	OnUndo func() // Ctrl+Z in the field; nil leaves it to the field
	OnRedo func() // Ctrl+Y in the field; nil leaves it to the field
	// OnFocus is called when the cursor comes and goes.
	OnFocus func(here bool)
	// Hold is asked about each named key and, with an empty name, each letter before the field takes it: true keeps
	// it from the field.
	Hold func(key fyne.KeyName, letter rune) bool

	text   kit.Texter
	spec   Spec
	entry  *field.Entry
	slider *slide
	band   *canvas.Text
	bands  []*nub
	word   *nub    // nil where there is none
	steps  [2]*nub // less and more
	fault  string
	below  *look.Para // the fault, or else the hint: nothing moves when a fault comes
	edge   *canvas.Rectangle
	off    bool
}

// New returns an empty field. An empty mark is not 0.
func New(t kit.Texter, spec Spec) *Field {
	if spec.Step <= 0 {
		spec.Step = 1
	}
	m := &Field{text: t, spec: spec, entry: field.NewEntry(), band: look.NewText("", look.Body, look.Quiet)}
	m.below = look.NewPara(spec.Hint, look.Note, look.Quiet, 40).Fluid()
	m.below.Hidden = spec.Hint == ""
	m.edge = canvas.NewRectangle(color.Transparent)
	m.edge.CornerRadius = look.Radius
	m.slider = newSlide(spec.Max, spec.Step, m.slid)
	m.steps = [2]*nub{newNub("−", 2, func() { m.step(-1) }), newNub("+", 2, func() { m.step(1) })}
	for _, b := range spec.Bands {
		m.bands = append(m.bands, newNub(b.Label, 2, func() { m.slid(b.Mark) }))
	}
	if spec.Word.Label != "" {
		m.word = newNub(spec.Word.Label, 2, m.turnWord)
	}
	m.entry.OnChanged = func(string) { m.changed() }
	m.entry.OnSubmitted = func(string) {
		if m.OnEnter != nil {
			m.OnEnter()
		}
	}
	m.entry.OnKey, m.entry.OnRune, m.entry.OnShortcut = m.key, m.more, m.undo
	m.entry.OnFocus = func(here bool) {
		if m.OnFocus != nil {
			m.OnFocus(here)
		}
	}
	m.Content = m.layout()
	m.ExtendBaseWidget(m)
	return m
}

func (m *Field) layout() fyne.CanvasObject {
	most := look.NewText("/ "+m.bounds().Show(m.spec.Max), look.Note, look.Quiet)
	bands := lay.Row(lay.Gap4)
	for _, b := range m.bands {
		bands.Add(b)
	}
	if len(m.bands) == 0 && m.spec.Band != nil {
		bands = lay.Row(lay.Gap4, container.NewStack(lay.Blank(look.Em(4), 0), m.band))
	}
	if m.word != nil {
		bands.Add(m.word)
	}
	return container.New(&markLayout{}, look.NewCutText(
		m.spec.Label, look.Body, look.Plain,
	), look.NewText(m.spec.Note, look.Note, look.Quiet),
		m.steps[0], container.NewStack(m.entry, m.edge), m.steps[1], most, m.slider, bands, m.below)
}

func (m *Field) bounds() field.Range { return field.Range{High: m.spec.Max, Places: m.spec.Places} }

// Value returns the mark; ok is false while the field is empty or wrong.
func (m *Field) Value() (value float64, ok bool) {
	value, wrong := m.parse()
	return value, wrong == "" && (value >= 0 || m.worded())
}

// parse reads the text and says what is wrong with it, or "". A comma is no part of a mark: 1,8 is neither 18 nor 1.8.
func (m *Field) parse() (value float64, wrong string) {
	text := m.entry.Text
	if m.worded() {
		return m.spec.Word.Mark, ""
	}
	if strings.ContainsAny(script.Fold(text), ",") {
		text = "?"
	}
	value, wrong = m.bounds().Parse(m.text, text)
	if wrong == "" && m.spec.Check != nil {
		wrong = m.spec.Check(value)
	}
	return value, wrong
}

// SetValue writes v without calling OnChange.
func (m *Field) SetValue(v float64) {
	text := m.bounds().Show(v)
	if m.word != nil && v == m.spec.Word.Mark {
		text = m.spec.Word.Label
	}
	m.entry.SetQuietly(text)
	m.show()
}

// Clear empties the field without calling OnChange.
func (m *Field) Clear() {
	m.entry.SetQuietly("")
	m.show()
}

// Wrong returns the words of the fault shown, or "".
func (m *Field) Wrong() string { return m.fault }

// Disable disables the field, Enable undoes it.
func (m *Field) Disable() {
	m.entry.Disable()
	m.enable(false)
}

// Enable lets the field be changed.
func (m *Field) Enable() {
	m.entry.Enable()
	m.enable(true)
}

func (m *Field) enable(on bool) {
	if m.off == !on {
		return
	}
	m.off, m.slider.disabled = !on, !on
	m.show()
}

// Focus puts the cursor in the field.
func (m *Field) Focus() { keys.Focus(m.entry) }

// Entry is the input itself, to type in in tests.
func (m *Field) Entry() *field.Entry { return m.entry }

func (m *Field) changed() {
	m.show()
	if m.OnChange != nil {
		m.OnChange(m.Value())
	}
}

// show brings slider, band and fault in line with the text.
func (m *Field) show() {
	value, ok := m.Value()
	m.fault = ""
	if !ok && strings.TrimSpace(m.entry.Text) != "" {
		_, m.fault = m.parse()
	}
	ok = ok && !m.worded()
	if m.word != nil {
		m.word.set(m.worded(), m.off)
	}
	word := ""
	if ok && m.spec.Band != nil {
		word = m.spec.Band(value)
	}
	for i, b := range m.bands {
		b.set(word != "" && word == m.spec.Bands[i].Label, m.off)
	}
	m.steps[0].set(false, m.off || ok && value <= 0)
	m.steps[1].set(false, m.off || ok && value >= m.spec.Max)
	m.band.Text = ""
	if ok && m.spec.Band != nil {
		m.band.Text = m.spec.Band(value)
	}
	m.slider.show(value, ok)
	below, tone := m.spec.Hint, look.Quiet
	m.edge.StrokeWidth = 0
	if m.fault != "" {
		below, tone = m.fault, look.Problem
		m.edge.StrokeColor, m.edge.StrokeWidth = theme.Color(theme.ColorNameError), 1.5
	}
	m.below.SetTone(tone)
	m.below.SetText(below)
	m.below.Hidden = below == ""
	m.Refresh()
}

// slid takes the slider's value.
func (m *Field) slid(v float64) {
	if m.off {
		return
	}
	m.entry.SetQuietly(m.bounds().Show(v))
	m.changed()
}

// more hands on a digit that this mark has no room for, so that several marks can be typed without a key between
// them.
func (m *Field) more(r rune) bool {
	if m.Hold != nil && m.Hold("", r) {
		return true
	}
	if m.takeWord(r) {
		return true
	}
	return r >= '0' && r <= '9' && m.OnMore != nil && m.full() && m.OnMore(r)
}

// full reports whether the mark is whole and the cursor stands behind it.
func (m *Field) full() bool {
	return m.entry.SelectedText() == "" && m.entry.CursorColumn == utf8.RuneCountInString(m.entry.Text) && m.Whole() &&
		m.settled()
}

// Whole reports whether the mark is right and has as many digits as the greatest mark, or as many decimal places as
// there may be.
func (m *Field) Whole() bool {
	if _, ok := m.Value(); !ok || m.worded() {
		return ok
	}
	text := script.Fold(m.entry.Text)
	whole, part, _ := strings.Cut(text, ".")
	if part != "" {
		return len(part) >= m.spec.Places
	}
	return whole == text && len(whole) >= len(strconv.Itoa(int(m.spec.Max)))
}

// settled reports whether one more digit would lead beyond the scale: 10 of 20 may be the beginning of 100, which
// is then a fault of this field.
func (m *Field) settled() bool {
	value, _ := m.Value()
	return strings.Contains(script.Fold(m.entry.Text), ".") || value*10 > max(m.spec.Scale, m.spec.Max)
}

func (m *Field) undo(s fyne.Shortcut) bool {
	do := m.OnUndo
	switch s.(type) {
	case *fyne.ShortcutUndo:
	case *fyne.ShortcutRedo:
		do = m.OnRedo
	default:
		return false
	}
	if do == nil {
		return false
	}
	do()
	return true
}

// key lets the up and down arrows change the mark by one step.
func (m *Field) key(key *fyne.KeyEvent) bool {
	if m.Hold != nil && m.Hold(key.Name, 0) {
		return true
	}
	if m.worded() && (key.Name == fyne.KeyBackspace || key.Name == fyne.KeyDelete) {
		m.turnWord()
		return true
	}
	switch key.Name {
	case fyne.KeyUp:
		m.step(1)
	case fyne.KeyDown:
		m.step(-1)
	default:
		return false
	}
	return true
}

// step changes the mark by one step, or begins an empty one at the middle of the way: from 0 it would be far to a
// usual mark.
func (m *Field) step(by float64) {
	value, ok := m.Value()
	if (!ok && m.entry.Text == "" || m.worded()) && len(m.spec.Bands) > 0 {
		m.slid(m.spec.Bands[len(m.spec.Bands)/2].Mark)
		return
	}
	m.slid(min(max(value+by*m.spec.Step, 0), m.spec.Max))
}
