package store

import (
	"fmt"

	"fayi/judging"
)

// Each calls fn with every record in ascending order of id bytes, until fn returns an error; ErrStop ends it
// without error. fn may read, and write to other tables, but must not write to this one.
func (t *Table[T]) Each(tx Tx, fn func(T) error) error { return t.EachPrefix(tx, "", fn) }

// eachKept is Each of records that are kept.
func (t *Table[T]) eachKept(kept []T, fn func(T) error) error {
	for _, v := range kept {
		if err := fn(t.own(v)); err == ErrStop {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// EachPrefix is Each for the records whose id starts with idPrefix.
func (t *Table[T]) EachPrefix(tx Tx, idPrefix string, fn func(T) error) error {
	if idPrefix == "" {
		if kept, ok, err := t.Kept(tx); err != nil {
			return err
		} else if ok {
			return t.eachKept(kept, fn)
		}
	}
	return tx.Scan(t.key(idPrefix), func(_, raw []byte) error {
		v, err := t.decode(raw)
		if err != nil {
			return err
		}
		return fn(v)
	})
}

// Count returns how many records there are. It reads every key, decodes none: about 50 ms for 100,000 in one file.
func (t *Table[T]) Count(tx Tx) (int, error) {
	n := 0
	err := tx.Scan(t.key(""), func(_, _ []byte) error { n++; return nil })
	return n, err
}

// IDsBy returns the ids of the records that have value in the named index, ascending; none is nil and no error. An
// index the table lacks is Internal.
func (t *Table[T]) IDsBy(tx Tx, index, value string) ([]string, error) {
	start, err := t.start(index)
	if err != nil {
		return nil, err
	}
	prefix := []byte(entryPrefix(start, value))
	var ids []string
	err = tx.Scan(prefix, func(key, _ []byte) error {
		ids = append(ids, string(key[len(prefix):]))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ids, nil
}

// By calls fn with each record that has value in the named index, in ascending order of id, until fn returns an
// error; ErrStop ends it without error. The records are listed before the first call, so fn may write to this
// table; but it must not delete a record still to come.
func (t *Table[T]) By(tx Tx, index, value string, fn func(T) error) error {
	ids, err := t.IDsBy(tx, index, value)
	if err != nil {
		return err
	}
	for _, id := range ids {
		v, err := t.Get(tx, id)
		if err != nil {
			return err
		}
		switch err := fn(v); err {
		case nil:
		case ErrStop:
			return nil
		default:
			return err
		}
	}
	return nil
}

// start is the beginning of the keys of the named index.
func (t *Table[T]) start(index string) (string, error) {
	for i, x := range t.indexes {
		if x.Name == index {
			return t.starts[i], nil
		}
	}
	return "", judging.Fail(judging.Internal, "store.fault", nil).
		Because(fmt.Errorf("table %s has no index %q", t.name, index))
}
