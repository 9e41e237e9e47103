// Package kittest lets pages be tested without a window on a screen: a Shell that runs everything inline and
// remembers what it was asked, ways to find and press things by the words they show, and pictures. It is imported
// by tests only.
package kittest

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/assets"
)

// Shell is a kit.Shell without a frame. Tasks run inline; dialogs answer from Path; all notices and questions are
// kept in order.
type Shell struct {
	assets.Text
	Drafts
	Screen

	Win     fyne.Window
	Path    string // what OpenFile, SaveFile and OpenFolder answer; "" turns back
	Told    []kit.Notice
	Asked   []kit.Question
	Errors  []error
	Ran     []string // names of tasks
	Routes  []kit.Route
	Backs   int
	Made    int    // calls of NextInstance
	Loads   int    // calls of Reload
	Printed int    // times the page was to be printed
	Clock   *Clock // by which After waits; nil lets all time pass at once

	texts *assets.Catalogue
}

var _ kit.Shell = (*Shell)(nil)

// New returns a shell in Chinese, light, normal size, with a window of 1280 × 720 that is closed at the end of the
// test.
func New(t testing.TB) *Shell {
	t.Helper()
	fa := test.NewTempApp(t)
	fa.Settings().SetTheme(look.NewTheme(look.Look{Mode: look.Light}))
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := &Shell{Text: texts.In("zh-Hans"), Win: test.NewTempWindow(t, nil), texts: texts}
	s.Win.SetPadded(false)
	s.Win.Resize(fyne.NewSize(1280, 720))
	return s
}

// Speak changes the language of what is built from now on.
func (s *Shell) Speak(lang string) { s.Text = s.texts.In(lang) }

// Look changes size and colours of what is built from now on.
func (s *Shell) Look(chosen look.Look) { fyne.CurrentApp().Settings().SetTheme(look.NewTheme(chosen)) }

// Put shows o in the window and returns it.
func (s *Shell) Put(o fyne.CanvasObject) fyne.CanvasObject {
	size := s.Win.Canvas().Size()
	s.Win.SetContent(o)
	s.Win.Resize(size)
	Settle(o)
	return o
}

// Open shows a page as the real shell does: Content, scrolled where it needs more room than there is, then Load.
func (s *Shell) Open(p kit.Page) fyne.CanvasObject {
	o := s.Put(lay.Scroll(p.Content()))
	p.Load()
	return o
}

// Run runs work and done immediately.
func (s *Shell) Run(name string, work kit.Work, done func(error)) {
	s.Ran = append(s.Ran, name)
	done(work(context.Background(), func(int, int) {}))
}

// Quietly runs work and done immediately.
func (s *Shell) Quietly(work kit.Work, done func(error)) {
	done(work(context.Background(), func(int, int) {}))
}

// After calls f when the clock has been advanced by wait; without a clock immediately.
func (s *Shell) After(wait time.Duration, f func()) kit.Timer {
	if s.Clock == nil {
		f()
		return &call{}
	}
	return s.Clock.after(wait, f)
}

// Navigate keeps r.
func (s *Shell) Navigate(r kit.Route) { s.Routes = append(s.Routes, r) }

// Restart keeps r.
func (s *Shell) Restart(r kit.Route) { s.Routes = append(s.Routes, r) }

// NextInstance counts.
func (s *Shell) NextInstance() int {
	s.Made++
	return s.Made
}

// Back counts.
func (s *Shell) Back() { s.Backs++ }

// Reload counts.
func (s *Shell) Reload() { s.Loads++ }

// Tell keeps n.
func (s *Shell) Tell(n kit.Notice) { s.Told = append(s.Told, n) }

// Ask keeps q; Answer does its act.
func (s *Shell) Ask(q kit.Question) { s.Asked = append(s.Asked, q) }

// Answer does the act of the last question and returns its error, as if its tick was set and its button pressed.
func (s *Shell) Answer(t testing.TB) error {
	t.Helper()
	if len(s.Asked) == 0 {
		t.Fatal("nothing was asked")
	}
	do := s.Asked[len(s.Asked)-1].Do
	if do == nil {
		return nil
	}
	return do()
}

// ShowError keeps err, unless it is nil.
func (s *Shell) ShowError(err error) {
	if err != nil {
		s.Errors = append(s.Errors, err)
	}
}

// OpenFile answers Path.
func (s *Shell) OpenFile(_ []string, then func(string)) { s.answer(then) }

// SaveFile answers Path.
func (s *Shell) SaveFile(_ string, then func(string)) { s.answer(then) }

// OpenFolder answers Path.
func (s *Shell) OpenFolder(then func(string)) { s.answer(then) }

// SaveIn implements kit.Shell.
func (s *Shell) SaveIn(then func(string)) { s.answer(then) }

// PrintPage implements kit.Shell.
func (s *Shell) PrintPage() { s.Printed++ }

func (s *Shell) answer(then func(string)) {
	if s.Path != "" {
		then(s.Path)
	}
}

// Size is that of the window.
func (s *Shell) Size() fyne.Size { return s.Win.Canvas().Size() }

// Focus puts the cursor in o.
func (s *Shell) Focus(o fyne.Focusable) { s.Win.Canvas().Focus(o) }

// Lang is the language shown.
func (s *Shell) Lang() string { return s.Text.Lang }
