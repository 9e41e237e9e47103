package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/docs"
)

// menu returns the main menu. Every shortcut that must work while a field has the cursor stands here: Fyne asks the
// menu first and the window never.
func (a *App) menu() *fyne.MainMenu {
	quit := fyne.NewMenuItem(a.T("shell.quit", nil), a.close)
	quit.IsQuit = true
	quit.Shortcut = ctrl(fyne.KeyQ)
	file := append(a.items(), fyne.NewMenuItemSeparator(), quit)
	menus := []*fyne.Menu{fyne.NewMenu(a.T("shell.menu_file", nil), file...)}
	if a.cfg.Menus != nil {
		menus = append(menus, a.cfg.Menus(a)...)
	}
	return fyne.NewMainMenu(append(menus, a.viewMenu(), a.helpMenu())...)
}

// setMenu shows m, unless it reads as the menu that is there: the toolkit lays out the whole window when it gets one.
func (a *App) setMenu(m *fyne.MainMenu) {
	if old := a.win.MainMenu(); old == nil || !slices.EqualFunc(old.Items, m.Items, sameMenu) {
		a.win.SetMainMenu(m)
	}
}

// hangMenu gives the window its menu; none where it is behind a button of the bar, or where all is the page's.
func (a *App) hangMenu() {
	if a.handedOver() || a.look.Short || a.On() {
		a.win.SetMainMenu(nil)
		return
	}
	a.win.SetMainMenu(a.menu())
}

func sameMenu(a, b *fyne.Menu) bool {
	return a.Label == b.Label && slices.EqualFunc(a.Items, b.Items, func(x, y *fyne.MenuItem) bool {
		children := x.ChildMenu == y.ChildMenu ||
			x.ChildMenu != nil && y.ChildMenu != nil && sameMenu(x.ChildMenu, y.ChildMenu)
		return x.Label == y.Label && x.Checked == y.Checked && x.Disabled == y.Disabled && children
	})
}

func (a *App) viewMenu() *fyne.Menu {
	back := fyne.NewMenuItem(a.T("shell.back", nil), a.Back)
	back.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}
	ahead := fyne.NewMenuItem(a.T("shell.forward", nil), a.Forward)
	ahead.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt}
	find := fyne.NewMenuItem(a.T("shell.find", nil), a.find)
	find.Shortcut = ctrl(fyne.KeyF)
	search := fyne.NewMenuItem(a.T("shell.search_item", nil), a.search)
	search.Shortcut, search.Disabled = ctrl(fyne.KeyK), !a.searchable()
	reload := fyne.NewMenuItem(a.T("shell.reload", nil), a.Reload)
	reload.Shortcut = ctrl(fyne.KeyR)
	items := []*fyne.MenuItem{back, ahead, find, search, reload, fyne.NewMenuItemSeparator()}
	for i, size := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		item := a.choice("shell.size_"+string(size), a.look.Size == size, func() { a.SetTextSize(size) })
		item.Shortcut = ctrl([]fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3}[i])
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItemSeparator())
	for _, mode := range []look.Mode{look.Light, look.Dark, look.System} {
		items = append(items, a.choice("shell.mode_"+string(mode), a.look.Mode == mode, func() { a.SetMode(mode) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(a.T("shell.other_language", nil), a.otherLang))
	return fyne.NewMenu(a.T("shell.menu_view", nil), items...)
}

func (a *App) helpMenu() *fyne.Menu {
	help := fyne.NewMenuItem(a.T("shell.help_item", nil), a.help)
	help.Shortcut = ctrl(fyne.KeyH)
	items := []*fyne.MenuItem{help}
	if a.cfg.Pages[helpKind] != nil {
		releases := kit.Route{Kind: helpKind, ID: docs.ReleasesPage}
		items = append(items, fyne.NewMenuItem(docs.Releases(a.Lang()).Title, func() { a.Navigate(releases) }))
	}
	return fyne.NewMenu(
		a.T("shell.menu_help", nil), append(items, fyne.NewMenuItem(a.T("shell.about", nil), a.about))...,
	)
}

func (a *App) choice(key string, on bool, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(a.T(key, nil), do)
	item.Checked = on
	return item
}

func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

// handKeys lets the keys of size and help work where there is no menu, for judges at a computer handed over.
func (a *App) handKeys() {
	a.handMenuKeys()
	for i, size := range []look.TextSize{look.Normal, look.Large, look.Huge} {
		key := ctrl([]fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3}[i])
		a.win.Canvas().AddShortcut(key, func(fyne.Shortcut) { a.SetTextSize(size) })
	}
	a.win.Canvas().AddShortcut(ctrl(fyne.KeyH), func(fyne.Shortcut) { a.help() })
}

// search goes to the page that searches everything, if there is one.
func (a *App) search() {
	if a.searchable() {
		r, _ := a.cfg.Search()
		a.Navigate(r)
	}
}

func (a *App) searchable() bool {
	if a.cfg.Search == nil || a.cfg.Guard != nil && a.cfg.Guard.On() {
		return false
	}
	_, ok := a.cfg.Search()
	return ok
}

func (a *App) otherLang() {
	if a.Lang() == "en" {
		a.SetLang("zh-Hans")
		return
	}
	a.SetLang("en")
}

// help opens the manual, or the list of keys if there is none.
func (a *App) help() {
	if a.cfg.Help != nil {
		a.cfg.Help(a)
		return
	}
	a.Ask(kit.Question{Title: a.T("shell.keys_title", nil), Text: a.T("shell.keys_text", nil)})
}

func (a *App) about() {
	a.Ask(kit.Question{
		Title: a.T("shell.name", nil),
		Text:  a.T("shell.about_text", map[string]any{"Version": page.Version(a)}),
	})
}
