package button_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/button"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
)

func TestMenuButtonOpensItsMenu(t *testing.T) {
	sh := kittest.New(t)
	n := 0
	root := sh.Put(lay.Row(0, button.NewMenu("更多", fyne.NewMenuItem("作废", func() { n++ }))))
	kittest.Tap(t, root, "更多 ▾")
	if top := kittest.Top(sh.Win); top == nil || !kittest.Shows(top, "作废") {
		t.Fatal("no menu came up")
	}
	kittest.TapText(t, kittest.Top(sh.Win), "作废")
	if n != 1 {
		t.Error("the menu did nothing")
	}
}
