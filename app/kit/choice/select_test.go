package choice_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
)

func TestSpaceOpensASelect(t *testing.T) {
	sh := kittest.New(t)
	s := choice.NewSelect([]string{"书法", "绘画"}, nil)
	sh.Put(lay.Stack(0, s))
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if top := kittest.Top(sh.Win); top == nil || !kittest.Shows(top, "绘画") {
		t.Error("Space opens no menu")
	}
}

func TestASelectOnNoCanvasOpensNothing(t *testing.T) {
	fyne.SetCurrentApp(blindApp{test.NewTempApp(t)})
	s := choice.NewSelect([]string{"书法", "绘画"}, nil)
	if fyne.CurrentApp().Driver().CanvasForObject(s) != nil {
		t.Fatal("the field has a canvas")
	}
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyUp, fyne.KeyDown} {
		s.TypedKey(&fyne.KeyEvent{Name: key})
	}
	test.Tap(s)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if s.Selected != "书法" {
		t.Errorf("Right chose %q", s.Selected)
	}
}

// blindApp knows no canvas, as the toolkit's driver knows none of what was long out of sight.
type blindApp struct{ fyne.App }

func (a blindApp) Driver() fyne.Driver { return blindDriver{a.App.Driver()} }

type blindDriver struct{ fyne.Driver }

func (blindDriver) CanvasForObject(fyne.CanvasObject) fyne.Canvas { return nil }
