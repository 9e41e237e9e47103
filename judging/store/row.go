package store

import (
	"slices"
	"unicode/utf8"

	"fayi/judging"
)

// Row is a new record prepared for its table: encoded once, for its cost as well as its writing, and for each
// repetition of a transaction.
type Row struct {
	key, raw []byte
	entries  []string // index keys, sorted
}

// Row prepares v. An id or index value that does not survive JSON is Invalid.
func (t *Table[T]) Row(v T) (Row, error) {
	id := t.id(&v)
	if id == "" {
		return Row{}, judging.Fail(judging.Invalid, "store.no_id", judging.Args{"Table": t.name})
	}
	raw, err := encodeRecord(t.version, &v)
	if err != nil {
		return Row{}, err
	}
	row := Row{t.key(id), raw, t.entries(&v, id)}
	if utf8.ValidString(id) && !slices.ContainsFunc(row.entries, invalidUTF8) {
		return row, nil
	}
	// JSON replaces broken UTF-8 within strings: the record read back would have other keys than those written
	// here.
	back, err := t.decode(raw)
	if err != nil || t.id(&back) != id || !slices.Equal(t.entries(&back, id), row.entries) {
		return Row{}, judging.Fail(judging.Invalid, "store.bad_text", judging.Args{"Table": t.name})
	}
	return row, nil
}

// Read returns what a record says that a transaction holds under its key, in a table of this one's form.
func (t *Table[T]) Read(raw []byte) (T, error) { return t.decode(raw) }

// Cost is what Insert writes, for Bulk.
func (r Row) Cost() (writes, bytes int) {
	return 1 + len(r.entries), len(r.key) + len(r.raw) + r.entryBytes()
}

// Insert stores the row, whose id the caller guarantees to be new, as Table.Insert does.
func (r Row) Insert(tx Tx) error { return r.replace(tx, nil) }

// replace stores the row: the index entries now wanted, less those that the record had, and the record itself.
func (r Row) replace(tx Tx, was []string) error {
	for _, e := range was {
		if _, keep := slices.BinarySearch(r.entries, e); keep {
			continue
		}
		if err := tx.Delete([]byte(e)); err != nil {
			return err
		}
	}
	for _, e := range r.entries {
		if _, has := slices.BinarySearch(was, e); has {
			continue
		}
		if err := tx.Put([]byte(e), nil); err != nil {
			return err
		}
	}
	return tx.Put(r.key, r.raw)
}

func (r Row) entryBytes() (n int) {
	for _, e := range r.entries {
		n += len(e)
	}
	return n
}

func invalidUTF8(s string) bool { return !utf8.ValidString(s) }
