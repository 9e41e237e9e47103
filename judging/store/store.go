package store

import (
	"context"
	"errors"
	"io"

	"fayi/judging"
)

// MaxKey is the longest key a Tx takes, in bytes. The shortest is 1.
const MaxKey = 4096

// ErrStop, returned by the function of a Scan (or of Each, By, EachPrefix), ends it early and without error.
var ErrStop = errors.New("store: stop")

// Tx is one transaction: a view of all keys at one moment, and in Update the writes made on top of it.
//
// It belongs to the goroutine and to the call of the function it was given to. After any error of a method, except
// NotFound, nothing is committed, even if the function swallows it.
type Tx interface {
	// Get returns the value of key. It is valid until the transaction ends and must not be changed. An absent key
	// is an error that matches judging.ErrNotFound.
	Get(key []byte) ([]byte, error)

	// Put sets the value of key, and keeps neither slice. A value may be empty. A key of 0 or more than MaxKey
	// bytes is Invalid, as is a transaction that grows beyond the Limit of its DB.
	Put(key, value []byte) error

	// Delete removes key; an absent key is no error. It counts as one write.
	Delete(key []byte) error

	// Scan calls fn with each key that starts with prefix (all keys, if it is empty) in ascending order of bytes,
	// this transaction's own writes included, until fn returns an error; ErrStop ends it without error. Both slices
	// are valid until fn returns. Within fn, no key that starts with prefix may be written.
	Scan(prefix []byte, fn func(key, value []byte) error) error
}

// Limit is how much one Update may write. Bulk splits larger jobs.
type Limit struct {
	Writes int // Puts and Deletes
	Bytes  int // of the keys and values put and the keys deleted
}

// DB is a store of keys and values.
//
// The function given to View or Update may run more than once (a store with many writers repeats it on conflict):
// it must set what it returns afresh at each run, and do nothing outside the transaction. It must not call the DB
// again. Its error ends the transaction, undoes its writes and is returned as it is. A DB serves many goroutines.
type DB interface {
	// View runs fn on a view that no later write changes. Writing in it is an error, Internal.
	View(ctx context.Context, fn func(Tx) error) error

	// Update runs fn, then commits all its writes or none. When it returns nil they are on disk; when it returns an
	// error nothing was written, unless the code is Unavailable: then a commit may have been interrupted, and only
	// a new View can show the outcome. Updates are serialised. If ctx ends before the commit, the writes are
	// undone. An Update may have to wait for running Views, so no View may wait for an Update.
	Update(ctx context.Context, fn func(Tx) error) error

	// Limit never changes.
	Limit() Limit

	// Close waits for running transactions. A second Close does nothing; any other call after it is Unavailable.
	Close() error
}

// Snapshotter is a DB that can copy itself while in use.
type Snapshotter interface {
	// Snapshot writes a file from which a DB can be opened, as it stood at one moment, to w.
	Snapshot(ctx context.Context, w io.Writer) error
}

// Checker is a DB that can check its own structure.
type Checker interface {
	// Check reads everything; damage is Corrupt. It does not repair.
	Check(ctx context.Context) error
}

// Follower is a DB in which other programs write, too.
type Follower interface {
	// OnForeign has ring called, from another goroutine, after each write of another program, until leave is called.
	OnForeign(ring func()) (leave func())
}

// ErrAway matches, by errors.Is, the answer of a DB whose other programs can't be reached: it can be read, not written.
var ErrAway = &judging.Error{Text: "share.away"}

// CheckKey checks the length of a key, for implementations of Tx.
func CheckKey(key []byte) error {
	if len(key) == 0 || len(key) > MaxKey {
		return judging.Fail(judging.Invalid, "store.bad_key", judging.Args{"Bytes": len(key), "Max": MaxKey})
	}
	return nil
}

// Meter counts the writes of one transaction against a Limit, for implementations of Tx.
type Meter struct {
	Limit  Limit
	writes int
	bytes  int
}

// Add counts one write of n bytes. Beyond the limit it is Invalid.
func (m *Meter) Add(n int) error {
	m.writes++
	m.bytes += n
	if m.writes > m.Limit.Writes || m.bytes > m.Limit.Bytes {
		return tooBig(m.Limit)
	}
	return nil
}

func tooBig(l Limit) error {
	return judging.Fail(judging.Invalid, "store.too_big", judging.Args{"Writes": l.Writes, "Bytes": l.Bytes})
}
