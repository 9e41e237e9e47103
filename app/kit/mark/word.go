package mark

import (
	"strings"

	"fayi/app/kit/script"
)

// worded reports whether the word stands in the place of a mark.
func (m *Field) worded() bool {
	return m.word != nil && script.Fold(strings.TrimSpace(m.entry.Text)) == script.Fold(m.spec.Word.Label)
}

// turnWord says the word, or takes it back.
func (m *Field) turnWord() {
	text := m.spec.Word.Label
	if m.worded() {
		text = ""
	}
	m.write(text)
}

func (m *Field) write(text string) {
	if m.off {
		return
	}
	m.entry.SetQuietly(text)
	m.changed()
}

// takeWord says the word by a letter that is no part of a mark: N or a slash. Over the word, digits begin a mark, and
// the rest of n/a says nothing more. It reports whether the letter is used up.
func (m *Field) takeWord(r rune) bool {
	said := m.worded()
	switch {
	case m.word == nil:
		return false
	case strings.ContainsRune("nN/／", r):
		m.write(m.spec.Word.Label)
		return true
	case said && strings.ContainsRune("aA", r):
		return true
	case said:
		m.entry.SetQuietly("")
	}
	return false
}
