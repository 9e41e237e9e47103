package page

import (
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging"
)

// OpenFile opens a file or folder in the system's own program for it, from where it is read or printed; where there
// is no such program it says where the file is.
func OpenFile(sh kit.Shell, path string) {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if err := fyne.CurrentApp().OpenURL(u); err != nil {
		sh.Tell(kit.Notice{Tone: look.Waiting, Text: sh.T("reports.file_is", judging.Args{"Path": path})})
	}
}

// TellMade says that a file was made, with a button that opens it.
func TellMade(sh kit.Shell, path string) {
	sh.Tell(kit.Notice{
		Tone: look.Done, Text: sh.T("reports.made", judging.Args{"Name": filepath.Base(path)}),
		Action: sh.T("reports.open", nil), Do: func() { OpenFile(sh, path) },
	})
}
