package app

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestMenusThatReadAlikeAreTheSameDownToTheirBranches(t *testing.T) {
	menu := func(change func(branch, leaf *fyne.MenuItem)) *fyne.Menu {
		branch, leaf := fyne.NewMenuItem("自动隐藏", nil), fyne.NewMenuItem("10 分钟", nil)
		change(branch, leaf)
		branch.ChildMenu = fyne.NewMenu("", leaf)
		return fyne.NewMenu("征集", branch)
	}
	plain := menu(func(_, _ *fyne.MenuItem) {})
	if !sameMenu(plain, menu(func(_, _ *fyne.MenuItem) {})) {
		t.Error("two alike are held apart")
	}
	for what, other := range map[string]*fyne.Menu{
		"a name":         menu(func(branch, _ *fyne.MenuItem) { branch.Label = "隐藏" }),
		"a tick in it":   menu(func(_, leaf *fyne.MenuItem) { leaf.Checked = true }),
		"something shut": menu(func(branch, _ *fyne.MenuItem) { branch.Disabled = true }),
		"one more": {
			Label: "征集",
			Items: append(menu(func(_, _ *fyne.MenuItem) {}).Items, fyne.NewMenuItem("备份", nil)),
		},
		"a branch the less": fyne.NewMenu("征集", fyne.NewMenuItem("自动隐藏", nil)),
	} {
		if sameMenu(plain, other) || sameMenu(other, plain) {
			t.Errorf("%s goes unseen", what)
		}
	}
}
