package archive

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fayi/internal/bomb"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/internal/fault"
	"fayi/judging/text"
)

// Tree is a source opened: its files, sorted by path part by part, and what was passed over.
type Tree struct {
	Entries []Entry
	Skipped []Skipped

	limits Limits
	meter  bomb.Meter
	temp   string // holds archives that lay in archives; "" until there is one
}

// Open lists all of source, which is a file, a folder or an archive (zip, 7z, rar). Close the tree when its entries
// are no longer needed. Limits and errors are as for Walk; on an error the tree is closed and holds only what was
// skipped.
func Open(ctx context.Context, source string, limits Limits) (*Tree, error) {
	t := &Tree{limits: limits, meter: bomb.Meter{Limits: bomb.Limits{Total: limits.Bytes, Ratio: limits.Ratio}}}
	if err := t.open(ctx, source); err != nil {
		t.Close()
		t.Entries = nil
		return t, err
	}
	t.leaveContests(filepath.Base(source))
	return t, nil
}

// leaveContests passes over what lies in the folders of contests, which is nothing that somebody sent: the data of a
// contest and their copies would be kept as files. source is what the source itself is called.
func (t *Tree) leaveContests(source string) {
	const data = "contest.db"
	var folders []string // with / at the end; "" is the source itself
	for _, e := range t.Entries {
		folder, is := strings.CutSuffix(e.Path, data)
		if is && (folder == "" && e.Name != source || strings.HasSuffix(folder, "/")) {
			folders = append(folders, folder)
		}
	}
	if len(folders) == 0 {
		return
	}
	t.Entries = slices.DeleteFunc(t.Entries, func(e Entry) bool {
		return slices.ContainsFunc(folders, func(folder string) bool { return strings.HasPrefix(e.Path, folder) })
	})
	for _, folder := range folders {
		at := cmp.Or(strings.TrimSuffix(folder, "/"), legible(source))
		why := judging.Fail(judging.Invalid, "import.is_contest", judging.Args{"File": at})
		t.Skipped = append(t.Skipped, Skipped{at, why})
	}
}

// Close removes what the tree unpacked; its entries can't be opened any more.
func (t *Tree) Close() error {
	if t.temp == "" {
		return nil
	}
	dir := t.temp
	t.temp = ""
	return os.RemoveAll(dir)
}

func (t *Tree) open(ctx context.Context, source string) error {
	info, err := os.Stat(source)
	if errors.Is(err, fs.ErrNotExist) {
		return judging.Fail(judging.NotFound, "media.no_source", nil)
	}
	if err != nil {
		return fault.Unreadable(err)
	}
	if real, err := filepath.EvalSymlinks(source); err == nil {
		source = real // whoever names a link means what it leads to
	}
	if !info.IsDir() {
		return t.file(ctx, onDisk{dir: filepath.Dir(source), rel: filepath.Base(source)}, "", info)
	}
	root, err := os.OpenRoot(source)
	if err != nil {
		return fault.Unreadable(err)
	}
	defer root.Close()
	return t.folder(ctx, root, source, ".")
}

// folder adds what lies in rel below root, in order. It does not use io/fs, which knows no names outside UTF-8.
func (t *Tree) folder(ctx context.Context, root *os.Root, source, rel string) error {
	items, err := readDir(root, rel)
	if err != nil {
		t.skip(slashed(rel), fault.Unreadable(err))
		return nil
	}
	for _, item := range items {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := filepath.Join(rel, item.Name())
		if isNoise(item.Name()) {
			continue
		}
		if item.IsDir() {
			if err := t.folder(ctx, root, source, at); err != nil {
				return err
			}
			continue
		}
		info, err := item.Info()
		if err != nil {
			t.skip(slashed(at), fault.Unreadable(err))
			continue
		}
		if err := t.file(ctx, onDisk{dir: source, rel: at}, slashed(at), info); err != nil {
			return err
		}
	}
	return nil
}

func readDir(root *os.Root, rel string) ([]fs.DirEntry, error) {
	dir, err := root.Open(rel)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	items, err := dir.ReadDir(-1)
	slices.SortFunc(items, func(a, b fs.DirEntry) int {
		return cmp.Compare(text.FileName(a.Name()), text.FileName(b.Name()))
	})
	return items, err
}

// file adds one file on disk; at is its path within the source, "" when it is the source itself.
func (t *Tree) file(ctx context.Context, f onDisk, at string, info fs.FileInfo) error {
	shown := cmp.Or(at, text.FileName(filepath.Base(f.rel)))
	if info.Mode()&fs.ModeSymlink != 0 {
		return t.skip(shown, judging.Fail(judging.Invalid, "media.link", nil))
	}
	if !info.Mode().IsRegular() {
		return t.skip(shown, judging.Fail(judging.Invalid, "media.not_a_file", nil))
	}
	e := Entry{Path: shown, Name: path.Base(shown), Size: info.Size(), Local: filepath.Join(f.dir, f.rel)}
	e.Open = func() (io.ReadCloser, error) { return f.open(e.Size) }
	head, err := e.head(filetype.HeadSize)
	if err != nil {
		return t.skip(shown, fault.Unreadable(err))
	}
	if filetype.Of(head, e.Name).Kind != filetype.Archive {
		return t.add(e)
	}
	return t.opened(ctx, head, &packed{onDisk: f, size: e.Size, ration: -1}, e, at, 1)
}

// add keeps an entry, counting it.
func (t *Tree) add(e Entry) error {
	if len(t.Entries)+len(t.Skipped) >= t.limits.Entries {
		return tooMany(t.limits.Entries)
	}
	t.Entries = append(t.Entries, e)
	return nil
}

// skip notes what is passed over, counting it as an entry is, so that the rest goes on.
func (t *Tree) skip(at string, why *judging.Error) error {
	if len(t.Entries)+len(t.Skipped) >= t.limits.Entries {
		return tooMany(t.limits.Entries)
	}
	t.Skipped = append(t.Skipped, Skipped{legible(at), why})
	return nil
}

func slashed(rel string) string {
	return strings.TrimPrefix(text.FileName(filepath.ToSlash(rel)), "./")
}
