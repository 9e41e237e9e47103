package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/judging"
)

// ShowError shows err in a dialog. A task the user cancelled is mentioned in the notice bar; nil is ignored.
func (a *App) ShowError(err error) {
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled):
		a.Tell(kit.Notice{Tone: kit.Info, Text: a.T("error.cancelled", nil)})
	default:
		a.Ask(kit.Question{Title: a.T("shell.error_title", nil), Text: a.Err(err), Danger: true, Ways: a.Ways(err)})
	}
}

// Ways leads to where the causes of err are seen to.
func (a *App) Ways(err error) []kit.Way {
	if a.cfg.Ways == nil || a.handedOver() {
		return nil
	}
	return a.cfg.Ways(a, err)
}

// Ask shows q. The act stands at the right; for final acts it lives only after a tick elsewhere, so that no double
// press does it.
func (a *App) Ask(q kit.Question) {
	var pop *widget.PopUp
	ask := kit.NewAsk(a, q, func() { a.hide(pop) })
	ask.Bound(a.Size().Height - 2*kit.Gap16)
	pop = widget.NewModalPopUp(ask, a.win.Canvas())
	pop.Show()
	first := ask.First()
	a.Focus(first)
	if e, ok := first.(interface{ Mute() }); ok && a.letter {
		e.Mute() // the letter that opened the question comes after its key
	}
}

// hide closes pop and keeps what lies over it: the toolkit would close that too, and an act may ask something else.
func (a *App) hide(pop *widget.PopUp) {
	c := a.win.Canvas()
	var above []fyne.CanvasObject
	if at := slices.Index(c.Overlays().List(), fyne.CanvasObject(pop)); at >= 0 {
		above = slices.Clone(c.Overlays().List()[at+1:])
	}
	cursor := c.Focused()
	pop.Hide()
	for _, o := range above {
		c.Overlays().Add(o)
	}
	if len(above) > 0 && cursor != nil {
		c.Focus(cursor)
	}
}

// OpenFile lets the user choose a file.
func (a *App) OpenFile(exts []string, then func(path string)) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil {
			a.ShowError(judging.Fail(judging.Unavailable, "shell.open_failed", nil).Because(err))
			return
		}
		if f != nil {
			path := f.URI().Path()
			_ = f.Close() // only the path is wanted
			a.remember(filepath.Dir(path))
			then(path)
		}
	}, a.win)
	if len(exts) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(exts))
	}
	a.showFiles(d, "shell.open_title", "kit.open")
}

// OpenFolder lets the user choose a folder.
func (a *App) OpenFolder(then func(path string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			a.ShowError(judging.Fail(judging.Unavailable, "shell.open_failed", nil).Because(err))
			return
		}
		if u != nil {
			a.remember(u.Path())
			then(u.Path())
		}
	}, a.win)
	a.showFiles(d, "shell.folder_title", "kit.choose_folder")
}

func (a *App) showFiles(d *dialog.FileDialog, title, confirm string) {
	d.SetTitleText(a.T(title, nil))
	d.SetView(dialog.ListView)
	d.SetConfirmText(a.T(confirm, nil))
	d.SetDismissText(a.T("kit.cancel", nil))
	if u, err := storage.ListerForURI(storage.NewFileURI(a.folder())); err == nil {
		d.SetLocation(u)
	}
	d.Resize(a.Size().SubtractWidthHeight(160, 120))
	d.Show()
}

// SaveFile asks for folder and name. The file is not touched: Fyne's own dialog would empty an old one before the
// new one is made.
func (a *App) SaveFile(name string, then func(path string)) {
	file := kit.NewEntry() // Escape closes the dialog from it
	file.SetText(name)
	folder := kit.NewCutText(a.folder(), kit.Body, kit.Quiet)
	folder.Least = 18
	choose := kit.NewButton(a.T("shell.save_choose", nil), func() {
		a.OpenFolder(func(path string) { folder.Set(path, kit.Quiet) })
	})
	var warned string
	a.Ask(kit.Question{
		Title: a.T("shell.save_title", nil), Action: a.T("kit.save", nil),
		Content: kit.Stack(kit.Gap8,
			kit.NewText(a.T("shell.save_name", nil), kit.Note, kit.Quiet), file,
			kit.NewText(a.T("shell.save_folder", nil), kit.Note, kit.Quiet),
			container.NewBorder(nil, nil, nil, choose, folder)),
		Do: func() error {
			path, err := savePath(folder.Text(), file.Text)
			if err != nil {
				return err
			}
			if _, err := os.Stat(path); err == nil && warned != path {
				warned = path
				return judging.Fail(judging.Clash, "shell.save_exists", map[string]any{"Name": file.Text})
			}
			a.remember(folder.Text())
			then(path)
			return nil
		},
	})
}

// savePath joins folder and name, refusing names that lead elsewhere.
func savePath(folder, name string) (string, error) {
	if name == "" || name == "." || name != filepath.Base(name) || !filepath.IsLocal(name) {
		return "", judging.Fail(judging.Invalid, "shell.save_bad_name", nil)
	}
	return filepath.Join(folder, name), nil
}

const prefFolder = "folder"

// folder is the folder used last, or the user's home.
func (a *App) folder() string {
	home, _ := os.UserHomeDir()
	path := a.fyne.Preferences().StringWithFallback(prefFolder, home)
	if s, err := os.Stat(path); err != nil || !s.IsDir() {
		return home
	}
	return path
}

func (a *App) remember(folder string) { a.fyne.Preferences().SetString(prefFolder, folder) }
