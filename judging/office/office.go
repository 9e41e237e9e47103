package office

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"fayi/judging"
	"fayi/judging/media/pdf"
	"fayi/judging/store"
)

// Config is what an Office needs from outside.
type Config struct {
	DB     store.DB
	Blobs  *store.Blobs
	Dir    string           // the contest's folder: backups go below it
	Now    func() time.Time // the clock; from many goroutines
	Random io.Reader        // source of keys and seeds; from many goroutines
	Actor  string           // who is at the machine, for the journal: "organiser"
	Cache  string           // the user's folder of caches, for what serves all contests, as the compiled PDF viewer; "" keeps it below Dir
}

// Office works on one open contest. Its methods may be called from many goroutines.
type Office struct {
	db      store.DB
	blobs   *store.Blobs
	dir     string
	now     func() time.Time
	random  io.Reader
	actor   string
	changes *bell

	papers *pdf.Engine // opens PDF files; starts when the first is opened
	thumbs *thumbs     // small pictures for the organiser

	copying singleflight.Group // copies for judges being made

	importing sync.Mutex   // one import at a time: it numbers works in memory
	backedUp  atomic.Int64 // journal entries in the last copy made by itself
	proving   sync.Mutex   // one try of a PIN at a time
	codes     sync.Map     // code -> identity of works met at desks: a hint, checked at each use
}

// Create makes a new contest in an empty store by the rules and opens it. Errors: Invalid for rules or a name that won't do, Clash when the store holds a
// contest already.
func Create(ctx context.Context, c Config, name, host string, rules judging.Rules) (*Office, error) {
	o := newOffice(c)
	if err := o.create(ctx, name, host, rules); err != nil {
		return nil, err
	}
	return o, nil
}

// Open opens the contest in the store and clears away what an interrupted job left. Errors: NotFound when the store holds no contest, Corrupt.
func Open(ctx context.Context, c Config) (*Office, error) {
	o := newOffice(c)
	err := o.db.View(ctx, func(tx store.Tx) error {
		_, err := loadContest(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := o.sweep(ctx); err != nil {
		return nil, err
	}
	return o, nil
}

func newOffice(c Config) *Office {
	return &Office{db: c.DB, blobs: c.Blobs, dir: c.Dir, now: c.Now, random: c.Random, actor: c.Actor, changes: newBell(), papers: newPapers(c), thumbs: newThumbs(c.Dir)}
}

// Close closes the store.
func (o *Office) Close() error { return errors.Join(o.papers.Close(), o.blobs.Close(), o.db.Close()) }

// Dir returns the contest's folder.
func (o *Office) Dir() string { return o.dir }

// Changes is signalled after each commit; signals that nobody took yet become one.
func (o *Office) Changes() <-chan struct{} { return o.changes.c }

// bell is a signal that can be rung any number of times and heard once.
type bell struct {
	c chan struct{}
}

func newBell() *bell { return &bell{c: make(chan struct{}, 1)} }

func (b *bell) ring() {
	select {
	case b.c <- struct{}{}:
	default:
	}
}

// change runs fn in one transaction and rings after the commit.
func (o *Office) change(ctx context.Context, fn func(store.Tx) error) error {
	if err := o.db.Update(ctx, fn); err != nil {
		return err
	}
	o.changes.ring()
	return nil
}

// view reads with fn and hands out its result.
func view[T any](ctx context.Context, db store.DB, fn func(store.Tx) (T, error)) (T, error) {
	var out T
	err := db.View(ctx, func(tx store.Tx) error {
		var err error
		out, err = fn(tx)
		return err
	})
	return out, err
}

// collect gathers all that a reading function yields.
func collect[T any](each func(func(T) error) error) ([]T, error) {
	var out []T
	err := each(func(v T) error { out = append(out, v); return nil })
	return out, err
}

// firstError returns the first error that is one.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file whole or not at all: to a temporary neighbour first, synced, then renamed over path.
func writeFile(path string, write func(io.Writer) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".fayi-*")
	if err != nil {
		return store.Translate(path, err)
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
		}
	}()
	if err = write(tmp); err != nil {
		return store.Translate(path, err)
	}
	if err = tmp.Sync(); err != nil {
		return store.Translate(path, err)
	}
	if err = tmp.Close(); err != nil {
		return store.Translate(path, err)
	}
	if err = os.Chmod(tmp.Name(), 0o644); err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	return store.Translate(path, err)
}
