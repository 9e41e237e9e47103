// Package judgetest is the test kit: stores that are stricter than any in use, and suites that prove an
// implementation keeps its contract. Only tests import it.
package judgetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// strictLimit is etcd's, with a margin.
var strictLimit = store.Limit{Writes: 100, Bytes: 1 << 20}

// OpenStrict opens a new bolt file in a directory of the test, made Strict. At the end of the test it is closed and
// checked by bbolt.
func OpenStrict(t testing.TB) store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "contest.db")
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		CheckFile(t, path)
	})
	return Strict(t, db)
}

// Strict wraps db so that it does everything a store may do: each function runs twice, in Update first on writes
// that are undone; borrowed bytes are overwritten when they are no longer valid; an Update is held to 100 writes
// and 1 MiB; and what a caller must not do (write under a running Scan's prefix, write in a View, use a Tx after
// its end) is Internal. It is a Snapshotter and a Checker if db is. The parameter t makes sure that only tests use
// it.
func Strict(_ testing.TB, db store.DB) store.DB { return &strict{db: db} }

type strict struct{ db store.DB }

func (s *strict) Limit() store.Limit { return strictLimit }
func (s *strict) Close() error       { return s.db.Close() }

func (s *strict) View(ctx context.Context, fn func(store.Tx) error) error {
	for range 2 {
		if err := s.db.View(ctx, func(tx store.Tx) error { return s.run(tx, false, fn) }); err != nil {
			return err
		}
	}
	return nil
}

var errAgain = errors.New("judgetest: undo and run again")

func (s *strict) Update(ctx context.Context, fn func(store.Tx) error) error {
	err := s.db.Update(ctx, func(tx store.Tx) error {
		if err := s.run(tx, true, fn); err != nil {
			return err
		}
		return errAgain
	})
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.db.Update(ctx, func(tx store.Tx) error { return s.run(tx, true, fn) })
}

// run gives fn a transaction of its own, and overwrites what was borrowed when it ends.
func (s *strict) run(inner store.Tx, writable bool, fn func(store.Tx) error) error {
	tx := &strictTx{inner: inner, writable: writable, meter: store.Meter{Limit: strictLimit}}
	defer tx.end()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.failed
}

func (s *strict) Snapshot(ctx context.Context, w io.Writer) error {
	if db, ok := s.db.(store.Snapshotter); ok {
		return db.Snapshot(ctx, w)
	}
	return errors.ErrUnsupported
}

func (s *strict) Check(ctx context.Context) error {
	if db, ok := s.db.(store.Checker); ok {
		return db.Check(ctx)
	}
	return errors.ErrUnsupported
}

// strictTx watches one transaction.
type strictTx struct {
	inner    store.Tx
	writable bool
	meter    store.Meter
	lent     [][]byte
	scans    [][]byte // prefixes of the scans that run
	ended    bool
	failed   error // the first misuse or refused write; fails the transaction even if the caller ignores it
}

func (x *strictTx) Get(key []byte) ([]byte, error) {
	if err := x.use(); err != nil {
		return nil, err
	}
	v, err := x.inner.Get(bytes.Clone(key))
	if err != nil {
		return nil, err
	}
	return x.borrow(v), nil
}

func (x *strictTx) Put(key, value []byte) error {
	if err := x.write(key, len(value)); err != nil {
		return err
	}
	return x.keepNothing(key, value, x.inner.Put)
}

func (x *strictTx) Delete(key []byte) error {
	if err := x.write(key, 0); err != nil {
		return err
	}
	return x.keepNothing(key, nil, func(k, _ []byte) error { return x.inner.Delete(k) })
}

// Kept is the inner store's.
func (x *strictTx) Kept() *store.Kept {
	if x.ended {
		return nil
	}
	return store.KeptOf(x.inner)
}

func (x *strictTx) Scan(prefix []byte, fn func(key, value []byte) error) error {
	if err := x.use(); err != nil {
		return err
	}
	x.scans = append(x.scans, bytes.Clone(prefix))
	defer func() { x.scans = x.scans[:len(x.scans)-1] }()
	return x.inner.Scan(prefix, func(k, v []byte) error {
		key, value := borrow(k), borrow(v)
		defer poison(key, value)
		return fn(key, value)
	})
}

// keepNothing calls a write of the inner store with slices that are overwritten afterwards.
func (x *strictTx) keepNothing(key, value []byte, write func(key, value []byte) error) error {
	key, value = borrow(key), borrow(value)
	defer poison(key, value)
	return write(key, value)
}

// write counts one write and refuses it beyond the limit.
func (x *strictTx) write(key []byte, size int) error {
	if err := x.use(); err != nil {
		return err
	}
	if !x.writable {
		return x.misuse("write in a View")
	}
	for _, prefix := range x.scans {
		if bytes.HasPrefix(key, prefix) {
			return x.misuse("write under the prefix of a running Scan")
		}
	}
	if err := store.CheckKey(key); err != nil {
		return x.fail(err)
	}
	if err := x.meter.Add(len(key) + size); err != nil {
		return x.fail(err)
	}
	return nil
}

func (x *strictTx) use() error {
	if x.ended {
		return x.misuse("use after the end of the transaction")
	}
	return nil
}

func (x *strictTx) misuse(what string) error {
	return x.fail(judging.Fail(judging.Internal, "store.fault", nil).Because(errors.New(what)))
}

func (x *strictTx) fail(err error) error {
	if x.failed == nil {
		x.failed = err
	}
	return err
}

func (x *strictTx) borrow(b []byte) []byte {
	b = borrow(b)
	x.lent = append(x.lent, b)
	return b
}

func (x *strictTx) end() {
	x.ended = true
	poison(x.lent...)
}

// borrow copies b; an empty slice stays one.
func borrow(b []byte) []byte { return append(make([]byte, 0, len(b)), b...) }

// poison fills each slice with a byte that is in no UTF-8 text.
func poison(slices ...[]byte) {
	for _, b := range slices {
		for i := range b {
			b[i] = 0xff
		}
	}
}
