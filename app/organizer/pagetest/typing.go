package pagetest

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
)

// Open shows a page in a window of its own, in Chinese, and returns it with what of it is on the screen.
func Open[P kit.Page](t *testing.T, make func(sh kit.Shell) P) (*kittest.Shell, P, fyne.CanvasObject) {
	t.Helper()
	sh := kittest.New(t)
	p := make(sh)
	return sh, p, sh.Open(p)
}

// Press presses keys one after the other, where the keyboard is.
func Press(sh *kittest.Shell, names ...fyne.KeyName) {
	for _, k := range names {
		kittest.Press(sh.Win, k)
	}
}

// Overwrite replaces what stands in the field that has the keyboard.
func Overwrite(t *testing.T, sh *kittest.Shell, text string) {
	t.Helper()
	f := sh.Win.Canvas().Focused()
	e, ok := f.(fyne.Shortcutable)
	if !ok {
		t.Fatalf("the keyboard is on %T", f)
	}
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	for _, r := range text {
		f.TypedRune(r)
	}
}

// Fill writes into the first input of a question.
func Fill(t *testing.T, q kit.Question, text string) {
	t.Helper()
	entries := kittest.All[*field.Entry](q.Content)
	if len(entries) == 0 {
		t.Fatalf("no input in %q", q.Title)
	}
	entries[0].SetText(text)
}
