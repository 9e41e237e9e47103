package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// A window with few rows of text, as one of 720 pixels in the largest type, folds its frame: the menu becomes a button,
// the line at the foot becomes a part of the line above, the rail is as narrow as its words.

// shortBar is the line above in a short window: it also holds what the line at the foot does otherwise.
func (f *frame) shortBar() fyne.CanvasObject {
	a := f.app
	left, right := lay.Row(lay.Gap8, f.seal(), lay.Blank(0, look.RowHeight())), lay.Row(lay.Gap8, f.task)
	if a.framed.handedOver {
		right.Add(f.tools())
	} else {
		left.Add(f.menuButton())
		if a.searchable() {
			search := button.NewPlain(a.T("shell.search", nil), a.search)
			search.Icon = theme.SearchIcon()
			right.Add(search)
		}
		right.Add(f.sizes())
		if a.framed.bare { // there is room, and no rail
			right.Add(button.NewPlain(a.T("shell.other_language", nil), a.otherLang))
			right.Add(button.NewPlain(a.T("shell.help", nil), a.help))
		}
	}
	room := lay.Pad(0, lay.Gap8, lay.Hang(f.subject, f.notice.Box))
	line := lay.Pad(2, lay.Gap8, container.NewBorder(nil, nil, left, right, room))
	// the line first: a notice of several lines hangs over it
	edge := container.NewBorder(nil, lay.Line(), nil, nil)
	return container.NewStack(canvas.NewRectangle(theme.Color(look.ColorSurface)), edge, line)
}

// menuButton opens the menu that a higher window has above its content.
func (f *frame) menuButton() fyne.CanvasObject {
	b := button.New(f.app.T("shell.menu", nil)+" ▾", nil)
	b.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, m := range f.app.menu().Items {
			item := fyne.NewMenuItem(m.Label, nil)
			item.ChildMenu = m
			items = append(items, item)
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		button.ShowMenu(b, at.AddXY(0, b.Size().Height), items...)
	}
	return b
}

// handMenuKeys lets the menu's keys work where it is folded: there the toolkit does not know them.
func (a *App) handMenuKeys() {
	for _, m := range a.menu().Items {
		for _, item := range m.Items {
			if key, ok := item.Shortcut.(*desktop.CustomShortcut); ok {
				a.win.Canvas().AddShortcut(key, a.menuKey)
			}
		}
	}
}

// menuKey does what the menu's item with the key does. To whom the computer was handed over has no menu.
func (a *App) menuKey(key fyne.Shortcut) {
	if a.handedOver() {
		return
	}
	for _, m := range a.menu().Items {
		for _, item := range m.Items {
			if item.Shortcut != nil && item.Shortcut.ShortcutName() == key.ShortcutName() && !item.Disabled {
				item.Action()
				return
			}
		}
	}
}

// sized folds or unfolds the frame when the window has become lower or higher.
func (a *App) sized(size fyne.Size) {
	if a.folding || a.look.Fits(size.Height) == a.look {
		return
	}
	a.folding = true
	a.cfg.Runner.Draw(func() { // the toolkit is in the middle of laying out what would be replaced
		a.folding = false
		if fit := a.look.Fits(a.Size().Height); fit != a.look {
			a.look = fit
			a.fyne.Settings().SetTheme(look.NewTheme(fit))
		}
	})
}
