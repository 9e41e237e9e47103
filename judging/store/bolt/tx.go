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
	bucket   *bbolt.Bucket
	writable bool
	meter    store.Meter
	writes   int   // so far; tells a Scan that its cursor is stale
	failed   error // the first failure; fails the transaction even if the caller ignores it
}

func (t *tx) begin(btx *bbolt.Tx) error {
	return t.guard(func() error {
		if t.bucket = btx.Bucket(bucketName); t.bucket == nil {
			return berrors.ErrInvalid
		}
		t.bucket.FillPercent = fillPercent
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
func (t *tx) Get(key []byte) (value []byte, err error) {
	err = t.guard(func() error { value = t.bucket.Get(key); return nil })
	if err == nil && value == nil {
		return nil, absent
	}
	return value, err
}

// Put implements store.Tx.
func (t *tx) Put(key, value []byte) error {
	if err := t.count(key, len(value)); err != nil {
		return err
	}
	return t.guard(func() error { return t.bucket.Put(key, append(make([]byte, 0, len(value)), value...)) })
}

// Delete implements store.Tx.
func (t *tx) Delete(key []byte) error {
	if err := t.count(key, 0); err != nil {
		return err
	}
	return t.guard(func() error { return t.bucket.Delete(key) })
}

// count counts one write and refuses it beyond the limit.
func (t *tx) count(key []byte, size int) error {
	if !t.writable {
		return t.fail(t.db.translate(berrors.ErrTxNotWritable))
	}
	if err := store.CheckKey(key); err != nil {
		return t.fail(err)
	}
	t.writes++
	return t.fail(t.meter.Add(len(key) + size))
}

// Scan implements store.Tx.
func (t *tx) Scan(prefix []byte, fn func(key, value []byte) error) error {
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
		if err := fn(k, v); err == store.ErrStop {
			return nil
		} else if err != nil {
			return err
		}
		err = t.guard(func() error {
			k, v = t.after(c, k, writes != t.writes)
			return nil
		})
	}
	return err
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
