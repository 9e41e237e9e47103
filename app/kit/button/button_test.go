package button_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

func TestButtonIsPressedByMouseEnterAndSpace(t *testing.T) {
	sh := kittest.New(t)
	n := 0
	b := button.NewPrimary("导入作品", func() { n++ })
	sh.Put(lay.Row(0, b))
	kittest.Tap(t, sh.Win.Content(), "导入作品")
	sh.Focus(b)
	kittest.Press(sh.Win, fyne.KeyReturn)
	kittest.Press(sh.Win, fyne.KeySpace)
	if n != 3 {
		t.Errorf("pressed %d times", n)
	}
}

func TestDisabledButtonIsDeaf(t *testing.T) {
	kittest.New(t)
	n := 0
	b := button.New("保存", func() { n++ })
	b.Disable()
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if n != 0 || !b.Disabled() {
		t.Error("a disabled button was pressed")
	}
	b.Enable()
	test.Tap(b)
	if n != 1 {
		t.Error("an enabled button was not pressed")
	}
}

func TestButtonIsLargeEnoughToHit(t *testing.T) {
	sh := kittest.New(t)
	for size, height := range map[look.TextSize]float32{look.Normal: 36, look.Large: 44, look.Huge: 56} {
		sh.Look(look.Look{Size: size})
		if m := button.New("存", nil).MinSize(); m.Width < 88 || m.Height != height {
			t.Errorf("%s: %v", size, m)
		}
		if m := button.NewIcon(theme.CancelIcon(), nil).MinSize(); m.Width < 28 || m.Height != height {
			t.Errorf("%s icon: %v", size, m)
		}
	}
}

func TestUnusedKeysGoOnToTheWindow(t *testing.T) {
	sh := kittest.New(t)
	var got []fyne.KeyName
	sh.Win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = append(got, k.Name) })
	b, e := button.New("存", nil), field.NewEntry()
	p := button.NewPress(look.NewText("按", look.Body, look.Plain), nil)
	sh.Put(lay.Stack(0, b, e, p))
	for _, w := range []fyne.Focusable{b, e, p} {
		sh.Focus(w)
		kittest.Press(sh.Win, fyne.KeyF1)
	}
	if len(got) != 3 {
		t.Errorf("the window got %v", got)
	}
}

func TestPressAnswersMouseAndKeys(t *testing.T) {
	sh := kittest.New(t)
	n := 0
	p := button.NewPress(look.NewText("评审", look.Body, look.Plain), func() { n++ })
	sh.Put(lay.Row(0, p))
	kittest.Tap(t, sh.Win.Content(), "评审")
	sh.Focus(p)
	kittest.Press(sh.Win, fyne.KeyEnter)
	if n != 2 {
		t.Errorf("pressed %d times", n)
	}
}
