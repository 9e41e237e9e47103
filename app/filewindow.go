package app

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fayi/app/chooser"
	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging"
)

// fileWindows lets people choose files and folders: the window's part that is kit.Files. What is read and what is
// written begin each in the folder used last for it: what units sent is no place for new files, where the next import
// would read them.
type fileWindows struct{ app *App }

// The folders used last.
const (
	prefFolder = "folder"      // to read from
	prefSaveIn = "save_folder" // to write into
)

// OpenFile lets the user choose a file.
func (f *fileWindows) OpenFile(exts []string, then func(path string)) {
	f.ask(chooser.Ask{Kind: chooser.File, Exts: exts}, "shell.open_title", "kit.open", nil, then)
}

// OpenFolder lets the user choose a folder to read from.
func (f *fileWindows) OpenFolder(then func(path string)) {
	f.ask(chooser.Ask{Kind: chooser.Folder}, "shell.folder_title", "kit.choose_folder", nil, then)
}

// SaveIn lets the user choose a folder to write into.
func (f *fileWindows) SaveIn(then func(path string)) {
	f.ask(chooser.Ask{Kind: chooser.NewFolder}, "shell.save_title", "kit.choose_folder", nil, then)
}

// SaveFile asks for folder and name. The file is not touched: Fyne's own dialog would empty an old one before the
// new one is made.
func (f *fileWindows) SaveFile(name string, then func(path string)) {
	warned := ""
	f.ask(chooser.Ask{Kind: chooser.NewFile, Name: name}, "shell.save_title", "kit.save", func(path string) error {
		if _, err := os.Stat(path); err == nil && warned != path {
			warned = path
			return judging.Fail(judging.Clash, "shell.save_exists", judging.Args{"Name": filepath.Base(path)})
		}
		return nil
	}, then)
}

// ask shows the window for a. check, if it is not nil, may refuse what was chosen.
func (f *fileWindows) ask(
	a chooser.Ask, title, action string, check func(path string) error, then func(path string),
) {
	home, _ := os.UserHomeDir() // "" leads to the top
	pref := prefFolder
	a.Home, a.Dir = home, f.folder(prefFolder, chooser.Documents(home))
	if a.Kind == chooser.NewFile || a.Kind == chooser.NewFolder {
		pref, a.Avoid = prefSaveIn, f.app.fyne.Preferences().String(prefFolder)
		a.Dir = f.folder(prefSaveIn, chooser.Documents(home))
	}
	// as large as the window allows: a small list of files is one to scroll in for long
	room := f.app.Size()
	size := fyne.NewSize(min(room.Width*0.7, look.Em(56)), room.Height*0.5)
	c := chooser.New(f.app, a, size)
	f.app.Ask(kit.Question{Title: f.app.T(title, nil), Action: f.app.T(action, nil), Content: c, Do: func() error {
		path, err := c.Chosen()
		if err == nil && check != nil {
			err = check(path)
		}
		if err != nil {
			return err
		}
		last := c.Dir()
		if a.Kind == chooser.Folder || a.Kind == chooser.NewFolder {
			last = path
		}
		f.app.fyne.Preferences().SetString(pref, last)
		then(path)
		return nil
	}})
	c.Focus()
}

// folder is the folder used last, or else.
func (f *fileWindows) folder(pref, other string) string {
	path := f.app.fyne.Preferences().String(pref)
	if s, err := os.Stat(path); err != nil || !s.IsDir() {
		return other
	}
	return path
}

// remember has the next file to read looked for in folder.
func (f *fileWindows) remember(folder string) { f.app.fyne.Preferences().SetString(prefFolder, folder) }

// saveNextIn has the next file written into folder, unless the user chooses otherwise.
func (f *fileWindows) saveNextIn(folder string) {
	f.app.fyne.Preferences().SetString(prefSaveIn, folder)
}
