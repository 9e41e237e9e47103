package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is Fyne's one-line field, which passes the keys it does not use, and Escape, on to the window.
type Entry struct {
	widget.Entry

	onKey      func(*fyne.KeyEvent) bool // asked first; true takes the key
	onRune     func(rune) bool           // likewise for letters and digits
	onShortcut func(fyne.Shortcut) bool  // likewise for copying, undoing and their like
}

// NewEntry returns an empty one-line field.
func NewEntry() *Entry {
	e := &Entry{}
	e.Scroll = fyne.ScrollHorizontalOnly
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey types, or passes on what is not typing.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if e.onKey != nil && e.onKey(key) {
		return
	}
	switch key.Name {
	case fyne.KeyEscape,
		fyne.KeyF1,
		fyne.KeyF2,
		fyne.KeyF3,
		fyne.KeyF4,
		fyne.KeyF5,
		fyne.KeyF6,
		fyne.KeyF7,
		fyne.KeyF8,
		fyne.KeyF9,
		fyne.KeyF10,
		fyne.KeyF11,
		fyne.KeyF12:
		passKey(e, key)
	default:
		e.Entry.TypedKey(key)
	}
}

// TypedRune types, unless somebody else takes the letter.
func (e *Entry) TypedRune(r rune) {
	if e.onRune == nil || !e.onRune(r) {
		e.Entry.TypedRune(r)
	}
}

// TypedShortcut does what a shortcut asks, unless somebody else does.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if e.onShortcut == nil || !e.onShortcut(s) {
		e.Entry.TypedShortcut(s)
	}
}

// setQuietly sets the text without calling OnChanged.
func (e *Entry) setQuietly(text string) {
	told := e.OnChanged
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = told
}

// SearchEntry is a search field: it calls changed at each key, a cross or Escape empties it.
type SearchEntry struct {
	Entry
}

// NewSearchEntry returns an empty search field.
func NewSearchEntry(t Texter, changed func(string)) *SearchEntry {
	s := &SearchEntry{}
	s.Scroll = fyne.ScrollHorizontalOnly
	s.ExtendBaseWidget(s)
	s.PlaceHolder = t.T("kit.search", nil)
	s.Icon = theme.SearchIcon()
	clear := NewIconButton(theme.CancelIcon(), func() { s.SetText("") })
	clear.Hide()
	s.ActionItem = clear
	s.OnChanged = func(text string) {
		clear.Hidden = text == ""
		clear.Refresh()
		changed(text)
	}
	s.onKey = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyEscape && s.Text != "" {
			s.SetText("")
			return true
		}
		return false
	}
	return s
}
