package lanlog

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"sync"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
)

const (
	most     = 8 << 20     // bytes of an entry
	together = 4 << 20     // bytes that one Read returns, about
	mostBody = 2*most + 64 // bytes of a request: two notes with their lengths
)

// Keep is a log in a file on this computer, which one program has open. That program uses it as it is, and others reach
// it through a Server.
type Keep struct {
	db store.DB // an entry under its position

	mu      sync.Mutex
	last    uint64
	changed chan struct{} // closed at the next Append
	done    chan struct{}
	closed  bool
	wishes  []replica.Wish  // that stand, the oldest first
	asked   int             // tries of those who wait
	over    map[string]bool // that came true: a request which somebody sends again lays none
}

var _ replica.Log = (*Keep)(nil)

// OpenKeep opens the file at path, and makes it where there is none. Errors: those of bolt.Open.
func OpenKeep(path string) (*Keep, error) {
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return nil, err
	}
	k := &Keep{db: db, changed: make(chan struct{}), done: make(chan struct{}), over: map[string]bool{}}
	if k.last, err = lastOf(db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return k, nil
}

// lastOf finds the last position. There are no gaps behind the first, so it is sought as in a list that is in order.
func lastOf(db store.DB) (last uint64, err error) {
	err = db.View(context.Background(), func(tx store.Tx) error {
		first, err := firstOf(tx)
		if err != nil || first == 0 {
			last = 0
			return err
		}
		there, beyond := first, first+1
		for {
			is, err := has(tx, beyond)
			if err != nil {
				return err
			}
			if !is {
				break
			}
			there, beyond = beyond, beyond+2*(beyond-first)
		}
		for beyond-there > 1 {
			middle := there + (beyond-there)/2
			is, err := has(tx, middle)
			switch {
			case err != nil:
				return err
			case is:
				there = middle
			default:
				beyond = middle
			}
		}
		last = there
		return nil
	})
	return last, err
}

// firstOf finds the first position that was not cut off, 0 where nothing stands in the log.
func firstOf(tx store.Tx) (first uint64, err error) {
	err = tx.Scan([]byte{0}, func(key, _ []byte) error { // no position is so large that another byte begins it
		first = binary.BigEndian.Uint64(key)
		return store.ErrStop
	})
	return first, err
}

func name(at uint64) []byte { return binary.BigEndian.AppendUint64(nil, at) }

func has(tx store.Tx, at uint64) (bool, error) {
	_, err := tx.Get(name(at))
	if errors.Is(err, judging.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Append implements replica.Log. The entry is on the disk when it returns.
func (k *Keep) Append(ctx context.Context, at uint64, entry []byte) error {
	if at == 0 {
		return replica.ErrGap
	}
	err := k.db.Update(ctx, func(tx store.Tx) error {
		if taken, err := has(tx, at); err != nil || taken {
			return cmp.Or(err, replica.ErrTaken)
		}
		first, err := firstOf(tx)
		if err != nil || at < first {
			return cmp.Or(err, replica.ErrTaken) // by one that was cut off
		}
		if at > 1 {
			if before, err := has(tx, at-1); err != nil || !before {
				return cmp.Or(err, replica.ErrGap)
			}
		}
		return tx.Put(name(at), entry)
	})
	if err != nil {
		return err
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
	err = k.db.View(ctx, func(tx store.Tx) error {
		entries = nil
		if first, err := firstOf(tx); err != nil || from < first {
			return cmp.Or(err, replica.ErrCut)
		}
		for at, size := from, 0; size < together; at++ {
			v, err := tx.Get(name(at))
			if errors.Is(err, judging.ErrNotFound) {
				return nil
			}
			if err != nil {
				return err
			}
			entries = append(entries, bytes.Clone(v))
			size += len(v)
		}
		return nil
	})
	return entries, err
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
	if !k.closed {
		k.closed = true
		close(k.done)
	}
	return k.db.Close()
}
