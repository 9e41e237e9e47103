package chooser

import (
	"os"
	"path/filepath"
	"strings"

	"fayi/app/kit"
	"fayi/internal/regular"
)

// Place is a folder that people go to by its name.
type Place struct {
	Title string
	Path  string
}

// Places are the folders that everyone has and the sticks that are plugged in, of those that are there.
func Places(t kit.Texter, home string) (out []Place) {
	named := userFolders(home)
	for _, p := range []struct {
		key, system string
		names       []string
	}{
		{"chooser.desktop", "XDG_DESKTOP_DIR", []string{"Desktop", "桌面"}},
		{"chooser.documents", "XDG_DOCUMENTS_DIR", []string{"Documents", "文档"}},
		{"chooser.downloads", "XDG_DOWNLOAD_DIR", []string{"Downloads", "下载"}},
	} {
		if dir := firstDir(home, named[p.system], p.names); dir != "" {
			out = append(out, Place{t.T(p.key, nil), dir})
		}
	}
	if isDir(home) {
		out = append(out, Place{t.T("chooser.home", nil), home})
	}
	for _, d := range drives() {
		out = append(out, Place{t.T("chooser.drive", map[string]any{"Name": driveName(d)}), d})
	}
	return out
}

// Documents is the folder in which a person's documents are, or home.
func Documents(home string) string {
	if dir := firstDir(home, userFolders(home)["XDG_DOCUMENTS_DIR"], []string{"Documents", "文档"}); dir != "" {
		return dir
	}
	return home
}

func firstDir(home, system string, names []string) string {
	if system != home && isDir(system) { // a system without such a folder names home
		return system
	}
	for _, n := range names {
		if dir := filepath.Join(home, n); isDir(dir) {
			return dir
		}
	}
	return ""
}

func driveName(path string) string {
	if name := filepath.Base(path); name != string(filepath.Separator) {
		return name
	}
	return strings.TrimSuffix(path, string(filepath.Separator))
}

// userFolders reads what a Linux desktop calls the folders of a user; nothing elsewhere.
func userFolders(home string) map[string]string {
	out := map[string]string{}
	list, err := regular.ReadFile(filepath.Join(home, ".config", "user-dirs.dirs"), 64<<10)
	if err != nil {
		return out
	}
	for line := range strings.Lines(string(list)) {
		if name, path, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			out[name] = strings.Replace(strings.Trim(path, `"`), "$HOME", home, 1)
		}
	}
	return out
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return path != "" && err == nil && info.IsDir()
}
