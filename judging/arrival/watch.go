package arrival

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/judging"
)

// Quiet is how long what arrives must not have changed before it is offered.
const Quiet = 3 * time.Second

// MostEntries is how many files and folders of a watched folder are looked at, the newest first.
const MostEntries = 2000

// Entry is one file or folder of a watched folder.
type Entry struct {
	Name    string    `json:"name"` // without folders
	Path    string    `json:"-"`
	Folder  bool      `json:"folder"`
	Files   int       `json:"files"`
	Bytes   int64     `json:"bytes"`
	Changed time.Time `json:"changed"` // the newest of its files
	// it is still being written: it has changed since the last look, or something in it bears the name of a download
	// that is under way
	Growing bool   `json:"growing"`
	Sum     string `json:"-"` // of what stands still, see Sum
}

// Watch looks at one folder again and again. It is not for several goroutines at once.
type Watch struct {
	dir  string
	now  func() time.Time
	seen map[string]held
}

// held is what an entry was like at the last look.
type held struct {
	stamp stamp
	since time.Time // when it was first seen like that
	sum   string
}

type stamp struct {
	files   int
	bytes   int64
	changed time.Time
}

// NewWatch watches a folder by the given clock.
func NewWatch(dir string, now func() time.Time) *Watch {
	return &Watch{dir: dir, now: now, seen: map[string]held{}}
}

// Dir is the folder that is watched.
func (w *Watch) Dir() string { return w.dir }

// Look lists what lies in the folder, the newest first. What changed within the time Quiet before is growing; nothing
// stands still at the first look. more is how many entries lie there beyond MostEntries. Errors: NotFound where the
// folder is gone, Unavailable, Invalid, ctx.Err().
func (w *Watch) Look(ctx context.Context) (list []Entry, more int, err error) {
	found, err := os.ReadDir(w.dir)
	if err != nil {
		code := judging.Unavailable
		if os.IsNotExist(err) {
			code = judging.NotFound
		}
		return nil, 0, judging.Fail(code, "arrival.no_folder", judging.Args{"Dir": filepath.Base(w.dir)}).Because(err)
	}
	list = []Entry{}
	for _, d := range found {
		if leftBehind(d.Name()) || !d.IsDir() && !d.Type().IsRegular() {
			continue
		}
		e, err := w.entry(ctx, d)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b Entry) int {
		return cmp.Or(b.Changed.Compare(a.Changed), strings.Compare(a.Name, b.Name))
	})
	if more = max(len(list)-MostEntries, 0); more > 0 {
		list = list[:MostEntries]
	}
	seen := map[string]held{}
	for i := range list {
		if err := w.settle(ctx, &list[i]); err != nil {
			return nil, 0, err
		}
		seen[list[i].Name] = w.seen[list[i].Name]
	}
	w.seen = seen // what is gone is forgotten
	return list, more, nil
}

// entry measures what lies under a name. What goes away meanwhile is an entry without files.
func (w *Watch) entry(ctx context.Context, d fs.DirEntry) (Entry, error) {
	e := Entry{Name: d.Name(), Path: filepath.Join(w.dir, d.Name()), Folder: d.IsDir()}
	err := each(e.Path, func(name, at string, info fs.FileInfo) error {
		if e.Files++; e.Files > MostFiles {
			return filepath.SkipAll
		}
		e.Bytes += info.Size()
		if info.ModTime().After(e.Changed) {
			e.Changed = info.ModTime()
		}
		e.Growing = e.Growing || underWay(filepath.Base(at))
		return ctx.Err()
	})
	if ctx.Err() != nil {
		return e, ctx.Err()
	}
	if err != nil { // it is being moved, or somebody holds it: the next look says
		e.Growing = true
	}
	return e, nil
}

// settle says of an entry whether it stands still, and if so what its sum is.
func (w *Watch) settle(ctx context.Context, e *Entry) error {
	now, was := w.now(), w.seen[e.Name]
	is := stamp{e.Files, e.Bytes, e.Changed}
	if was.stamp != is || was.since.IsZero() || was.since.After(now) { // the clock may be set back
		was = held{stamp: is, since: now}
	}
	e.Growing = e.Growing || e.Files == 0 || now.Sub(was.since) < Quiet
	if !e.Growing && was.sum == "" {
		sum, err := Sum(ctx, []string{e.Path})
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && (judging.CodeOf(err) == judging.Unavailable || judging.CodeOf(err) == judging.NotFound):
			e.Growing = true // a program may hold it until it is whole
		case err == nil:
			was.sum = sum
		}
	}
	e.Sum = was.sum
	if e.Growing {
		e.Sum = ""
	}
	w.seen[e.Name] = was
	return nil
}

// underWay reports whether browsers and downloaders call a file so that is not whole.
func underWay(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{
		".crdownload", ".part", ".partial", ".download", ".downloading", ".filepart", ".opdownload", ".tmp", ".temp",
		".xltd", ".td", ".aria2", ".!ut", ".!qb", ".bc!", ".ucdownload", ".baidudownload",
	}, func(ending string) bool { return strings.HasSuffix(name, ending) })
}
