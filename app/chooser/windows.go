package chooser

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging"
)

// Shell is what the windows for files ask of the window they stand in.
type Shell interface {
	kit.Texter
	Ask(q kit.Question)
	Size() fyne.Size // of the window's content
}

// Windows shows the windows in which people choose files and folders, all on the UI thread. What is read and what is
// written begin each in the folder used last for it: what units sent is no place for new files, where the next import
// would read them.
type Windows struct {
	shell Shell
	prefs fyne.Preferences
}

// NewWindows returns the windows of a shell, which remember their folders in prefs.
func NewWindows(sh Shell, prefs fyne.Preferences) *Windows { return &Windows{shell: sh, prefs: prefs} }

// The folders used last.
const (
	prefFolder = "folder"      // to read from
	prefSaveIn = "save_folder" // to write into
)

// OpenFile lets the user choose a file.
func (w *Windows) OpenFile(exts []string, then func(path string)) {
	w.ask(Ask{Kind: File, Exts: exts}, "shell.open_title", "kit.open", nil, then)
}

// OpenFolder lets the user choose a folder to read from.
func (w *Windows) OpenFolder(then func(path string)) {
	w.ask(Ask{Kind: Folder}, "shell.folder_title", "kit.choose_folder", nil, then)
}

// SaveIn lets the user choose a folder to write into.
func (w *Windows) SaveIn(then func(path string)) {
	w.ask(Ask{Kind: NewFolder}, "shell.save_title", "kit.choose_folder", nil, then)
}

// SaveFile asks for folder and name. The file is not touched: Fyne's own dialog would empty an old one before the
// new one is made.
func (w *Windows) SaveFile(name string, then func(path string)) {
	warned := ""
	w.ask(Ask{Kind: NewFile, Name: name}, "shell.save_title", "kit.save", func(path string) error {
		if _, err := os.Stat(path); err == nil && warned != path {
			warned = path
			return judging.Fail(judging.Clash, "shell.save_exists", judging.Args{"Name": filepath.Base(path)})
		}
		return nil
	}, then)
}

// ask shows the window for a; check, if it is not nil, may refuse what was chosen.
func (w *Windows) ask(
	a Ask, title, action string, check func(path string) error, then func(path string),
) {
	home, _ := os.UserHomeDir() // "" leads to the top
	pref := prefFolder
	a.Home, a.Dir = home, w.folder(prefFolder, Documents(home))
	if a.Kind == NewFile || a.Kind == NewFolder {
		pref, a.Avoid = prefSaveIn, w.prefs.String(prefFolder)
		a.Dir = w.folder(prefSaveIn, Documents(home))
	}
	// as large as the window allows: a small list of files is one to scroll in for long
	room := w.shell.Size()
	size := fyne.NewSize(min(room.Width*0.7, look.Em(56)), room.Height*0.5)
	c := New(w.shell, a, size)
	q := kit.Question{Title: w.shell.T(title, nil), Action: w.shell.T(action, nil), Content: c}
	q.Do = func() error {
		path, err := c.Chosen()
		if err == nil && check != nil {
			err = check(path)
		}
		if err != nil {
			return err
		}
		last := c.Dir()
		if a.Kind == Folder || a.Kind == NewFolder {
			last = path
		}
		w.prefs.SetString(pref, last)
		then(path)
		return nil
	}
	w.shell.Ask(q)
	c.Focus()
}

// folder is the folder used last, or else.
func (w *Windows) folder(pref, other string) string {
	path := w.prefs.String(pref)
	if s, err := os.Stat(path); err != nil || !s.IsDir() {
		return other
	}
	return path
}

// Remember has the next file to read looked for in folder.
func (w *Windows) Remember(folder string) { w.prefs.SetString(prefFolder, folder) }

// SaveNextIn has the next file written into folder, unless the user chooses otherwise.
func (w *Windows) SaveNextIn(folder string) {
	w.prefs.SetString(prefSaveIn, folder)
}
