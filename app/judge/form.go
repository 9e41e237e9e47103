package judge

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fayi/app/kit"
	"fayi/judging"
)

// form is the rubric to be filled in: a mark for each criterion, or a total where that is allowed, how sure one is,
// and a comment.
type form struct {
	formSpec

	sh kit.Shell
	on formEvents

	content fyne.CanvasObject
	marks   []*kit.MarkField
	total   *kit.MarkField // nil unless a total may be typed
	sum     *canvas.Text
	sure    *kit.Segments
	comment *comment
	note    *kit.Field // around the comment

	at    *kit.MarkField // where the cursor was put last
	ahead ahead
}

// formSpec is what a form asks for.
type formSpec struct {
	rubric    judging.Rubric
	totalOnly bool
	askSure   bool     // how sure one is
	phrases   []string // to choose from for the comment
}

// formEvents says what is done in a form.
type formEvents struct {
	marked  func() // a mark or the total changed
	said    func() // how sure one is or the comment changed
	left    func() // the comment was left
	last    func() // Enter in the last mark
	zoom    func()
	help    func()
	turn    func(by int) // to another page or file
	undo    func()
	outside func()                  // Escape in the comment
	reveal  func(fyne.CanvasObject) // bring a field into sight
}

func newForm(sh kit.Shell, spec formSpec, on formEvents) *form {
	f := &form{sh: sh, formSpec: spec, on: on, sum: kit.NewText("", kit.Section, kit.Plain), comment: newComment()}
	stack := kit.Stack(kit.Gap8)
	for i, c := range f.rubric.Criteria {
		f.addMark(stack, i, c)
	}
	if f.totalOnly {
		f.total = f.newMark(kit.MarkSpec{Label: sh.T("desk.total", nil), Max: f.rubric.Scale, Band: f.rubric.Label})
		f.total.OnEnter = on.last
		stack.Add(f.total)
	}
	f.sure = kit.NewSegments([]kit.Option{{
		Key:   "3",
		Title: sh.T("desk.sure_3", nil),
	}, {
		Key:   "2",
		Title: sh.T("desk.sure_2", nil),
	}, {
		Key:   "1",
		Title: sh.T("desk.sure_1", nil),
	}},
		"", func(string) { on.said() })
	f.comment.OnChanged = func(string) { f.note.Changed(); on.said() }
	f.comment.left, f.comment.escape = on.left, on.outside
	f.note = kit.NewField(sh.T("desk.comment", nil), "", f.comment)
	f.note.Check = f.tooLong
	sure := kit.Row(kit.Gap8, kit.NewText(sh.T("desk.sure", nil), kit.Body, kit.Plain), f.sure)
	sure.Hidden = !f.askSure
	stack.Add(kit.Flow(kit.Gap8, sure, f.phraseButton()))
	stack.Add(f.note)
	f.content = stack
	return f
}

// labelChars is how long a criterion's name may be to stand in its field's own line.
const labelChars = 7

// addMark adds the field of criterion i: a name too long for the field's line stands above it.
func (f *form) addMark(stack *fyne.Container, i int, c judging.Criterion) {
	spec := kit.MarkSpec{
		Label: c.Name,
		Hint:  c.Hint,
		Note:  f.sh.T("desk.weight", map[string]any{"Percent": percent(c.Weight, f.rubric.Scale)}),
		Max:   c.Weight,
		Band:  func(v float64) string { return f.rubric.CriterionLabel(i, v) },
	}
	group := kit.Stack(0)
	if utf8.RuneCountInString(c.Name) > labelChars {
		group.Add(kit.NewPara(c.Name, kit.Body, kit.Plain, 40).Fluid())
		spec.Label = ""
	}
	m := f.newMark(spec)
	m.OnEnter = func() { f.enter(i) }
	m.OnMore = func(digit rune) bool { return f.typeNext(i, digit) }
	f.marks = append(f.marks, m)
	group.Add(m)
	stack.Add(group)
}

func percent(part, whole float64) string {
	if whole <= 0 {
		return ""
	}
	return judging.Points(judging.Exact(part*100/whole) / 1000 * 1000).String()
}

// newMark returns a field in which a blank zooms, brackets turn pages and a question mark asks for help, since none
// of them can be part of a mark.
func (f *form) newMark(spec kit.MarkSpec) *kit.MarkField {
	spec.Step = f.rubric.Step
	spec.Places = places(f.rubric.Step)
	m := kit.NewMarkField(f.sh, spec)
	m.OnUndo, m.Hold = f.on.undo, f.ahead.take
	m.OnChange = func(float64, bool) {
		f.on.reveal(m)
		f.on.marked()
	}
	e := m.Entry()
	take := e.OnChanged
	e.OnChanged = func(text string) {
		clean := strings.Map(onlyMark, text)
		if clean == text {
			take(text)
			return
		}
		e.SetText(clean)
		switch {
		case strings.ContainsAny(text, "?？"):
			f.on.help()
		case strings.ContainsAny(text, "[【"):
			f.on.turn(-1)
		case strings.ContainsAny(text, "]】"):
			f.on.turn(1)
		default:
			f.on.zoom()
		}
	}
	return m
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
func (f *form) enter(i int) {
	if f.marks[i].Wrong() != "" {
		return
	}
	if i+1 < len(f.marks) {
		f.focus(f.marks[i+1])
		return
	}
	f.on.last()
}

// typeNext begins the mark after i with a digit that mark i has no room for. A mark that is there already is not
// written over.
func (f *form) typeNext(i int, digit rune) bool {
	if i+1 >= len(f.marks) || f.marks[i+1].Entry().Text != "" {
		return false
	}
	f.focus(f.marks[i+1])
	f.marks[i+1].Entry().TypedRune(digit)
	return true
}

// focusEmpty puts the cursor in the first mark that is missing or wrong. It reports whether there is one.
func (f *form) focusEmpty() bool {
	if f.byTotal() {
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
func (f *form) focus(m *kit.MarkField) {
	f.at = m
	f.on.reveal(m)
	f.sh.Focus(m.Entry())
	m.Entry().TypedShortcut(&fyne.ShortcutSelectAll{})
}

// byTotal reports whether a total was typed instead of marks.
func (f *form) byTotal() bool {
	if f.total == nil || f.marked() {
		return false
	}
	v, ok := f.total.Value()
	return ok && v > 0
}

// marked reports whether there is anything in a mark's field.
func (f *form) marked() bool {
	for _, m := range f.marks {
		if m.Entry().Text != "" {
			return true
		}
	}
	return false
}

// fill shows a ballot.
func (f *form) fill(b judging.Ballot) {
	for i, m := range f.marks {
		m.Clear()
		if v, ok := b.Marks[f.rubric.Criteria[i].Name]; ok {
			m.SetValue(v)
		}
	}
	if f.total != nil {
		f.total.Clear()
		if len(b.Marks) == 0 && b.Total != 0 {
			f.total.SetValue(b.Total)
		}
	}
	f.chooseSure(b.Confidence)
	f.comment.write(b.Comment)
	f.tellSum()
}

func (f *form) chooseSure(confidence int) {
	key := ""
	if confidence > 0 {
		key = strconv.Itoa(confidence)
	}
	f.sure.Choose(key)
}

// read returns b with what the fields say; fields that are wrong say nothing.
func (f *form) read(b judging.Ballot) judging.Ballot {
	b.Marks, b.Total = nil, 0
	for i, m := range f.marks {
		if v, ok := m.Value(); ok {
			if b.Marks == nil {
				b.Marks = map[string]float64{}
			}
			b.Marks[f.rubric.Criteria[i].Name] = v
		}
	}
	if f.byTotal() {
		b.Total, _ = f.total.Value()
	}
	b.Confidence, _ = strconv.Atoi(f.sure.Chosen()) // 0 for none
	b.Comment = f.comment.Text
	return b
}

// fault returns what is wrong in words and a way to put the cursor there; "" if nothing is.
func (f *form) fault() (string, func()) {
	for _, m := range f.fields() {
		if w := m.Wrong(); w != "" {
			return w, func() { f.focus(m) }
		}
	}
	if w := f.offStep(); w != "" {
		return w, func() {}
	}
	if w := f.tooLong(); w != "" {
		return w, f.note.Focus
	}
	return "", nil
}

// offStep returns what is wrong with a mark between two steps, which its field does not know.
func (f *form) offStep() string {
	for i, m := range f.marks {
		c := f.rubric.Criteria[i]
		if v, ok := m.Value(); ok {
			if err := f.rubric.CheckMark(c.Name, v, c.Weight); err != nil {
				return f.sh.Err(err)
			}
		}
	}
	if f.byTotal() {
		v, _ := f.total.Value()
		return f.sh.Err(f.rubric.CheckMark(f.sh.T("desk.total", nil), v, f.rubric.Scale))
	}
	return ""
}

func (f *form) tooLong() string {
	if n := utf8.RuneCountInString(f.comment.Text); n > commentLimit {
		return f.sh.T("kit.too_long", map[string]any{"Limit": commentLimit, "Length": n})
	}
	return ""
}

// whole returns the total of what is typed; ok is false while a mark is missing or wrong.
func (f *form) whole() (total float64, ok bool) {
	b, err := f.read(judging.Ballot{}).Complete(f.rubric, f.totalOnly)
	return b.Total, err == nil && b.State == judging.Scored
}

// tellSum shows the total of the marks typed, and how many are missing.
func (f *form) tellSum() {
	b, err := f.read(judging.Ballot{}).Complete(f.rubric, f.totalOnly)
	args := map[string]any{"Total": judging.Exact(b.Total).String(), "Scale": judging.Exact(f.rubric.Scale).String(),
		"Band": f.rubric.Label(b.Total), "Left": len(f.marks) - len(b.Marks)}
	key := "desk.sum_empty"
	switch {
	case err != nil:
		key = "desk.sum_wrong"
	case b.State == judging.Scored:
		key = "desk.sum"
	case b.State == judging.Started:
		key = "desk.sum_part"
	}
	f.sum.Text = f.sh.T(key, args)
	f.sum.Refresh()
	if f.total == nil {
		return
	}
	f.total.Enable()
	if f.marked() {
		f.total.Disable()
		f.total.Clear()
	}
}

// disable disables all fields, enable undoes it.
func (f *form) disable() {
	for _, m := range f.marks {
		m.Disable()
	}
	if f.total != nil {
		f.total.Disable()
	}
	f.comment.Disable()
}

func (f *form) enable() {
	for _, m := range f.marks {
		m.Enable()
	}
	f.comment.Enable()
	f.tellSum()
}

// texts returns what stands in the marks and the total, wrong or right; writeTexts puts it back.
func (f *form) texts() []string {
	var out []string
	for _, m := range f.fields() {
		out = append(out, m.Entry().Text)
	}
	return out
}

func (f *form) writeTexts(texts []string) {
	for i, m := range f.fields() {
		if i < len(texts) {
			m.Entry().SetText(texts[i])
		}
	}
}

func (f *form) fields() []*kit.MarkField {
	if f.total == nil {
		return f.marks
	}
	return append(f.marks[:len(f.marks):len(f.marks)], f.total)
}
