package form

import (
	"strconv"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"fayi/app/kit/mark"
	"fayi/judging"
)

// byTotal reports whether a total was typed instead of marks.
func (f *Form) byTotal() bool {
	if f.total == nil || f.marked() {
		return false
	}
	v, ok := f.total.Value()
	return ok && v > 0
}

// marked reports whether there is anything in a mark's field.
func (f *Form) marked() bool {
	for _, m := range f.marks {
		if m.Entry().Text != "" {
			return true
		}
	}
	return false
}

// Fill shows a ballot.
func (f *Form) Fill(b judging.Ballot) {
	f.begun = -1
	for i, m := range f.marks {
		m.Clear()
		if v, ok := b.Marks[f.Rubric.Criteria[i].Name]; ok {
			m.SetValue(v)
		}
	}
	if f.total != nil {
		f.total.Clear()
		if len(b.Marks) == 0 && b.Total != 0 {
			f.total.SetValue(b.Total)
		}
	}
	f.ChooseSure(b.Confidence)
	f.comment.write(b.Comment)
	f.TellSum()
}

// ChooseSure shows how sure the judge is: 1 to 3, or 0 for nothing said.
func (f *Form) ChooseSure(confidence int) {
	key := ""
	if confidence > 0 {
		key = strconv.Itoa(confidence)
	}
	f.sure.Choose(key)
}

// Read returns b with what the fields say; fields that are wrong say nothing.
func (f *Form) Read(b judging.Ballot) judging.Ballot {
	b.Marks, b.Total = nil, 0
	for i, m := range f.marks {
		if v, ok := m.Value(); ok && !f.open(i) {
			if b.Marks == nil {
				b.Marks = map[string]float64{}
			}
			b.Marks[f.Rubric.Criteria[i].Name] = v
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

// Said returns how sure the judge is and the comment as it stands there, even one that is too long.
func (f *Form) Said() judging.Ballot {
	sure, _ := strconv.Atoi(f.sure.Chosen()) // 0 for none
	return judging.Ballot{Confidence: sure, Comment: f.comment.Text}
}

// Rewrite puts back what was said at another time, with the texts of the fields of then.
func (f *Form) Rewrite(said judging.Ballot, texts []string) {
	f.begun = -1
	f.ChooseSure(said.Confidence)
	f.comment.write(said.Comment)
	f.WriteTexts(texts)
}

// Name is the word at field i: the criterion, or the total.
func (f *Form) Name(i int) string {
	if i < len(f.Rubric.Criteria) {
		return f.Rubric.Criteria[i].Name
	}
	return f.sh.T("desk.total", nil)
}

// Fault returns what is wrong in words and a way to put the cursor there; "" if nothing is.
func (f *Form) Fault() (string, func()) {
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

// Faults says of each field that is wrong what stands in it, as “主题内容：ab”.
func (f *Form) Faults() []string {
	var out []string
	for i, m := range f.fields() {
		if m.Wrong() != "" {
			args := map[string]any{"Name": f.Name(i), "Text": Short(m.Entry().Text)}
			out = append(out, f.sh.T("desk.field_text", args))
		}
	}
	if w := f.tooLong(); w != "" {
		out = append(out, f.sh.T("desk.comment_long", nil))
	}
	return out
}

// Short cuts a text that a message quotes.
func Short(text string) string {
	const most = 12
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

func (f *Form) tooLong() string {
	if n := utf8.RuneCountInString(f.comment.Text); n > commentLimit {
		return f.sh.T("kit.too_long", map[string]any{"Limit": commentLimit, "Length": n})
	}
	return ""
}

// Whole returns the total of what is typed; ok is false while a mark is missing or wrong.
func (f *Form) Whole() (total float64, ok bool) {
	b, err := f.Read(judging.Ballot{}).Complete(f.Rubric, f.TotalOnly)
	return b.Total, err == nil && b.State == judging.Scored
}

// Lacks says in words, and by the name of the term, what keeps the ballot b, with what the fields say, from being
// complete though all marks are there, and puts the cursor where it can be put right; "" if nothing does.
func (f *Form) Lacks(b judging.Ballot) (words, what string) {
	b, err := f.Read(b).Complete(f.Rubric, f.TotalOnly)
	if err != nil || b.State != judging.Started || len(b.Marks) > 0 && len(b.Marks) < len(f.marks) {
		return "", ""
	}
	what = f.Rubric.Lacks(b)
	least, most := f.Rubric.Within(f.Rubric.Scale)
	if what == judging.LacksComment {
		f.note.Focus()
	}
	return f.sh.T("desk.lacks_"+what, map[string]any{
		"Total": judging.Exact(b.Total).String(), "Min": judging.Exact(least).String(),
		"Max": judging.Exact(most).String(),
	}), what
}

// TellSum shows the total of the marks typed, and how many are missing.
func (f *Form) TellSum() {
	if f.words != nil {
		f.tellWords()
		return
	}
	b, err := f.Read(judging.Ballot{}).Complete(f.Rubric, f.TotalOnly)
	args := map[string]any{"Total": judging.Exact(b.Total).String(), "Scale": judging.Exact(f.Rubric.Scale).String(),
		"Band": f.Rubric.Label(b.Total), "Left": len(f.marks) - len(b.Marks)}
	key := "desk.sum_empty"
	switch {
	case err != nil:
		key = "desk.sum_wrong"
	case b.State == judging.Scored:
		key = "desk.sum"
	case b.State == judging.Started:
		if key = "desk.sum_part"; len(b.Marks) == len(f.marks) || len(b.Marks) == 0 {
			key = "desk.sum_lacks_" + f.Rubric.Lacks(b)
		}
	}
	f.Sum.Text = f.sh.T(key, args)
	f.Sum.Refresh()
	if f.total == nil {
		return
	}
	if !f.off {
		f.total.Enable()
	}
	if f.marked() {
		f.total.Disable()
		f.total.Clear()
	}
	sum, asked := f.Foot.Objects[0].(*fyne.Container), !f.marked() && !f.off
	if f.total.Hidden == asked || sum.Hidden != asked {
		f.total.Hidden, sum.Hidden = !asked, asked
		f.Foot.Refresh()
	}
}

// Disable keeps all fields from being changed, Enable undoes it. How sure one is has no such state.
func (f *Form) Disable() {
	f.off = true
	for _, m := range f.marks {
		m.Disable()
	}
	if f.total != nil {
		f.total.Disable()
	}
	f.comment.Disable()
	f.TellSum()
}

// Enable lets the fields be changed, the total only while there are no marks.
func (f *Form) Enable() {
	f.off = false
	for _, m := range f.marks {
		m.Enable()
	}
	f.comment.Enable()
	f.TellSum()
}

// Texts returns what stands in the marks and the total, wrong or right; WriteTexts puts it back.
func (f *Form) Texts() []string {
	var out []string
	for _, m := range f.fields() {
		out = append(out, m.Entry().Text)
	}
	return out
}

// WriteTexts fills the fields with texts that Texts returned.
func (f *Form) WriteTexts(texts []string) {
	for i, m := range f.fields() {
		if i < len(texts) {
			m.Entry().SetText(texts[i])
		}
	}
}

func (f *Form) fields() []*mark.Field {
	if f.total == nil {
		return f.marks
	}
	return append(f.marks[:len(f.marks):len(f.marks)], f.total)
}

// Settle decides what a digit too many belongs to, before the marks are used.
func (f *Form) Settle() {
	if f.begun > 0 {
		f.rejoin(f.begun)
	}
}
