package page

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/judging"
)

// FolderName returns the name of the folder of a contest called name: fit for any system, ending in .fayi.
func FolderName(name string) string {
	if name = FileName(name); name == "" {
		name = "…"
	}
	return name + ".fayi"
}

// FileName makes words fit to name a file on any system: no reserved signs, at most 60 characters; "" when nothing
// is left.
func FileName(name string) string {
	name = strings.Map(func(c rune) rune {
		if c < ' ' || strings.ContainsRune(`<>:"/\|?*`, c) {
			return '_'
		}
		return c
	}, judging.Tidy(name))
	r := []rune(strings.Trim(name, ". "))
	return string(r[:min(len(r), 60)])
}

// ShowFolder opens the folder of a written file in the system's own file window, or says where it is.
func ShowFolder(sh kit.Shell, path string) {
	u := &url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(path))}
	if err := fyne.CurrentApp().OpenURL(u); err != nil {
		sh.Tell(kit.Notice{Tone: kit.Waiting, Text: sh.T("app.folder_is", judging.Args{"Path": path})})
	}
}
