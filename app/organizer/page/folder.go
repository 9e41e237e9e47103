package page

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/judging"
)

// FolderName returns the name of the folder of a contest called name: fit for any system, ending in .fayi.
func FolderName(name string) string {
	if name = FileName(name); name == "" {
		name = "…"
	}
	return name + ".fayi"
}

// FileName makes words fit to name a file on any system, at most 60 characters; "" when nothing is left.
func FileName(name string) string {
	r := []rune(strings.Trim(judging.Tidy(name), ". "))
	if len(r) == 0 {
		return ""
	}
	return judging.LegalName(string(r[:min(len(r), 60)]), "")
}

// ShowFolder opens the folder of a written file in the system's own file window, or says where it is.
func ShowFolder(sh kit.Shell, path string) {
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(path))}
	if err := fyne.CurrentApp().OpenURL(u); err != nil {
		sh.Tell(kit.Notice{Tone: look.Waiting, Text: sh.T("app.folder_is", judging.Args{"Path": path})})
	}
}

// FreeName is base and ext, with a number between if there is such a file already.
func FreeName(base, ext string) string {
	path := base + ext
	for n := 2; n < 1000; n++ {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			break
		}
		path = judging.Serial(base+" ", 0, n) + ext
	}
	return path
}
