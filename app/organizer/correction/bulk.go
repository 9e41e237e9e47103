package correction

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/correction"
)

// bulkFields may be set for many works at once.
var bulkFields = []string{"group", "category", "unit", "sender", "teachers"}

// previewAfter is how long a value stands before its preview is made.
const previewAfter = 300 * time.Millisecond

// bulkForm sets one field of many works, and says before what that changes.
type bulkForm struct {
	widget.BaseWidget

	sheet   *Sheet
	works   []judging.Work
	known   map[string][]choice.Option // values that works have already, by field
	field   *field.Choice
	value   *fyne.Container // the input that suits the field
	text    *field.Text
	choice  *field.Choice
	reason  *field.Text
	preview *look.Para
	content fyne.CanvasObject
	timer   kit.Timer
}

// Bulk asks what to set for the works ticked.
func (s *Sheet) Bulk(works, all []judging.Work) {
	if len(works) == 0 {
		return
	}
	f := &bulkForm{sheet: s, works: works, known: map[string][]choice.Option{}, value: lay.Stack(0)}
	for _, name := range bulkFields {
		f.known[name] = optionsOf(all, name)
	}
	f.build()
	s.sh.Ask(kit.Question{
		Title: s.sh.T("mend.bulk_title", judging.Args{"N": len(works)}), Action: s.sh.T("mend.correct", nil),
		Content: f, Do: f.do,
	})
}

// mostKnown is how many known values are offered for a field.
const mostKnown = 300

// optionsOf are the values that a field has in works, each once.
func optionsOf(all []judging.Work, name string) []choice.Option {
	seen := map[string]bool{}
	var names []string
	for _, w := range all {
		if v := w.Field(name); v != "" && !seen[v] {
			seen[v] = true
			names = append(names, v)
		}
	}
	slices.Sort(names)
	var out []choice.Option
	for _, n := range names[:min(len(names), mostKnown)] {
		out = append(out, choice.Option{Key: n, Title: n})
	}
	return out
}

func (f *bulkForm) build() {
	t := f.sheet.sh
	var options []choice.Option
	for _, name := range bulkFields {
		options = append(options, choice.Option{Key: name, Title: fieldName(t, name)})
	}
	f.field = field.NewChoice(t, t.T("mend.bulk_field", nil), "", "", options)
	f.field.OnChange = func(string) { f.suit() }
	f.reason = field.NewText(t, t.T("mend.reason", nil), t.T("mend.reason_help", nil), field.TextRule{Limit: 200})
	f.reason.SetText(f.sheet.reason)
	f.reason.Hide()
	f.preview = look.NewPara("", look.Body, look.Info, 30)
	f.content = lay.Stack(lay.Gap8, f.field, f.value, f.preview, f.reason)
	f.field.SetKey(bulkFields[0])
	f.ExtendBaseWidget(f)
	f.suit()
}

// CreateRenderer implements fyne.Widget.
func (f *bulkForm) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.content) }

// Inside is what the form is made of.
func (f *bulkForm) Inside() fyne.CanvasObject { return f.content }

// suit puts the input for the chosen field into the form.
func (f *bulkForm) suit() {
	t, name := f.sheet.sh, f.field.Key()
	f.value.RemoveAll()
	f.text, f.choice = nil, nil
	if options := f.sheet.choices(name); options != nil {
		f.choice = field.NewChoice(t, t.T("mend.bulk_value", nil), "", t.T("mend.choose", nil), options)
		f.choice.OnChange = func(string) { f.changed() }
		f.value.Add(f.choice)
	} else {
		f.text = field.NewText(t, t.T("mend.bulk_value", nil), "", field.TextRule{Limit: judging.MaxFieldLength})
		f.text.OnChange = func(string) { f.changed() }
		f.value.Add(f.text)
		if known := f.known[name]; len(known) > 0 {
			pick := field.NewChoice(t, t.T("mend.bulk_known", nil), "", t.T("mend.choose", nil), known)
			pick.OnChange = func(key string) { f.text.SetText(key); f.changed() }
			f.value.Add(pick)
		}
	}
	f.preview.SetText(t.T("mend.bulk_hint", judging.Args{"N": len(f.works)}))
	f.Refresh()
}

// ask is the correction as the form stands; ok is false while nothing is chosen.
func (f *bulkForm) ask() (c correction.Correction, ok bool) {
	value := ""
	if f.choice != nil {
		value = f.choice.Key()
		ok = f.choice.Select().SelectedIndex() >= 0
	} else {
		value = f.text.Text()
		ok = judging.Tidy(value) != ""
	}
	c = correction.Correction{Set: map[string]string{f.field.Key(): value}, Reason: f.reason.Text(), Skip: true}
	for _, w := range f.works {
		c.Works = append(c.Works, string(w.ID))
	}
	return c, ok
}

// changed makes the preview once the value stands for a moment.
func (f *bulkForm) changed() {
	if f.timer != nil {
		f.timer.Stop()
	}
	f.timer = f.sheet.sh.After(previewAfter, f.tryOut)
}

// tryOut says what the correction would do.
func (f *bulkForm) tryOut() {
	c, ok := f.ask()
	if !ok {
		return
	}
	c.DryRun = true
	var r correction.Report
	f.sheet.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		r, err = f.sheet.office.CorrectWorks(ctx, c)
		return err
	}, func(err error) {
		if err != nil {
			f.preview.SetText(f.sheet.sh.Err(err))
			return
		}
		f.preview.SetText(f.words(r))
		f.reason.Hidden = !r.NeedsReason
		f.Refresh()
	})
}

// words says what a correction changes, what is so already, and what can't be changed and why.
func (f *bulkForm) words(r correction.Report) string {
	t := f.sheet.sh
	text := t.T("mend.preview", judging.Args{"N": len(r.Works), "Same": len(r.Same)})
	counts := map[string]int{}
	var reasons []string
	for _, w := range r.Refused {
		why := t.T(w.Text, w.Args)
		if counts[why]++; counts[why] == 1 {
			reasons = append(reasons, why)
		}
	}
	for _, why := range reasons[:min(len(reasons), 3)] {
		text += "\n" + t.T("mend.refused", judging.Args{"N": counts[why], "Why": why})
	}
	for _, l := range r.Lists {
		text += "\n" + t.T("mend.list_move", l.Args())
	}
	for _, note := range follows(t, r) {
		text += "\n" + note
	}
	return text
}

// do corrects the works that may be.
func (f *bulkForm) do() error {
	c, ok := f.ask()
	if !ok {
		return judging.Fail(judging.Invalid, "mend.bulk_needs_value", nil)
	}
	r, err := f.sheet.office.CorrectWorks(context.Background(), c)
	if asksWhy(err) {
		f.reason.Show()
		f.Refresh()
	}
	if err != nil {
		return err
	}
	if c.Reason != "" {
		f.sheet.reason = c.Reason
	}
	f.sheet.tell(r)
	return nil
}
