package app

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
)

// fileWindows lets people choose files and folders: the window's part that is kit.Files. It begins in the folder used
// last.
type fileWindows struct{ app *App }

// OpenFile lets the user choose a file.
func (f *fileWindows) OpenFile(exts []string, then func(path string)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil {
			f.app.ShowError(judging.Fail(judging.Unavailable, "shell.open_failed", nil).Because(err))
			return
		}
		if file != nil {
			path := file.URI().Path()
			_ = file.Close() // only the path is wanted
			f.remember(filepath.Dir(path))
			then(path)
		}
	}, f.app.win)
	if len(exts) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(exts))
	}
	f.showFiles(d, "shell.open_title", "kit.open")
}

// OpenFolder lets the user choose a folder.
func (f *fileWindows) OpenFolder(then func(path string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			f.app.ShowError(judging.Fail(judging.Unavailable, "shell.open_failed", nil).Because(err))
			return
		}
		if u != nil {
			f.remember(u.Path())
			then(u.Path())
		}
	}, f.app.win)
	f.showFiles(d, "shell.folder_title", "kit.choose_folder")
}

func (f *fileWindows) showFiles(d *dialog.FileDialog, title, confirm string) {
	d.SetTitleText(f.app.T(title, nil))
	d.SetView(dialog.ListView)
	d.SetConfirmText(f.app.T(confirm, nil))
	d.SetDismissText(f.app.T("kit.cancel", nil))
	if u, err := storage.ListerForURI(storage.NewFileURI(f.folder())); err == nil {
		d.SetLocation(u)
	}
	d.Resize(f.app.Size().SubtractWidthHeight(160, 120))
	d.Show()
}

// SaveFile asks for folder and name. The file is not touched: Fyne's own dialog would empty an old one before the
// new one is made.
func (f *fileWindows) SaveFile(name string, then func(path string)) {
	file := field.NewEntry() // Escape closes the dialog from it
	file.SetText(name)
	folder := look.NewCutText(f.folder(), look.Body, look.Quiet)
	folder.Least = 18
	choose := button.New(f.app.T("shell.save_choose", nil), func() {
		f.OpenFolder(func(path string) { folder.Set(path, look.Quiet) })
	})
	var warned string
	f.app.Ask(kit.Question{
		Title: f.app.T("shell.save_title", nil), Action: f.app.T("kit.save", nil),
		Content: lay.Stack(lay.Gap8,
			look.NewText(f.app.T("shell.save_name", nil), look.Note, look.Quiet), file,
			look.NewText(f.app.T("shell.save_folder", nil), look.Note, look.Quiet),
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
			f.remember(folder.Text())
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
func (f *fileWindows) folder() string {
	home, _ := os.UserHomeDir()
	path := f.app.fyne.Preferences().StringWithFallback(prefFolder, home)
	if s, err := os.Stat(path); err != nil || !s.IsDir() {
		return home
	}
	return path
}

func (f *fileWindows) remember(folder string) { f.app.fyne.Preferences().SetString(prefFolder, folder) }
