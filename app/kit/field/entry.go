package field

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Entry is Fyne's one-line field, which passes the keys it does not use, and Escape, on to the window.
type Entry struct {
	widget.Entry

	self fyne.CanvasObject // what the window knows: the widget that this one is a part of

	OnKey      func(*fyne.KeyEvent) bool // asked first; true takes the key
	OnRune     func(rune) bool           // likewise for letters and digits
	OnShortcut func(fyne.Shortcut) bool  // likewise for copying, undoing and their like
	OnFocus    func(here bool)           // the cursor came or went
	mute       bool                      // the next letter belongs to a key that was pressed before
}

// NewEntry returns an empty one-line field.
func NewEntry() *Entry {
	e := &Entry{}
	e.Scroll = fyne.ScrollHorizontalOnly
	e.Extend(e)
	return e
}

// Extend makes self, which holds e, the widget that the window knows.
func (e *Entry) Extend(self fyne.Widget) {
	e.self = self
	e.ExtendBaseWidget(self)
}

// Lines makes the field one of several lines, n of which are seen. Tab leaves it as it leaves any other field, and
// Ctrl+Tab types one.
func (e *Entry) Lines(n int) {
	e.MultiLine, e.Wrapping, e.Scroll = true, fyne.TextWrapBreak, fyne.ScrollVerticalOnly
	e.SetMinRowsVisible(n)
}

// AcceptsTab returns false: Tab moves to the next field.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained brings the field into sight.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
	lay.Reveal(e.self)
}

// FocusLost tells that the cursor went elsewhere.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// CreateRenderer lets the wheel turn the page also where the pointer is over a field that shows all it holds.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return lay.NewWheelRenderer(e.Entry.CreateRenderer(), e.self, func() bool { return !e.MultiLine || e.allSeen() })
}

// allSeen reports whether a field of several lines surely needs no scrolling.
func (e *Entry) allSeen() bool {
	line := look.NewText("字", look.Body, look.Plain).MinSize()
	rows, chars := int(e.Size().Height/line.Height), max(int(e.Size().Width/line.Width)-2, 1)
	for l := range strings.SplitSeq(e.Text, "\n") {
		rows -= 1 + utf8.RuneCountInString(l)/chars
	}
	return rows >= 0
}

// Mute drops the letter of the key that is being handled, which would come to a field that it has opened.
func (e *Entry) Mute() { e.mute = true }

// TypedKey types, or passes on what is not typing.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	e.mute = false
	if e.OnKey != nil && e.OnKey(key) {
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
		keys.Pass(e.self, key)
	default:
		e.Entry.TypedKey(key)
	}
}

// TypedRune types, unless somebody else takes the letter.
func (e *Entry) TypedRune(r rune) {
	if e.mute {
		e.mute = false
		return
	}
	if e.OnRune == nil || !e.OnRune(r) {
		e.Entry.TypedRune(r)
	}
}

// TypedShortcut does what a shortcut asks, unless somebody else does.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	c, ok := s.(*desktop.CustomShortcut)
	if ok && c.KeyName == fyne.KeyTab && c.Modifier == fyne.KeyModifierControl && e.MultiLine {
		e.Entry.TypedRune('\t')
		return
	}
	if e.OnShortcut != nil && e.OnShortcut(s) {
		return
	}
	e.Entry.TypedShortcut(s)
	if c := fyne.CurrentApp().Driver().CanvasForObject(e.self); ok && c != nil {
		if window, can := c.(interface{ TypedShortcut(fyne.Shortcut) }); can {
			window.TypedShortcut(s) // the toolkit does not ask the window while a field has the cursor
		}
	}
}

// SetQuietly sets the text without calling OnChanged.
func (e *Entry) SetQuietly(text string) {
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
func NewSearchEntry(t kit.Texter, changed func(string)) *SearchEntry {
	s := &SearchEntry{}
	s.Scroll = fyne.ScrollHorizontalOnly
	s.Extend(s)
	s.PlaceHolder = t.T("kit.search", nil)
	s.Icon = theme.SearchIcon()
	clear := button.NewIcon(theme.CancelIcon(), func() { s.SetText("") })
	clear.Hide()
	s.ActionItem = clear
	s.OnChanged = func(text string) {
		clear.Hidden = text == ""
		clear.Refresh()
		changed(text)
	}
	s.OnKey = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyEscape && s.Text != "" {
			s.SetText("")
			return true
		}
		return false
	}
	return s
}
