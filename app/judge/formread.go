package judge

import (
	"strconv"
	"unicode/utf8"

	"fayi/app/kit"
	"fayi/judging"
)

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
	f.begun = -1
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
		if v, ok := m.Value(); ok && !f.open(i) {
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
	if f.tooLong() == "" {
		b.Comment = f.comment.Text
	}
	return b
}

// fault returns what is wrong in words and a way to put the cursor there; "" if nothing is.
func (f *form) fault() (string, func()) {
	for _, m := range f.fields() {
		if w := m.Wrong(); w != "" {
			return w, func() { f.focus(m) }
		}
	}
	if w := f.tooLong(); w != "" {
		return w, f.note.Focus
	}
	return "", nil
}

// faults says of each field that is wrong what stands in it, as “主题内容：ab”.
func (f *form) faults() []string {
	var out []string
	name := func(i int) string {
		if i < len(f.rubric.Criteria) {
			return f.rubric.Criteria[i].Name
		}
		return f.sh.T("desk.total", nil)
	}
	for i, m := range f.fields() {
		if m.Wrong() != "" {
			out = append(out, f.sh.T("desk.field_text", map[string]any{"Name": name(i), "Text": short(m.Entry().Text)}))
		}
	}
	if w := f.tooLong(); w != "" {
		out = append(out, f.sh.T("desk.comment_long", nil))
	}
	return out
}

// short cuts a text that a message quotes.
func short(text string) string {
	const most = 12
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
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
	if f.total.Hidden != f.marked() {
		f.total.Hidden = f.marked()
		f.content.Refresh()
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

// settle decides what a digit too many belongs to, before the marks are used.
func (f *form) settle() {
	if f.begun > 0 {
		f.rejoin(f.begun)
	}
}
