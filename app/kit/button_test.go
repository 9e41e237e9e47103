package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
)

func TestButtonIsPressedByMouseEnterAndSpace(t *testing.T) {
	sh := kittest.New(t)
	n := 0
	b := kit.NewPrimary("导入作品", func() { n++ })
	sh.Put(kit.Row(0, b))
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
	b := kit.NewButton("保存", func() { n++ })
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
	for size, height := range map[kit.TextSize]float32{kit.Normal: 36, kit.Large: 44, kit.Huge: 56} {
		sh.Look(kit.Look{Size: size})
		if m := kit.NewButton("存", nil).MinSize(); m.Width < 88 || m.Height != height {
			t.Errorf("%s: %v", size, m)
		}
		if m := kit.NewIconButton(theme.CancelIcon(), nil).MinSize(); m.Width < 28 || m.Height != height {
			t.Errorf("%s icon: %v", size, m)
		}
	}
}

func TestUnusedKeysGoOnToTheWindow(t *testing.T) {
	sh := kittest.New(t)
	var got []fyne.KeyName
	sh.Win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = append(got, k.Name) })
	b, e := kit.NewButton("存", nil), kit.NewEntry()
	p := kit.NewPress(kit.NewText("按", kit.Body, kit.Plain), nil)
	sh.Put(kit.Stack(0, b, e, p))
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
	p := kit.NewPress(kit.NewText("评审", kit.Body, kit.Plain), func() { n++ })
	sh.Put(kit.Row(0, p))
	kittest.Tap(t, sh.Win.Content(), "评审")
	sh.Focus(p)
	kittest.Press(sh.Win, fyne.KeyEnter)
	if n != 2 {
		t.Errorf("pressed %d times", n)
	}
}
