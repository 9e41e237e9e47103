package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"fayi/app/kit/button"
)

// phraseButton offers sentences to put into the comment: the rubric's own, then general ones.
func (f *Form) phraseButton() *button.Button {
	var items []*fyne.MenuItem
	for _, p := range append(slices.Clone(f.Phrases), strings.Split(f.sh.T("desk.phrases", nil), "|")...) {
		items = append(items, fyne.NewMenuItem(p, func() { f.addPhrase(p) }))
	}
	return button.NewMenu(f.sh.T("desk.phrase", nil), items...)
}

// addPhrase puts a sentence behind the comment.
func (f *Form) addPhrase(p string) {
	if f.comment.Disabled() {
		return
	}
	text := strings.TrimRight(f.comment.Text, " \n")
	if text != "" && !strings.ContainsRune("。，；！？,;.!?", lastRune(text)) {
		text += f.sh.T("kit.semicolon", nil)
	}
	f.comment.SetText(text + p)
	f.on.Left()
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
