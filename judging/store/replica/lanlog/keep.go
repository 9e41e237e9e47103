package lanlog

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/replica"
)

const (
	most     = 8 << 20 // bytes of an entry
	together = 4 << 20 // bytes that one Read returns, about
)

var bucket = []byte("log")

// Keep is a log in a file on this computer, which one program has open. That program uses it as it is, and others reach
// it through a Server.
type Keep struct {
	db *bbolt.DB

	mu      sync.Mutex
	last    uint64
	changed chan struct{} // closed at the next Append
	done    chan struct{}
	closed  bool
}

var _ replica.Log = (*Keep)(nil)

// OpenKeep opens the file at path, and makes it where there is none. Errors: Busy while another program has it open,
// Corrupt, Unavailable.
func OpenKeep(path string) (*Keep, error) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
	switch {
	case errors.Is(err, bbolt.ErrTimeout):
		return nil, judging.Fail(judging.Busy, "store.busy", judging.Args{"File": store.Shown(path)})
	case err != nil:
		return nil, store.Translate(path, err)
	}
	k := &Keep{db: db, changed: make(chan struct{}), done: make(chan struct{})}
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(bucket)
		if err != nil {
			return err
		}
		if last, _ := b.Cursor().Last(); last != nil {
			k.last = binary.BigEndian.Uint64(last)
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(store.Translate(path, err), db.Close())
	}
	return k, nil
}

func name(at uint64) []byte { return binary.BigEndian.AppendUint64(nil, at) }

// Append implements replica.Log. The entry is on the disk when it returns.
func (k *Keep) Append(ctx context.Context, at uint64, entry []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(entry) > most || at == 0 {
		return judging.Fail(judging.Invalid, "store.too_big", judging.Args{"Writes": 1, "Bytes": most})
	}
	err := k.db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucket)
		if b.Get(name(at)) != nil {
			return replica.ErrTaken
		}
		if at > 1 && b.Get(name(at-1)) == nil {
			return replica.ErrGap
		}
		return b.Put(name(at), entry)
	})
	if err != nil {
		return k.translate(err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.last = max(k.last, at); !k.closed {
		close(k.changed)
		k.changed = make(chan struct{})
	}
	return nil
}

// Read implements replica.Log.
func (k *Keep) Read(ctx context.Context, from uint64) (entries [][]byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = k.db.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucket).Cursor()
		size := 0
		for n, v := c.Seek(name(from)); n != nil && size < together; n, v = c.Next() {
			entries = append(entries, bytes.Clone(v))
			size += len(v)
		}
		return nil
	})
	return entries, k.translate(err)
}

// Wait implements replica.Log.
func (k *Keep) Wait(ctx context.Context, at uint64) error {
	for {
		k.mu.Lock()
		last, changed := k.last, k.changed
		k.mu.Unlock()
		if last >= at {
			return nil
		}
		select {
		case <-changed:
		case <-k.done:
			return judging.Fail(judging.Unavailable, "share.away", nil)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Most implements replica.Log.
func (k *Keep) Most() int { return most }

// Close implements replica.Log.
func (k *Keep) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return nil
	}
	k.closed = true
	close(k.done)
	return k.translate(k.db.Close())
}

func (k *Keep) translate(err error) error {
	if errors.Is(err, replica.ErrTaken) || errors.Is(err, replica.ErrGap) {
		return err
	}
	return store.Translate(k.db.Path(), err)
}
