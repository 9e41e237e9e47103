package form

import (
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/mark"
	"fayi/judging"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// Form is the rubric to be filled in: a mark for each criterion, or a total where that is allowed, how sure one is,
// and a comment.
type Form struct {
	Spec

	sh kit.Shell
	on Events

	Content fyne.CanvasObject
	marks   []*mark.Field
	total   *mark.Field // nil unless a total may be typed
	Sum     *canvas.Text
	Foot    *fyne.Container // the sum, or the total to be filled in where there is no mark
	sure    *choice.Segments
	comment *comment
	note    *field.Field // around the comment
	words   *words       // in the place of the marks, where there are none; else nil

	hint  *look.Para  // what to look at in the mark that has the cursor; its room is kept
	at    *mark.Field // where the cursor was put last
	off   bool        // nothing may be changed
	begun int         // the mark begun by a digit too many in the one before, -1 for none
	ahead ahead
}

// Spec is what a form asks for.
type Spec struct {
	Rubric    judging.Rubric
	TotalOnly bool
	AskSure   bool         // how sure one is
	Voting    *voting.Rule // how the judge speaks; nil: by marks
	Phrases   []string     // to choose from for the comment
}

// Events says what is done in a form.
type Events struct {
	Marked func() // a mark or the total changed
	Said   func() // how sure one is or the comment changed
	Left   func() // the comment was left
	Last   func() // Enter in the last mark
	Zoom   func()
	Help   func()
	Turn   func(by int) // to another page or file
	Undo   func()
	Redo   func()
	Reveal func(fyne.CanvasObject) // bring a field into sight
}

// New returns an empty form.
func New(sh kit.Shell, spec Spec, on Events) *Form {
	f := &Form{
		sh: sh, Spec: spec, on: on, Sum: look.NewText("", look.Section, look.Plain), comment: newComment(),
		hint: look.NewPara("", look.Note, look.Quiet, 40).Fluid(), begun: -1,
	}
	stack := lay.Stack(lay.Gap4)
	for i, c := range f.Rubric.Criteria {
		f.addMark(stack, i, c)
	}
	if f.Voting != nil {
		f.marks[0].Hidden = !f.Voting.Typed()
		f.words = newWords(sh, *f.Voting, f.speak)
		stack.Add(f.words.content)
	}
	f.Foot = container.NewStack(lay.Row(lay.Gap16, lay.Blank(0, look.RowHeight()), f.Sum, lay.Blank(0, 0)))
	if f.TotalOnly {
		f.addTotal()
	}
	if f.hinting() {
		stack.Add(container.NewStack(lay.Blank(0, look.Note.Size()*1.6), f.hint))
	}
	f.sure = choice.NewSegments([]choice.Option{{
		Key:   "3",
		Title: sh.T("desk.sure_3", nil),
	}, {
		Key:   "2",
		Title: sh.T("desk.sure_2", nil),
	}, {
		Key:   "1",
		Title: sh.T("desk.sure_1", nil),
	}},
		"", func(string) { on.Said() })
	f.comment.OnChanged = func(string) { f.note.Changed(); on.Said() }
	f.comment.left = on.Left
	f.note = field.New(sh.T("desk.comment", nil), "", f.comment)
	f.note.Check = f.tooLong
	sure := lay.Row(lay.Gap8, look.NewText(sh.T("desk.sure", nil), look.Body, look.Plain), f.sure)
	sure.Hidden = !f.AskSure
	stack.Add(lay.Flow(lay.Gap8, sure, f.phraseButton()))
	stack.Add(f.note)
	f.Content = stack
	return f
}

// addMark adds the field of criterion i.
func (f *Form) addMark(stack *fyne.Container, i int, c judging.Criterion) {
	spec := mark.Spec{
		Label: c.Name,
		Note:  f.noteOf(c),
		Max:   most(c.Limits, c.Weight),
		Band:  func(v float64) string { return f.Rubric.CriterionLabel(i, v) },
		Bands: f.bands(i),
		Scale: f.Rubric.Scale,
		Check: func(v float64) string { return f.offStep(c.Name, v, c.Weight, c.Limits) },
	}
	if c.Optional {
		spec.Word = mark.Band{Label: f.sh.T("desk.not_applicable", nil), Mark: terms.NotApplicable}
	}
	m := f.newMark(spec)
	m.OnFocus = func(here bool) { f.visited(i, here) }
	m.OnEnter = func() { f.enter(i) }
	m.OnMore = func(digit rune) bool { return f.typeNext(i, digit) }
	f.marks = append(f.marks, m)
	stack.Add(m)
}

// addTotal adds the field of the total, which stands in the place of the sum while there is no mark.
func (f *Form) addTotal() {
	name := f.sh.T("desk.total", nil)
	f.total = f.newMark(mark.Spec{
		Label: name, Max: most(f.Rubric.Limits, f.Rubric.Scale),
		Check: func(v float64) string { return f.offStep(name, v, f.Rubric.Scale, f.Rubric.Limits) },
	})
	f.total.OnEnter = f.on.Last
	f.Foot.Objects = append(f.Foot.Objects, f.total)
}

// noteOf is what stands next to a criterion: its weight, and the marks that may be given where they do not begin at 0.
func (f *Form) noteOf(c judging.Criterion) string {
	if f.Voting != nil && f.Voting.Typed() {
		return f.sh.T("desk.note_"+string(f.Voting.Kind), map[string]any{"Max": f.Voting.N()})
	}
	note := f.sh.T("desk.weight", map[string]any{"Percent": percent(c.Weight, f.Rubric.Scale)})
	if c.Least > 0 {
		least, most := c.Within(c.Weight)
		note += "  " + f.sh.T("desk.from_to", map[string]any{
			"Min": judging.Exact(least).String(), "Max": judging.Exact(most).String(),
		})
	}
	return note
}

func most(l terms.Limits, full float64) float64 {
	_, most := l.Within(full)
	return most
}

// offStep returns what is wrong with a mark between two steps, or below what may be given.
func (f *Form) offStep(name string, v, full float64, l terms.Limits) string {
	if err := f.Rubric.CheckMark(name, v, full, l); err != nil {
		return f.sh.Err(err)
	}
	return ""
}

// bands lists the words for marks of criterion i, best first, each with the mark in its middle.
func (f *Form) bands(i int) []mark.Band {
	c, all, share := f.Rubric.Criteria[i], f.Rubric.Bands, 1.0
	if len(c.Bands) > 0 {
		all = c.Bands
	} else if f.Rubric.Scale > 0 {
		share = c.Weight / f.Rubric.Scale
	}
	var out []mark.Band
	for _, b := range all {
		middle := f.nearest((b.From + b.To) / 2 * share)
		if f.Rubric.CriterionLabel(i, middle) == b.Label && c.Holds(middle, c.Weight) {
			out = append(out, mark.Band{Label: b.Label, Mark: middle})
		}
	}
	return out
}

// nearest rounds v to the rubric's step.
func (f *Form) nearest(v float64) float64 {
	step := f.Rubric.Step
	if step <= 0 {
		step = 1
	}
	return judging.Points(math.Round(v/step) * float64(judging.Exact(step))).Float()
}

func (f *Form) hinting() bool {
	return slices.ContainsFunc(f.Rubric.Criteria, func(c judging.Criterion) bool { return c.Hint != "" })
}

// visited shows the hint of mark i while the cursor is in it. A cursor that goes away ends what was typed there.
func (f *Form) visited(i int, here bool) {
	if !here {
		f.rejoin(i)
		return
	}
	words := ""
	if c := f.Rubric.Criteria[i]; c.Hint != "" {
		words = f.sh.T("desk.look_at", map[string]any{"Name": c.Name, "Hint": c.Hint})
	}
	f.hint.SetText(words)
	f.on.Reveal(f.marks[i])
}

func percent(part, whole float64) string {
	if whole <= 0 {
		return ""
	}
	return judging.Points(judging.Exact(part*100/whole) / 1000 * 1000).String()
}

// newMark returns a field in which a blank zooms, brackets turn pages and a question mark asks for help, since none
// of them can be part of a mark.
func (f *Form) newMark(spec mark.Spec) *mark.Field {
	spec.Step = f.Rubric.Step
	spec.Places = places(f.Rubric.Step)
	m := mark.New(f.sh, spec)
	m.OnUndo, m.OnRedo = f.on.Undo, f.on.Redo
	m.Hold = func(key fyne.KeyName, letter rune) bool { return f.ahead.take(key, letter) || f.deskKey(letter) }
	m.OnChange = func(float64, bool) {
		f.on.Reveal(m)
		f.on.Marked()
	}
	e := m.Entry()
	take := e.OnChanged
	e.OnChanged = func(text string) {
		if clean := strings.Map(onlyMark, text); clean != text {
			e.SetText(clean) // pasted
			return
		}
		take(text)
	}
	return m
}

// deskKey does what a letter means that is a key of the desk and never part of a mark. It reports whether it is one.
func (f *Form) deskKey(letter rune) bool {
	switch letter {
	case ' ', '\u3000':
		f.on.Zoom()
	case '?', '？':
		f.on.Help()
	case '[', '【':
		f.on.Turn(-1)
	case ']', '】':
		f.on.Turn(1)
	default:
		return false
	}
	return true
}

// onlyMark drops the letters that are keys of the desk and never part of a mark.
func onlyMark(r rune) rune {
	if strings.ContainsRune(" \u3000?？[]【】", r) {
		return -1
	}
	return r
}

// places is the number of decimal places that marks in steps of step have.
func places(step float64) int {
	_, after, _ := strings.Cut(judging.Exact(step).String(), ".")
	return len(after)
}

// enter continues from mark i, unless it is wrong.
func (f *Form) enter(i int) {
	if f.rejoin(i) {
		f.focus(f.marks[i-1])
		return
	}
	if f.marks[i].Wrong() != "" {
		return
	}
	if i+1 < len(f.marks) {
		f.focus(f.marks[i+1])
		return
	}
	f.on.Last()
}

// typeNext begins the mark after i with a digit that mark i has no room for. A mark that is there already is not
// written over. The digit is taken for the next mark only when that becomes whole too: see rejoin.
func (f *Form) typeNext(i int, digit rune) bool {
	if i+1 >= len(f.marks) || f.marks[i+1].Entry().Text != "" {
		return false
	}
	f.focus(f.marks[i+1])
	f.begun = i + 1
	f.marks[i+1].Entry().TypedRune(digit)
	return true
}

// open reports whether mark i was begun by a digit too many and is not whole: whether the digit was meant for it
// is not known yet, and it does not count.
func (f *Form) open(i int) bool { return f.begun == i && i > 0 && !f.marks[i].Whole() }

// rejoin gives a digit back to the mark it was typed in when the judge leaves the next one without finishing it:
// 285 in a mark to 30 is a slip and not 28 and 5. It reports whether it did.
func (f *Form) rejoin(i int) bool {
	if !f.open(i) {
		return false
	}
	f.begun = -1
	more := f.marks[i].Entry().Text
	f.marks[i].Clear()
	before := f.marks[i-1].Entry()
	before.SetText(before.Text + more)
	return more != ""
}

// FocusEmpty puts the cursor in the first mark that is missing or wrong. It reports whether there is one.
func (f *Form) FocusEmpty() bool {
	if f.byTotal() || f.Voting != nil && !f.Voting.Typed() {
		return false
	}
	for _, m := range f.marks {
		if _, ok := m.Value(); !ok {
			f.focus(m)
			return true
		}
	}
	return false
}

// focus puts the cursor in m and marks its text, so that typing replaces it. The shell finds a field even when it
// was not drawn yet.
func (f *Form) focus(m *mark.Field) {
	f.at = m
	f.on.Reveal(m)
	f.sh.Focus(m.Entry())
	m.Entry().TypedShortcut(&fyne.ShortcutSelectAll{})
}

// Refocus puts the cursor back where it was put last.
func (f *Form) Refocus() {
	if f.at != nil {
		f.focus(f.at)
	}
}

// FocusField puts the cursor in field i: a mark, or the total.
func (f *Form) FocusField(i int) { f.focus(f.fields()[i]) }
