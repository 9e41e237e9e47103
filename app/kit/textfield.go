package kit

import (
	"unicode/utf8"
)

// TextRule bounds what a text field takes.
type TextRule struct {
	Required bool
	Limit    int  // most characters; 0 means none. Long fields should have one: a field gets slow above 2,000.
	Lines    int  // lines to show; 0 and 1 make a one-line field
	Secret   bool // dots for letters: passwords
	// Check returns what is wrong with a text that keeps the other rules, or "".
	Check func(text string) string
}

// TextField is a form line for words.
type TextField struct {
	Field

	OnChange func(text string)

	entry *Entry
}

// NewTextField returns an empty text field.
func NewTextField(t Texter, label, help string, rule TextRule) *TextField {
	f := &TextField{entry: NewEntry()}
	if rule.Lines > 1 {
		f.entry.Lines(rule.Lines)
	}
	f.entry.Password = rule.Secret
	f.init(f, required(t, label, rule.Required), help, f.entry)
	f.Check = func() string { return rule.wrong(t, f.entry.Text) }
	f.entry.OnChanged = func(text string) {
		f.Changed()
		if f.OnChange != nil {
			f.OnChange(text)
		}
	}
	return f
}

func (r TextRule) wrong(t Texter, text string) string {
	n := utf8.RuneCountInString(text)
	switch {
	case r.Required && n == 0:
		return t.T("kit.empty", nil)
	case r.Limit > 0 && n > r.Limit:
		return t.T("kit.too_long", map[string]any{"Limit": r.Limit, "Length": n})
	case r.Check != nil && n > 0:
		return r.Check(text)
	}
	return ""
}

// Text returns what is written.
func (f *TextField) Text() string { return f.entry.Text }

// SetText writes without calling OnChange and without scolding.
func (f *TextField) SetText(text string) {
	f.entry.setQuietly(text)
	f.Tell("")
}

// Entry is the input itself, to type in in tests.
func (f *TextField) Entry() *Entry { return f.entry }

// ChoiceField is a form line for one of several things.
type ChoiceField struct {
	Field

	OnChange func(key string)

	options []Option
	choose  *Select
}

// NewChoiceField returns a field with nothing chosen; hint is shown in its place.
func NewChoiceField(t Texter, label, help, hint string, options []Option) *ChoiceField {
	f := &ChoiceField{options: options}
	var titles []string
	for _, o := range options {
		titles = append(titles, o.Title)
	}
	f.choose = NewSelect(titles, func(string) {
		f.Changed()
		if f.OnChange != nil {
			f.OnChange(f.Key())
		}
	})
	f.choose.PlaceHolder = hint
	f.init(f, label, help, outlined(f.choose))
	f.Check = func() string {
		if f.Key() == "" {
			return t.T("kit.choose_one", nil)
		}
		return ""
	}
	return f
}

// Focus puts the cursor in the input.
func (f *ChoiceField) Focus() { focus(f.choose) }

// Key returns what is chosen, "" for nothing.
func (f *ChoiceField) Key() string {
	if i := f.choose.SelectedIndex(); i >= 0 {
		return f.options[i].Key
	}
	return ""
}

// SetKey chooses without calling OnChange.
func (f *ChoiceField) SetKey(key string) {
	told := f.choose.OnChanged
	f.choose.OnChanged = nil
	f.choose.ClearSelected()
	for i, o := range f.options {
		if o.Key == key {
			f.choose.SetSelectedIndex(i)
		}
	}
	f.choose.OnChanged = told
	f.Tell("")
}

// Select is the input itself, to choose in in tests.
func (f *ChoiceField) Select() *Select { return f.choose }
