package bolt

import (
	"bytes"
	"context"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"fayi/judging"
	"fayi/judging/store"
)

// scanCheck is how many keys a Scan visits between two checks of the context.
const scanCheck = 256

// tx implements store.Tx. A panic of bbolt in it invalidates only this transaction.
type tx struct {
	ctx      context.Context
	db       *DB
	form     form
	btx      *bbolt.Tx
	bucket   *bbolt.Bucket
	group    *group // of an Update; nil in a View
	meter    store.Meter
	writes   int       // so far; tells a Scan that its cursor is stale
	bytes    int       // of them
	undoable bool      // what it writes over is kept in before
	before   []written // oldest first
	ended    bool      // an Update whose group may still be open
	failed   error     // the first failure; fails the transaction even if the caller ignores it
}

func (t *tx) begin(btx *bbolt.Tx) error {
	t.btx = btx
	return t.guard(func() error {
		if t.bucket = btx.Bucket(t.form.bucket()); t.bucket == nil {
			return berrors.ErrInvalid
		}
		t.bucket.FillPercent = t.db.fill
		return nil
	})
}

// call runs the caller's function. Its panics pass through, except one from bytes borrowed from a file that shrank.
func (t *tx) call(fn func(store.Tx) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if !isFault(r) {
				panic(r)
			}
			err = corrupt(t.db.path, panicked(r))
		}
	}()
	if err = fn(t); err != nil {
		return err
	}
	return t.failed
}

// guard calls into bbolt; a panic is Corrupt.
func (t *tx) guard(call func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = t.fail(corrupt(t.db.path, panicked(r)))
		}
	}()
	if t.ended {
		return t.fail(t.db.translate(berrors.ErrTxClosed))
	}
	return t.fail(t.db.translate(call()))
}

func (t *tx) fail(err error) error {
	if t.failed == nil {
		t.failed = err
	}
	return err
}

var absent = judging.Fail(judging.NotFound, "store.not_found", judging.Args{"Table": "", "ID": ""})

// Get implements store.Tx.
func (t *tx) Get(key []byte) ([]byte, error) {
	var raw []byte
	name := t.form.name(key)
	if err := t.guard(func() error { raw = t.bucket.Get(name); return nil }); err != nil {
		return nil, err
	}
	if raw == nil {
		return nil, absent
	}
	return t.open(name, raw, &scratch{})
}

// Put implements store.Tx.
func (t *tx) Put(key, value []byte) error {
	if err := t.count(key, len(value)); err != nil {
		return err
	}
	return t.guard(func() error {
		name := t.form.name(key)
		raw := t.form.frame(name, value)
		t.exchange(name, raw)
		return t.bucket.Put(name, raw)
	})
}

// Delete implements store.Tx.
func (t *tx) Delete(key []byte) error {
	if err := t.count(key, 0); err != nil {
		return err
	}
	return t.guard(func() error {
		name := t.form.name(key)
		t.exchange(name, nil)
		return t.bucket.Delete(name)
	})
}

// exchange tallies that a stored name gets another stored value; nil for no value.
func (t *tx) exchange(name, raw []byte) {
	if t.group.tally == nil {
		kept, ok := t.form.loadTally(t.btx)
		if !ok {
			kept = count(t.bucket)
		}
		t.group.tally = &kept
	}
	old := t.bucket.Get(name)
	if old != nil {
		t.group.tally.remove(name, old)
	}
	if raw != nil {
		t.group.tally.add(name, raw)
	}
	t.note(name, old)
}

// count counts one write and refuses it beyond the limit.
func (t *tx) count(key []byte, size int) error {
	if t.group == nil {
		return t.fail(t.db.translate(berrors.ErrTxNotWritable))
	}
	if err := store.CheckKey(key); err != nil {
		return t.fail(err)
	}
	t.writes, t.bytes = t.writes+1, t.bytes+len(key)+size
	return t.fail(t.meter.Add(len(key) + size))
}

// Scan implements store.Tx.
func (t *tx) Scan(prefix []byte, fn func(key, value []byte) error) error {
	if t.form.key != nil {
		return t.scanSealed(prefix, fn)
	}
	var c *bbolt.Cursor
	var k, v []byte
	prefix = bytes.Clone(prefix)
	err := t.guard(func() error {
		c = t.bucket.Cursor()
		k, v = c.Seek(prefix)
		return nil
	})
	for n := 1; err == nil && k != nil && bytes.HasPrefix(k, prefix); n++ {
		if n%scanCheck == 0 && t.ctx.Err() != nil {
			return t.ctx.Err()
		}
		writes := t.writes
		value, broken := t.open(k, v, nil)
		if broken != nil {
			return broken
		}
		if stop := fn(k, value); stop == store.ErrStop {
			return nil
		} else if stop != nil {
			return stop
		}
		err = t.guard(func() error {
			k, v = t.after(c, k, writes != t.writes)
			return nil
		})
	}
	return err
}

// open reads a stored value: of a plain file bytes that the file backs, of a sealed one bytes in s. One that is not
// what was written is Corrupt.
func (t *tx) open(name, raw []byte, s *scratch) (value []byte, err error) {
	err = t.guard(func() error {
		var whole bool
		if value, whole = t.form.unframe(name, raw, s); !whole {
			return t.form.altered(name)
		}
		return nil
	})
	return value, err
}

// after moves c beyond k. A cursor is invalid once its page was written, so a stale one seeks k again.
func (t *tx) after(c *bbolt.Cursor, k []byte, stale bool) (key, value []byte) {
	if !stale {
		return c.Next()
	}
	if key, value = c.Seek(k); bytes.Equal(key, k) {
		return c.Next()
	}
	return key, value
}
