package chooser

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/app/kit/script"
)

// Item is a file or a folder in a list.
type Item struct {
	Name   string
	Folder bool
	At     time.Time // when it was changed
	Size   int64     // in bytes, of a file

	rank int // of the name, among those of the folder
}

// mostItems bounds a list: a folder with more is not one to look through.
const mostItems = 5000

// List is what a folder holds.
type List struct {
	Items  []Item // folders first, then files
	Others int    // files that were left out because of their endings
	More   bool   // there is more than was listed
}

// Read lists a folder without what is hidden and without files of other endings than exts, as ".xlsx"; no exts allow
// all. Errors are those of the system.
func Read(dir string, exts []string) (List, error) {
	var out List
	entries, err := os.ReadDir(dir)
	if err != nil {
		return out, err
	}
	for _, e := range entries {
		if hidden(dir, e.Name()) {
			continue
		}
		if len(out.Items) == mostItems {
			out.More = true
			break
		}
		item := Item{Name: e.Name(), Folder: isFolder(dir, e)}
		if !item.Folder && !fits(e.Name(), exts) {
			out.Others++
			continue
		}
		if info, err := e.Info(); err == nil { // else it is gone meanwhile
			item.At, item.Size = info.ModTime(), info.Size()
		}
		out.Items = append(out.Items, item)
	}
	names := make([]string, len(out.Items))
	for i, item := range out.Items {
		names[i] = item.Name
	}
	for i, rank := range (&script.Lexicon{}).Ranks(names) {
		out.Items[i].rank = int(rank)
	}
	slices.SortStableFunc(out.Items, byName)
	return out, nil
}

// byName orders folders before files, and each by name as people read them: by pinyin, 作品2 before 作品10.
func byName(a, b Item) int { return cmp.Or(foldersFirst(a, b), cmp.Compare(a.rank, b.rank)) }

func foldersFirst(a, b Item) int {
	switch {
	case a.Folder == b.Folder:
		return 0
	case a.Folder:
		return -1
	}
	return 1
}

// isFolder reports whether an entry is a folder or leads to one.
func isFolder(dir string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := os.Stat(filepath.Join(dir, e.Name()))
	return err == nil && info.IsDir()
}

// hidden reports whether people do not look for a file: the system's own, and the lock files of office programs.
func hidden(dir, name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || systemHides(filepath.Join(dir, name))
}

func fits(name string, exts []string) bool {
	return len(exts) == 0 || slices.ContainsFunc(exts, func(ext string) bool {
		return strings.HasSuffix(strings.ToLower(name), ext)
	})
}
