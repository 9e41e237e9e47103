package depot

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"fayi/internal/atomicfile"
	"fayi/judging/store"
)

// queue is the list of files that the engine does not have yet: a folder with an empty file for each, so that it
// outlives whatever ends the program.
type queue struct {
	dir string
	mu  sync.Mutex
	has map[string]bool
}

func openQueue(dir string) (*queue, error) {
	if err := store.MakeWithin(dir); err != nil {
		return nil, err
	}
	found, err := os.ReadDir(dir)
	if err != nil {
		return nil, store.Translate(dir, err)
	}
	q := &queue{dir: dir, has: map[string]bool{}}
	for _, f := range found {
		if name := f.Name(); isSum(name) {
			q.has[name] = true
		}
	}
	return q, nil
}

func isSum(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

// add puts a file on the list; when it returns nil it stands there.
func (q *queue) add(sum string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.has[sum] {
		return nil
	}
	f, err := os.OpenFile(filepath.Join(q.dir, sum), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return store.Translate(q.dir, err)
	}
	atomicfile.SyncDir(q.dir)
	q.has[sum] = true
	return nil
}

// done takes a file off the list.
func (q *queue) done(sum string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.has[sum] {
		return nil
	}
	if err := os.Remove(filepath.Join(q.dir, sum)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return store.Translate(q.dir, err)
	}
	delete(q.has, sum)
	return nil
}

// all are those that wait.
func (q *queue) all() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Sorted(maps.Keys(q.has))
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.has)
}
