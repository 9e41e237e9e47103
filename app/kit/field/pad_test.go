package field_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
)

func TestThePadTakesDigitsFromPointerAndKeyboardAndShowsNone(t *testing.T) {
	sh := kittest.New(t)
	var got []string
	p := field.NewPad(sh, "进入")
	p.OnEnter = func(digits string) { got = append(got, digits) }
	root := sh.Put(p)
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			if !p.TypedKey(&fyne.KeyEvent{Name: n}) {
				t.Errorf("%s was not taken", n)
			}
		}
	}
	press(fyne.KeyReturn) // nothing typed: nothing entered
	kittest.Tap(t, root, "2")
	press(fyne.Key0, fyne.Key4)
	if !kittest.Shows(root, "● ● ●") || kittest.Shows(root, "204") {
		t.Errorf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "退格")
	press(fyne.Key9, fyne.KeyEnter)
	p.Tell("不对")
	if !kittest.Shows(root, "不对") || kittest.Shows(root, "●") {
		t.Errorf("%q", kittest.Texts(root))
	}
	for range 20 {
		press(fyne.Key7)
	}
	kittest.Tap(t, root, "进入")
	press(fyne.KeyDelete, fyne.KeyEnter, fyne.Key1, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyEnter)
	if len(got) != 2 || got[0] != "209" || got[1] != "777777777777" {
		t.Errorf("entered %q", got)
	}
	if p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) || p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyA}) {
		t.Error("keys were taken that are none of the pad's")
	}
}
