// Package bolt keeps a store.DB in one bbolt file.
//
// One process at a time may write the file, and no other may read it then: a second Open is Busy after a second. A
// file that is damaged, cut short or not bbolt's is Corrupt, never a panic: the layout of every page is checked
// before bbolt reads it. A committed Update is on disk (fsync).
package bolt

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/seal"
)

const (
	lockWait = time.Second // of each of the two steps of Open
	growStep = 256 << 10   // in bytes; how much the file is longer than it must be
	pageSize = 4096        // in bytes; the same on every machine
	fileMode = 0o600

	// fillPercent is how full a page is left when it is split. Most records come in the order of their identities,
	// so the left half of a split is never written again: with bbolt's 0.5 a contest of 100,000 works takes 169 MB,
	// with this 109 MB. Fuller pages would save little more (0.9: 99 MB) and be split again at each change.
	fillPercent = 0.7
)

// limit keeps what one commit holds in memory small; a commit of this size takes about 0.1 s on a solid-state disk.
var limit = store.Limit{Writes: 20_000, Bytes: 16 << 20}

var bucketName = []byte("kv")

// Options say how a file is opened.
type Options struct {
	ReadOnly bool // several processes may, if none writes; Update is Forbidden
	NoCreate bool // an absent file is NotFound, an empty one Corrupt; implied by ReadOnly

	// Unlock finds the key of a sealed file; without it, a sealed file is Forbidden, seal.Locked.
	Unlock seal.Unlock
}

// DB is an open file.
type DB struct {
	path   string
	bolt   *bbolt.DB
	file   *os.File
	form   form
	fill   float64                   // of pages that are split
	locked atomic.Pointer[seal.Lock] // of a sealed file
	writer chan struct{}             // holds one token while an Update or a Check runs; who waits is served in turn
	open   *group                    // Updates that ran and are to be committed; belongs to who has the token
	broken atomic.Bool               // bbolt panicked while it held its locks: no call may enter it again
	close  sync.Once
	found  []store.Found // by opening
	opened int           // commits then, of a contest's database; 0: nothing is remembered of it
	kept   keeping
}

var (
	_ store.DB          = (*DB)(nil)
	_ store.Snapshotter = (*DB)(nil)
	_ store.Checker     = (*DB)(nil)
	_ store.Auditor     = (*DB)(nil)
	_ store.Vault       = (*DB)(nil)
	_ store.Inspected   = (*DB)(nil)
)

// Open opens the file at path, and creates it if there is none. Held by another process it is Busy, after one to
// two seconds; damaged or not a store it is Corrupt, and left as it is; sealed, and not opened by opt.Unlock, what that
// answers, Forbidden; otherwise Unavailable.
func Open(path string, opt Options) (*DB, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist) && !opt.NoCreate && !opt.ReadOnly:
		return create(path)
	case err != nil:
		return nil, store.Translate(path, err)
	case !info.Mode().IsRegular():
		return nil, judging.Fail(judging.Unavailable, "store.unavailable", judging.Args{"File": info.Name()})
	case info.Size() == 0 && !opt.NoCreate && !opt.ReadOnly:
		return open(path, false) // left by a creation that was cut off
	case info.Size() == 0:
		return nil, corrupt(path, errors.New("empty file"))
	}
	// Opened for reading, bbolt follows no page, so the shape is proved before it does.
	db, err := open(path, true)
	if err != nil {
		return nil, err
	}
	key, err := db.firstLook(opt)
	if err != nil {
		db.Close()
		return nil, err
	}
	if opt.ReadOnly {
		return db, nil
	}
	found := db.found
	if err = db.Close(); err != nil {
		return nil, err
	}
	if db, err = open(path, false); err != nil {
		return nil, err
	}
	if err = db.openLock(seal.By(key)); err != nil {
		db.Close()
		return nil, err
	}
	db.found = found
	_ = os.Remove(path + rewritten) // of a Rewrite that was killed; nobody else is at one now
	return db, nil
}

// firstLook proves the shape of a file opened for reading and unlocks it. It returns the key of a sealed one.
func (db *DB) firstLook(opt Options) (*seal.Key, error) {
	if err := db.checkShape(); err != nil {
		return nil, err
	}
	if err := db.lookAtHeads(); err != nil {
		return nil, err
	}
	if err := db.openLock(opt.Unlock); err != nil || !opt.ReadOnly {
		return db.form.key, err
	}
	return db.form.key, db.View(context.Background(), func(store.Tx) error { return nil })
}

// openLock finds the form of the file: nothing is asked for a plain one. Errors: Corrupt, those of how.
func (db *DB) openLock(how seal.Unlock) error {
	lock, err := db.loadLock()
	if err != nil || lock == nil {
		return err
	}
	if how == nil {
		return seal.Locked
	}
	key, err := how(*lock)
	if err != nil {
		return err
	}
	if !key.Opens(*lock) {
		return seal.Locked
	}
	db.form = form{key}
	db.locked.Store(lock)
	return nil
}

// create makes a new file; one that could not be finished is removed, since the next Open would take it for damaged.
func create(path string) (*DB, error) {
	db, err := open(path, false)
	if code := judging.CodeOf(err); code == judging.Unavailable || code == judging.Internal {
		os.Remove(path)
	}
	return db, err
}

// open opens the file with bbolt. For writing, it sees to it that the bucket exists.
func open(path string, readOnly bool) (db *DB, err error) {
	db = &DB{path: path, fill: fillPercent, writer: make(chan struct{}, 1)}
	opt := &bbolt.Options{
		Timeout:      lockWait,
		ReadOnly:     readOnly,
		PageSize:     pageSize,
		FreelistType: bbolt.FreelistMapType,
		NoStatistics: true,
	}
	if !readOnly {
		opt.InitialMmapSize = mapSize
	}
	opt.OpenFile = func(name string, flag int, perm os.FileMode) (f *os.File, err error) {
		db.file, err = os.OpenFile(name, flag, perm)
		return db.file, err
	}
	err = db.guard(func() (err error) {
		db.bolt, err = bbolt.Open(path, fileMode, opt)
		return err
	})
	if err != nil {
		db.file.Close() // bbolt does, unless it panicked
		return nil, err
	}
	if db.replaced() {
		db.Close()
		return nil, judging.Fail(judging.Busy, "store.busy", judging.Args{"File": store.Shown(path)})
	}
	db.bolt.AllocSize = growStep
	if readOnly {
		return db, nil
	}
	if err = db.makeBucket(); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// replaced reports whether another program put another file in the place of this one while its lock was waited for:
// what would be written here, nobody would read.
func (db *DB) replaced() bool {
	mine, err := db.file.Stat()
	if err != nil {
		return false // bbolt's calls will tell
	}
	there, err := os.Stat(db.path)
	return err != nil || !os.SameFile(mine, there)
}

// makeBucket creates the bucket of an empty file. A file with other buckets only is not ours: Corrupt.
func (db *DB) makeBucket() error {
	return db.guard(func() error {
		has, foreign := false, false
		err := db.bolt.View(func(tx *bbolt.Tx) error {
			has = tx.Bucket(bucketName) != nil || tx.Bucket(sealedBucket) != nil
			first, _ := tx.Cursor().First()
			foreign = !has && first != nil
			return nil
		})
		if err != nil || has {
			return err
		}
		if foreign {
			return berrors.ErrInvalid
		}
		return db.bolt.Update(func(tx *bbolt.Tx) error {
			_, err := tx.CreateBucket(bucketName)
			return err
		})
	})
}

// View implements store.DB.
func (db *DB) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // borrowed bytes are memory that a file backs
	btx, err := db.begin(false)
	if err != nil {
		return err
	}
	defer db.guard(func() error { return btx.Rollback() })
	t := &tx{ctx: ctx, db: db, form: db.form}
	if err = t.begin(btx); err != nil {
		return err
	}
	return t.call(fn)
}

func (db *DB) begin(writable bool) (btx *bbolt.Tx, err error) {
	err = db.guard(func() (err error) {
		btx, err = db.bolt.Begin(writable)
		return err
	})
	return btx, err
}

// ReadOnly reports whether the file was opened to be read only.
func (db *DB) ReadOnly() bool { return db.bolt.IsReadOnly() }

// Path is where the file was opened.
func (db *DB) Path() string { return db.path }

// Limit implements store.DB.
func (db *DB) Limit() store.Limit { return limit }

// Close implements store.DB.
func (db *DB) Close() (err error) {
	db.close.Do(func() {
		if db.broken.Load() {
			// gives the lock back; the memory map stays until the process ends
			err = store.Translate(db.path, db.file.Close())
			return
		}
		db.remember()
		err = db.guard(db.bolt.Close)
	})
	return err
}

// lock waits until no Update runs and none is to be committed any more.
func (db *DB) lock(ctx context.Context) error {
	if err := db.take(ctx); err != nil {
		return err
	}
	if db.open != nil {
		db.finish()
	}
	return nil
}

// take waits for the token.
func (db *DB) take(ctx context.Context) error {
	select {
	case db.writer <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (db *DB) unlock() { <-db.writer }

// guard calls into bbolt and translates what comes back. A panic is damage that bbolt ran into: Corrupt, and db is
// not used again, since bbolt may still hold its locks. It may go when bbolt returns errors instead:
// https://github.com/etcd-io/bbolt/issues/447, and for opening a damaged file
// https://github.com/etcd-io/bbolt/issues/105
func (db *DB) guard(call func() error) (err error) {
	if db.broken.Load() {
		return corrupt(db.path, nil)
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			db.broken.Store(true)
			err = corrupt(db.path, panicked(r))
		}
	}()
	return db.translate(call())
}
