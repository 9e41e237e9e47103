// Package records keeps what a contest consists of: the tables, the one way to write into them with a trace in the
// journal, and what may be written at which stage.
package records

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"fayi/internal/atomicfile"
	"fayi/judging/media/pdf"
	"fayi/judging/office/internal/sets"
	"fayi/judging/office/internal/thumbs"
	"fayi/judging/store"
	"fayi/judging/tries"
)

// Config is what an Office needs from outside.
type Config struct {
	DB     store.DB
	Blobs  *store.Blobs
	Dir    string           // the contest's folder: backups go below it
	Now    func() time.Time // the clock; from many goroutines
	Random io.Reader        // source of keys and seeds; from many goroutines
	Actor  string           // who is at the machine, for the journal: "organiser"
	// with which program they are, and after a blank what they call this computer: "window 甲科的电脑"; for the journal,
	// "" says nothing
	Station string
	// which of the programs that share the store this is, for leases: of two that run at once, each has its own. ""
	// for a store that one program opens at a time.
	Owner string
	// OpenCopy opens a copy of the database to be read, a sealed one by what somebody typed, "" for nothing; nil where
	// copies are not known
	OpenCopy func(path, typed string) (store.DB, error)
	// the user's folder of caches, for what serves all contests, as the compiled PDF viewer; "" keeps it below Dir
	Cache string
	// the folder in which wrong tries of PINs and passwords are counted apart from the contest; "" counts none there
	TriesDir string
}

// Records works on one open contest. Its methods may be called from many goroutines.
type Records struct {
	DB      store.DB
	Blobs   *store.Blobs
	Dir     string
	Now     func() time.Time
	Random  io.Reader
	Actor   string
	Station string // as in Config
	Owner   string // as in Config
	Life    int64  // of this opening of the contest, see Lease
	Changes *bell

	OpenCopy func(path, typed string) (store.DB, error) // as in Config

	Points func(context.Context, store.Tx, Gate) ([]Point, error) // what is open at a gate, at all of them for ""

	Found []store.Found // by opening the store

	Papers *pdf.Engine   // opens PDF files; starts when the first is opened
	Thumbs *thumbs.Store // small pictures for the organiser

	Copying singleflight.Group // copies for judges being made

	Importing sync.Mutex   // imports of this program come one after the other; between programs the lease Numbers holds
	BackedUp  atomic.Int64 // journal entries in the last copy made by itself
	proving   *proving     // who is being proved
	readying  sync.Mutex
	ready     atomic.Bool    // see Ready
	Tries     *tries.Counter // of what guards a file, apart from the contest
	Codes     sync.Map       // code -> identity of works met at desks: a hint, checked at each use
}

// New returns the records of a contest, without Thumbs and Points.
func New(c Config) *Records {
	return &Records{
		DB: c.DB, Blobs: c.Blobs, Dir: c.Dir, Now: c.Now, Random: c.Random, Actor: c.Actor,
		Station: c.Station, Owner: c.Owner,
		Life: lives.Add(1), OpenCopy: c.OpenCopy, Tries: &tries.Counter{Dir: c.TriesDir, Now: c.Now},
		Changes: NewBell(), Papers: NewPapers(c), proving: newProving(),
	}
}

// bell rings for each of its listeners. Rings that a listener has not heard yet become one, and the last is never
// lost: who hears it, and looks then, sees all that was committed before it.
type bell struct {
	mu        sync.Mutex
	listeners map[chan struct{}]bool
}

// NewBell returns a bell that nobody listens to.
func NewBell() *bell { return &bell{listeners: map[chan struct{}]bool{}} }

// Ring signals every listener, and waits for none.
func (b *bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.listeners {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Subscribe adds a listener. Its channel is never closed; leave, which may be called again, ends the rings.
func (b *bell) Subscribe() (rings <-chan struct{}, leave func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listeners[c] = true
	return c, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.listeners, c)
	}
}

// View reads with fn and hands out its result.
func View[T any](ctx context.Context, db store.DB, fn func(store.Tx) (T, error)) (T, error) {
	var out T
	err := db.View(ctx, func(tx store.Tx) error {
		var err error
		out, err = fn(tx)
		return err
	})
	return out, err
}

// Collect gathers all that a reading function yields.
func Collect[T any](each func(func(T) error) error) ([]T, error) {
	var out []T
	err := each(func(v T) error { out = append(out, v); return nil })
	return out, err
}

// FirstError returns the first error that is one.
func FirstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// WriteFile writes a file whole or not at all.
func WriteFile(path string, write func(io.Writer) error) error {
	if err := sets.FilePlace(path); err != nil {
		return err
	}
	return store.Translate(path, atomicfile.Write(path, 0o644, write))
}
