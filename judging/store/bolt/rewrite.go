package bolt

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"go.etcd.io/bbolt"

	"fayi/internal/atomicfile"
	"fayi/judging/store"
	"fayi/judging/store/seal"
)

// Seal is how a file is to be sealed: by a key and the lock of that key.
type Seal struct {
	Key  *seal.Key
	Lock seal.Lock
}

// rewritten stands behind the name of a file in the making that will take its place. It may hold what was sealed
// until now, so whoever next opens the file for writing removes what a killed program left.
const rewritten = ".rewriting"

// How much Rewrite holds in memory.
const (
	lotWrites = 5000
	lotBytes  = 4 << 20

	// pouredFill is how full the pages of a file are that is written in order. A sealed value is longer than a plain
	// one, and opening reads the whole file: so it is no larger than one that has grown.
	pouredFill = 0.9
)

// Sealed implements store.Vault.
func (db *DB) Sealed() bool { return db.form.key != nil }

// Try implements store.Vault.
func (db *DB) Try(typed string) error {
	lock := db.locked.Load()
	if lock == nil {
		return nil
	}
	_, err := lock.Open(typed)
	return err
}

// Lock implements store.Vault.
func (db *DB) Lock() string {
	if lock := db.locked.Load(); lock != nil {
		return lock.Identity()
	}
	return ""
}

// Seal returns how the file is sealed, nil for a plain one.
func (db *DB) Seal() *Seal {
	if lock := db.locked.Load(); lock != nil {
		return &Seal{db.form.key, *lock}
	}
	return nil
}

// ReadLock returns the lock of the file at path, nil for a plain one. Errors: those of Open, but nothing is asked.
func ReadLock(path string) (*seal.Lock, error) {
	var lock *seal.Lock
	look := func(l seal.Lock) (*seal.Key, error) {
		lock = &l
		return nil, seal.Locked
	}
	db, err := Open(path, Options{ReadOnly: true, Unlock: look})
	if lock != nil {
		return lock, nil
	}
	if err != nil {
		return nil, err
	}
	return nil, db.Close()
}

// Rewrite makes the closed file at path a sealed one, or a plain one for a nil to: into a fresh file, so that nothing
// of the old one stays in free pages, which takes its place in one step at the end. finish, if not nil, writes into the
// new file before that. Whenever the program ends, be it by kill -9, there is one of the two, whole. The blocks that
// the old file had on the disk are given back, not written over. Errors: those of Open, Corrupt for a file that does
// not pass its check, those of finish.
func Rewrite(
	ctx context.Context, path string, how seal.Unlock, to *Seal, finish func(context.Context, store.DB) error,
) error {
	from, err := Open(path, Options{NoCreate: true, Unlock: how})
	if err != nil {
		return err
	}
	defer from.Close()
	if err := from.Check(ctx); err != nil {
		return err
	}
	next := path + rewritten
	defer os.Remove(next) // after its renaming there is none
	if err := write(ctx, next, from, to, finish); err != nil {
		return err
	}
	if runtime.GOOS == "windows" { // which renames over no open file
		if err := from.Close(); err != nil {
			return err
		}
	}
	if err := os.Rename(next, path); err != nil {
		return store.Translate(path, err)
	}
	atomicfile.SyncDir(filepath.Dir(path))
	return errors.Join(forget(path), from.Close())
}

// write makes the file at path with all that from holds.
func write(ctx context.Context, path string, from *DB, to *Seal, finish func(context.Context, store.DB) error) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return store.Translate(path, err)
	}
	db, err := fresh(path, to)
	if err != nil {
		return err
	}
	db.fill = pouredFill
	if err = from.pour(ctx, db); err == nil && finish != nil {
		err = finish(ctx, db)
	}
	return errors.Join(err, db.Close())
}

// fresh makes an empty file in the form asked for.
func fresh(path string, to *Seal) (*DB, error) {
	db, err := open(path, false)
	if err != nil || to == nil {
		return db, err
	}
	db.form = form{to.Key}
	db.locked.Store(&to.Lock)
	err = db.guard(func() error {
		return db.bolt.Update(func(btx *bbolt.Tx) error {
			if _, err := btx.CreateBucket(sealedBucket); err != nil {
				return err
			}
			decoy := btx.Bucket(bucketName).Put(decoyKey, frame(decoyKey, decoyValue))
			return errors.Join(decoy, db.form.storeTally(btx, tally{}), storeLock(btx, to.Lock))
		})
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// poured is a record on its way from one file into another: its name here and there.
type poured struct{ here, there, key []byte }

// pour writes all records of db into another file, in the order in which they will stand there: written so, they take
// no more pages than they must.
func (db *DB) pour(ctx context.Context, into *DB) error {
	return db.view(ctx, func(btx *bbolt.Tx) error {
		var all []poured
		b := btx.Bucket(db.form.bucket())
		c := b.Cursor()
		for k, _ := c.First(); k != nil; k, _ = c.Next() {
			key, whole := k, true
			if db.form.key != nil {
				key, whole = db.form.key.Plain(k)
			}
			if !whole {
				return db.form.altered(k)
			}
			all = append(all, poured{k, into.form.name(key), key})
		}
		slices.SortFunc(all, func(a, b poured) int { return bytes.Compare(a.there, b.there) })
		for len(all) > 0 {
			n, err := db.pourSome(ctx, into, b, all)
			if err != nil {
				return err
			}
			all = all[n:]
		}
		return nil
	})
}

// pourSome writes the first records of all in one transaction, and returns how many.
func (db *DB) pourSome(ctx context.Context, into *DB, b *bbolt.Bucket, all []poured) (n int, err error) {
	var s scratch
	err = into.Update(ctx, func(tx store.Tx) error {
		for size := 0; n < min(len(all), lotWrites) && size < lotBytes; n++ {
			p := all[n]
			value, whole := db.form.unframe(p.here, b.Get(p.here), &s)
			if !whole {
				return db.form.altered(p.here)
			}
			if err := tx.Put(p.key, value); err != nil {
				return err
			}
			size += len(value)
		}
		return nil
	})
	return n, err
}

// Relock gives the sealed file another lock of the same key, in the transaction that finish makes: another password, or
// another recovery code. Pages that are free now may keep the old lock until they are used again.
func (db *DB) Relock(ctx context.Context, l seal.Lock, finish func(context.Context, store.DB) error) error {
	if db.form.key == nil || !db.form.key.Opens(l) {
		return seal.Locked
	}
	return finish(ctx, relocking{db, l})
}

// relocking writes a lock with each transaction.
type relocking struct {
	*DB
	to seal.Lock
}

// Update implements store.DB.
func (r relocking) Update(ctx context.Context, fn func(store.Tx) error) error {
	err := r.alone(ctx, func(t store.Tx) error {
		if err := fn(t); err != nil {
			return err
		}
		inner := t.(*tx)
		inner.writes++
		return inner.guard(func() error { return storeLock(inner.btx, r.to) })
	})
	if err == nil {
		r.locked.Store(&r.to)
	}
	return err
}
