// Package sealing opens the folders of contests, and sets, changes and takes away the password that seals them.
//
// Both programs come to a contest through a Door. It keeps the keys of what it opened, so that copies of an open
// contest open, too, and a contest that was sealed goes on without its password being typed again. Each change of a
// password is whole or not made, and stands in the journal of the file that it makes.
//
// It will not ask anybody anything: what opens a sealed contest comes from the caller. Errors are those of the stores.
package sealing

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/access"
	"fayi/judging/sharing"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/seal"
	"fayi/judging/tries"
)

// Door opens contests. Its methods may be called from many goroutines, for one contest one after the other.
type Door struct {
	Config func(dir string) office.Config // DB, Blobs and OpenCopy are the door's to set
	Cost   seal.Cost                      // of one try of a password; zero: what takes about a second here
	Serves bool                           // an open contest whose shared log this computer keeps is served to others

	mu    sync.Mutex
	count *tries.Counter        // of wrong passwords
	known []*bolt.Seal          // of what was opened
	here  map[string]*bolt.Seal // of contests, by folder
	files map[string]Files      // of open contests, by folder
	along map[string]Followed   // shared contests that are open, by folder
}

func database(dir string) string { return filepath.Join(dir, "contest.db") }

// cost is what a try costs.
func (d *Door) cost(c office.Config) seal.Cost {
	if d.Cost == (seal.Cost{}) {
		return seal.Calibrated(c.Now)
	}
	return d.Cost
}

// keep keeps how something is sealed: the contest in dir, or a copy for "".
func (d *Door) keep(dir string, s *bolt.Seal) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if s != nil && !slices.ContainsFunc(d.known, func(k *bolt.Seal) bool { return k.Key.Opens(s.Lock) }) {
		d.known = append(d.known, s) // once, however often it is opened
	}
	if d.here == nil {
		d.here = map[string]*bolt.Seal{}
	}
	if dir != "" {
		d.here[filepath.Clean(dir)] = s
	}
}

// Known unlocks what the door has opened before, and asks how for all else; how may be nil.
func (d *Door) Known(how seal.Unlock) seal.Unlock {
	return func(l seal.Lock) (*seal.Key, error) {
		d.mu.Lock()
		known := d.known
		d.mu.Unlock()
		for _, s := range known {
			if s.Key.Opens(l) {
				return s.Key, nil
			}
		}
		if how == nil {
			return nil, seal.Locked
		}
		return how(l)
	}
}

// Blank makes an empty store in the new folder dir, sealed like the contest in the folder like if that is sealed and
// open; "" for none.
func (d *Door) Blank(ctx context.Context, dir, like string) (office.Config, error) {
	c := d.Config(dir)
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		return c, err
	}
	d.mu.Lock()
	s := d.here[filepath.Clean(like)]
	d.mu.Unlock()
	if s != nil {
		err := errors.Join(blobs.Close(), db.Close())
		if err == nil {
			err = bolt.Rewrite(ctx, database(dir), nil, s, nil)
		}
		if err != nil {
			return c, errors.Join(err, os.RemoveAll(dir))
		}
		if db, blobs, err = bolt.OpenFolderWith(dir, seal.By(s.Key)); err != nil {
			return c, errors.Join(err, os.RemoveAll(dir))
		}
	}
	c.DB, c.Blobs, c.OpenCopy = db, blobs, d.openCopy
	return c, nil
}

// Open opens the contest in dir; how is asked when it is sealed.
func (d *Door) Open(ctx context.Context, dir string, how seal.Unlock) (*office.Office, error) {
	db, blobs, err := bolt.OpenFolderWith(dir, how)
	if err != nil {
		return nil, err
	}
	followed, shared, err := d.follow(ctx, dir, db, blobs, func() error { return nil })
	if err != nil {
		return nil, errors.Join(err, blobs.Close())
	}
	c := d.Config(dir)
	c.DB, c.Blobs, c.OpenCopy = db, blobs, d.openCopy
	if shared {
		c = followed.with(c)
	}
	o, err := office.Open(ctx, c)
	if err != nil {
		return nil, errors.Join(err, blobs.Close(), c.DB.Close())
	}
	d.keep(dir, db.Seal())
	d.goes(dir, followed, shared)
	return o, nil
}

// Peek reads what a copy of a contest's database holds.
func (d *Door) Peek(ctx context.Context, path string, how seal.Unlock) (office.Peek, error) {
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true, Unlock: d.Known(how)})
	if err != nil {
		return office.Peek{}, err
	}
	d.keep("", db.Seal())
	p, err := office.PeekStore(ctx, db)
	return p, errors.Join(err, db.Close())
}

// Whole is Peek that reads every page of the copy. Errors: those of Peek, and Corrupt for a copy that is damaged
// anywhere.
func (d *Door) Whole(ctx context.Context, path string, how seal.Unlock) (office.Peek, error) {
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true, Unlock: d.Known(how)})
	if err != nil {
		return office.Peek{}, err
	}
	d.keep("", db.Seal())
	if err := db.Check(ctx); err != nil {
		return office.Peek{}, errors.Join(err, db.Close())
	}
	p, err := office.PeekStore(ctx, db)
	return p, errors.Join(err, db.Close())
}

// Prove compares a password with the one that the copy at path carries, before it takes the place of a contest that
// can't be read: nobody can be asked for that one's. Errors: Forbidden for a wrong one, those of Peek.
func (d *Door) Prove(ctx context.Context, path, password string, how seal.Unlock) error {
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true, Unlock: d.Known(how)})
	if err != nil {
		return err
	}
	return errors.Join(access.ProveCopy(ctx, db, d.counter(), password), db.Close())
}

// Restore puts a copy in the place of the closed contest's database, which stays among the copies under the name kept;
// its path is returned. A contest that is sealed stays so, under its password of now where the copy has the same key or
// none; a copy with another key brings the password of its time along. Where several computers share the contest, what
// differs is written for all of them, and every copy keeps its seal. Errors: those of bolt.Restore; of a shared contest
// those of its log.
func (d *Door) Restore(ctx context.Context, dir, path, kept string, how seal.Unlock) (old string, err error) {
	unlock := d.Known(how)
	if sharing.Marked(dir) {
		return d.restoreShared(ctx, dir, path, kept, unlock)
	}
	before := d.sealBefore(dir, unlock)
	old, err = bolt.RestoreWith(ctx, unlock, dir, path, kept, office.SameContest)
	if err != nil || before == nil {
		return old, err
	}
	lock, err := bolt.ReadLock(database(dir))
	switch {
	case err != nil:
		return old, err
	case lock == nil:
		return old, bolt.Rewrite(ctx, database(dir), nil, before, nil)
	case before.Key.Opens(*lock):
		return old, d.relock(ctx, dir, before.Key, before.Lock, nil)
	}
	return old, nil
}

// sealBefore is how the contest that is to be replaced is sealed; nil also where it can't be read.
func (d *Door) sealBefore(dir string, how seal.Unlock) *bolt.Seal {
	lock, err := bolt.ReadLock(database(dir))
	if err != nil || lock == nil {
		return nil
	}
	key, err := how(*lock)
	if err != nil {
		return nil
	}
	s := &bolt.Seal{Key: key, Lock: *lock}
	d.keep(dir, s)
	return s
}

// Sealed reports whether the contest's database in dir, or the copy at a path that ends in .db, is sealed.
func Sealed(path string) (bool, error) {
	if !strings.HasSuffix(path, ".db") {
		path = database(path)
	}
	lock, err := bolt.ReadLock(path)
	return lock != nil, err
}

// relock gives the closed contest's database another lock of the same key.
func (d *Door) relock(
	ctx context.Context, dir string, key *seal.Key, l seal.Lock, note func(context.Context, store.DB) error,
) error {
	db, err := bolt.Open(database(dir), bolt.Options{NoCreate: true, Unlock: seal.By(key)})
	if err != nil {
		return err
	}
	if note == nil {
		note = func(ctx context.Context, db store.DB) error {
			return db.Update(ctx, func(store.Tx) error { return nil })
		}
	}
	if err := office.Ready(ctx, d.Config(dir), db); err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(db.Relock(ctx, l, note), db.Close())
}

// notSealed is the answer where there is no password to change.
func notSealed() error { return judging.Fail(judging.NotFound, "seal.none", nil) }

// Shut reports whether err says that a contest or a copy is sealed and was not opened: nothing was typed, or what was
// typed is wrong, or has to wait because the try before was.
func Shut(err error) bool {
	return errors.Is(err, seal.Locked) || errors.Is(err, seal.ErrWrong) || errors.Is(err, seal.ErrMistyped) ||
		errors.Is(err, tries.ErrWait)
}
