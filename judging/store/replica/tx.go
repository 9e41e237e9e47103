package replica

import (
	"bytes"
	"cmp"
	"errors"

	"fayi/judging"
	"fayi/judging/store"
)

// errLater ends a transaction that grew too large for the entry it was to share with others: it runs again, alone.
var errLater = errors.New("replica: too large to share an entry")

// tx is one Update's part of a transaction of the copy, or a View. It keeps what it writes, for the entry, and what
// stood there before, so that one of several can be taken back.
type tx struct {
	store.Tx
	writable bool
	room     store.Limit // of a member that shares an entry with others; zero: its own limit
	meter    store.Meter
	size     int // bytes, keys and values written
	puts     []put
	before   []put // what stood there, oldest first
	refused  error // the first write that was: nothing is committed even if the caller ignores it
}

// Kept implements store.Keeper. The copy's own record, which Get hides, is in no table.
func (t *tx) Kept() *store.Kept { return store.KeptOf(t.Tx) }

// Get implements store.Tx.
func (t *tx) Get(key []byte) ([]byte, error) {
	if bytes.Equal(key, stateKey) {
		return nil, judging.Fail(judging.NotFound, "store.not_found", judging.Args{"Table": "", "ID": ""})
	}
	return t.Tx.Get(key)
}

// Put implements store.Tx.
func (t *tx) Put(key, value []byte) error {
	return t.write(put{key: key, value: value}, func() error { return t.Tx.Put(key, value) })
}

// Delete implements store.Tx.
func (t *tx) Delete(key []byte) error {
	return t.write(put{key: key, gone: true}, func() error { return t.Tx.Delete(key) })
}

func (t *tx) write(p put, do func() error) error {
	if !t.writable {
		return do() // the copy refuses it
	}
	if err := t.count(p); err != nil {
		return t.refuse(err)
	}
	key := bytes.Clone(p.key)
	if t.undoable() {
		if err := t.note(key); err != nil {
			return err
		}
	}
	t.puts = append(t.puts, put{key: key, value: bytes.Clone(p.value), gone: p.gone})
	return do()
}

// undoable reports whether the transaction is to be taken back by itself where it fails: one that shares its entry.
func (t *tx) undoable() bool { return t.room.Writes > 0 }

// note keeps what stands under key.
func (t *tx) note(key []byte) error {
	old, err := t.Tx.Get(key)
	switch {
	case errors.Is(err, judging.ErrNotFound):
		t.before = append(t.before, put{key: key, gone: true})
		return nil
	case err != nil:
		return err
	}
	t.before = append(t.before, put{key: key, value: bytes.Clone(old)})
	if t.size += len(old); t.size > t.room.Bytes {
		return t.refuse(errLater)
	}
	return nil
}

func (t *tx) refuse(err error) error {
	t.refused = cmp.Or(t.refused, err)
	return err
}

// count refuses what no transaction, or none that shares its entry, may write.
func (t *tx) count(p put) error {
	if err := store.CheckKey(p.key); err != nil {
		return err
	}
	if bytes.Equal(p.key, stateKey) {
		return judging.Fail(judging.Internal, "store.fault", nil).Because(errors.New("a key of the log's own"))
	}
	n := len(p.key) + len(p.value)
	if t.size += n; t.undoable() && (len(t.puts) >= t.room.Writes || t.size > t.room.Bytes) {
		return errLater
	}
	return t.meter.Add(n)
}

// takeBack puts back what stood where the member wrote, the last first.
func (t *tx) takeBack() error {
	for i := len(t.before) - 1; i >= 0; i-- {
		if err := t.before[i].apply(t.Tx); err != nil {
			return err
		}
	}
	return nil
}

// apply writes p.
func (p put) apply(tx store.Tx) error {
	if p.gone {
		return tx.Delete(p.key)
	}
	return tx.Put(p.key, p.value)
}

// Scan implements store.Tx.
func (t *tx) Scan(prefix []byte, fn func(key, value []byte) error) error {
	return t.Tx.Scan(prefix, func(key, value []byte) error {
		if bytes.Equal(key, stateKey) {
			return nil
		}
		return fn(key, value)
	})
}
