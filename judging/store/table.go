package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"

	"fayi/internal/plainjson"
	"fayi/judging"
)

// Index finds the records of a table by something other than their id.
type Index[T any] struct {
	Name string // of a-z 0-9 _, unique in the table
	// what the record is found by; none, one or many; any bytes; the same for the same record, always
	Values func(*T) []string
}

// Table keeps records of one type under string ids, in a DB. It holds no state of its own: each call works in the
// caller's transaction, and what KeepDecoded keeps belongs to the store.
type Table[T any] struct {
	name    string
	version int
	id      func(*T) string
	indexes []Index[T]
	starts  []string // of each index's keys
	steps   map[int]func(old []byte) ([]byte, error)
	most    int       // see KeepDecoded
	own     func(T) T // nil: nothing is kept
	reader  func() *plainjson.Reader[T]
}

// NewTable describes a table; nothing is stored by it. Name holds only a-z 0-9 _. Version, from 1, is the schema
// version written with each record: raise it when JSON written before can no longer be read into T, and tell
// Upgrade how. The id of a record is not empty, holds any bytes, and no personal data, because errors show it. A
// name or version outside these rules, or an index named twice, panics.
func NewTable[T any](name string, version int, id func(*T) string, indexes ...Index[T]) *Table[T] {
	if !plainName(name) || version < 1 || version > maxVersion {
		panic(fmt.Sprintf("store: table %q version %d", name, version))
	}
	t := &Table[T]{
		name:    name,
		version: version,
		id:      id,
		indexes: indexes,
		steps:   map[int]func([]byte) ([]byte, error){},
		reader:  sync.OnceValue(plainjson.For[T]),
	}
	for _, x := range indexes {
		start := name + indexMark + x.Name + nameEnd
		if !plainName(x.Name) || slices.Contains(t.starts, start) {
			panic(fmt.Sprintf("store: index %q of table %q", x.Name, name))
		}
		t.starts = append(t.starts, start)
	}
	return t
}

// Upgrade registers the step that turns the JSON of schema version from into that of from+1, and returns t. Steps
// run when an old record is read; it is stored in the new form at its next Put. A step must not change old. A step
// that changes what an index holds needs a Rebuild.
func (t *Table[T]) Upgrade(from int, step func(old []byte) ([]byte, error)) *Table[T] {
	t.steps[from] = step
	return t
}

// Get returns the record of id; absent is NotFound.
func (t *Table[T]) Get(tx Tx, id string) (T, error) {
	raw, err := tx.Get(t.key(id))
	if errors.Is(err, judging.ErrNotFound) {
		err = judging.Fail(judging.NotFound, "store.not_found", judging.Args{"Table": t.name, "ID": id})
	}
	if err != nil {
		var none T
		return none, err
	}
	return t.decode(raw)
}

// Put stores v, replaces the record with its id, if any, and updates the indexes. An unchanged record costs no
// write.
func (t *Table[T]) Put(tx Tx, v T) error {
	row, err := t.Row(v)
	if err != nil {
		return err
	}
	old, err := tx.Get(row.key)
	if errors.Is(err, judging.ErrNotFound) {
		return row.Insert(tx)
	}
	if err != nil || bytes.Equal(old, row.raw) {
		return err
	}
	was, err := t.decode(old)
	if err != nil {
		return err
	}
	return row.replace(tx, t.entries(&was, t.id(&v)))
}

// Insert stores v, whose id the caller guarantees to be new: the old record is not read, so an id in use leaves
// stale index entries.
func (t *Table[T]) Insert(tx Tx, v T) error {
	row, err := t.Row(v)
	if err != nil {
		return err
	}
	return row.Insert(tx)
}

// Delete removes the record of id and its index entries; an absent one is no error.
func (t *Table[T]) Delete(tx Tx, id string) error {
	was, err := t.Get(tx, id)
	if errors.Is(err, judging.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range t.entries(&was, id) {
		if err := tx.Delete([]byte(e)); err != nil {
			return err
		}
	}
	return tx.Delete(t.key(id))
}

// Cost is the most key writes a Put of v makes, if the record it replaces has no more index values than v has, and
// the most bytes that those writes hold, for Bulk. It encodes v.
func (t *Table[T]) Cost(v T) (writes, bytes int) {
	row, err := t.Row(v)
	if err != nil {
		return 1, 0 // the Put itself will tell
	}
	return 1 + 2*len(row.entries), len(row.key) + len(row.raw) + 2*row.entryBytes()
}

// key is the key of the record of id.
func (t *Table[T]) key(id string) []byte { return []byte(t.name + recordMark + id) }

// entries are the index keys of v, sorted, each once.
func (t *Table[T]) entries(v *T, id string) []string {
	var keys []string
	for i, x := range t.indexes {
		for _, value := range x.Values(v) {
			keys = append(keys, entryPrefix(t.starts[i], value)+id)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// decode reads a stored record, upgraded. On an error it returns the zero T.
func (t *Table[T]) decode(raw []byte) (T, error) {
	var none T
	version, body, ok := splitRecord(raw)
	if !ok {
		return none, t.bad(nil)
	}
	if version > t.version {
		return none, judging.Fail(judging.Corrupt, "store.newer_format", judging.Args{
			"Table":   t.name,
			"Version": version,
			"Known":   t.version,
		})
	}
	for ; version < t.version; version++ {
		step := t.steps[version]
		if step == nil {
			return none, t.bad(fmt.Errorf("no upgrade from version %d", version))
		}
		next, err := step(body)
		if err != nil {
			return none, t.bad(err)
		}
		body = next
	}
	var v T
	if err := t.reader().Read(body, &v); err != nil {
		return none, t.bad(nil) // the cause would quote the record
	}
	return v, nil
}

func (t *Table[T]) bad(cause error) error {
	return judging.Fail(judging.Corrupt, "store.bad_record", judging.Args{"Table": t.name}).Because(cause)
}
