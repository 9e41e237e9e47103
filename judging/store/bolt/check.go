package bolt

import (
	"context"
	"errors"
	"io"

	"go.etcd.io/bbolt"
)

// Snapshot implements store.Snapshotter. An error of w comes back as it is. Updates that make the file grow wait
// for it.
func (db *DB) Snapshot(ctx context.Context, w io.Writer) error {
	out := &writer{ctx: ctx, w: w}
	err := db.view(ctx, func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(out)
		return err
	})
	if out.err != nil {
		return out.err
	}
	return err
}

// Check implements store.Checker. Updates wait for it. Records that are not what was written are damage, too.
func (db *DB) Check(ctx context.Context) error {
	if err := db.checkPages(ctx); err != nil {
		return err
	}
	places, whole, err := db.Altered(ctx)
	switch {
	case err != nil:
		return err
	case len(places) > 0:
		return form{}.altered([]byte(places[0].Table + "\x00" + places[0].ID))
	case !whole:
		return corrupt(db.path, errors.New("records are gone"))
	}
	return nil
}

// checkPages checks the file's own structure.
func (db *DB) checkPages(ctx context.Context) error {
	if err := db.lock(ctx); err != nil {
		return err
	}
	defer db.unlock()
	if err := db.checkShape(); err != nil {
		return err
	}
	if err := db.checkHeads(); err != nil {
		return err
	}
	return db.view(ctx, func(tx *bbolt.Tx) error {
		var first error
		for err := range tx.Check() {
			if first == nil {
				first = corrupt(db.path, err)
			}
		}
		return first
	})
}

// view runs fn in a transaction of bbolt's own.
func (db *DB) view(ctx context.Context, fn func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.guard(func() error { return db.bolt.View(fn) })
}

// writer stops a copy when ctx ends, and keeps the error that bbolt would hide.
type writer struct {
	ctx context.Context
	w   io.Writer
	err error
}

func (w *writer) Write(p []byte) (n int, err error) {
	if w.err = w.ctx.Err(); w.err == nil {
		n, w.err = w.w.Write(p)
	}
	return n, w.err
}
