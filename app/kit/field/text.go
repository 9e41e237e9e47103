package field

import (
	"strings"
	"unicode/utf8"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/keys"
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

// Text is a form line for words.
type Text struct {
	Field

	OnChange func(text string)

	entry *Entry
}

// NewText returns an empty text field.
func NewText(t kit.Texter, label, help string, rule TextRule) *Text {
	f := &Text{entry: NewEntry()}
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

// NewPassword returns an empty field for a password, which is not shown.
func NewPassword(t kit.Texter, label, help string) *Text {
	return NewText(t, label, help, TextRule{Required: true, Limit: passwordLimit, Secret: true})
}

// NewCode returns an empty field for what stands in for a password and lies on paper next to the keyboard: it is shown.
func NewCode(t kit.Texter, label, help string) *Text {
	return NewText(t, label, help, TextRule{Required: true, Limit: passwordLimit})
}

// passwordLimit is the most characters of a password.
const passwordLimit = 64

func (r TextRule) wrong(t kit.Texter, text string) string {
	n := utf8.RuneCountInString(text)
	switch {
	case r.Required && (n == 0 || !r.Secret && strings.TrimSpace(text) == ""):
		return t.T("kit.empty", nil)
	case r.Limit > 0 && n > r.Limit:
		return t.T("kit.too_long", map[string]any{"Limit": r.Limit, "Length": n})
	case r.Check != nil && n > 0:
		return r.Check(text)
	}
	return ""
}

// Text returns what is written.
func (f *Text) Text() string { return f.entry.Text }

// SetText writes without calling OnChange and without scolding.
func (f *Text) SetText(text string) {
	f.entry.SetQuietly(text)
	f.Tell("")
}

// Entry is the input itself, to type in in tests.
func (f *Text) Entry() *Entry { return f.entry }

// Choice is a form line for one of several things.
type Choice struct {
	Field

	OnChange func(key string)

	options []choice.Option
	choose  *choice.Select
}

// NewChoice returns a field with nothing chosen; hint is shown in its place.
func NewChoice(t kit.Texter, label, help, hint string, options []choice.Option) *Choice {
	f := &Choice{options: options}
	var titles []string
	for _, o := range options {
		titles = append(titles, o.Title)
	}
	f.choose = choice.NewSelect(titles, func(string) {
		f.Changed()
		if f.OnChange != nil {
			f.OnChange(f.Key())
		}
	})
	f.choose.PlaceHolder = hint
	f.init(f, label, help, choice.Outlined(f.choose))
	f.Check = func() string {
		if f.Key() == "" {
			return t.T("kit.choose_one", nil)
		}
		return ""
	}
	return f
}

// Focus puts the cursor in the input.
func (f *Choice) Focus() { keys.Focus(f.choose) }

// Key returns what is chosen, "" for nothing.
func (f *Choice) Key() string {
	if i := f.choose.SelectedIndex(); i >= 0 {
		return f.options[i].Key
	}
	return ""
}

// SetKey chooses without calling OnChange.
func (f *Choice) SetKey(key string) {
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
func (f *Choice) Select() *choice.Select { return f.choose }
