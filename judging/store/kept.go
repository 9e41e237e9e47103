package store

import (
	"slices"
	"sync"
)

// Kept holds the records that were decoded of one state of a store, so that who reads them again need not decode them
// again. A store has one for each state; what is in it can't go stale, since the next write has another. It serves many
// goroutines.
type Kept struct {
	mu    sync.Mutex
	lists map[any]*keeping
}

// keeping is what is kept of one table. Whoever comes first reads it, and the others wait.
type keeping struct {
	mu   sync.Mutex
	made bool
	list any // []T; nil for a table of too many records
}

// Keeper is what a Tx may be besides: that of a View whose store can tell one state of it from another.
type Keeper interface {
	// Kept returns what is kept of the state that is viewed, nil for nothing, as in an Update.
	Kept() *Kept
}

// KeptOf returns what is kept of the state that tx sees, nil for nothing. It is for a Tx around another.
func KeptOf(tx Tx) *Kept {
	if k, ok := tx.(Keeper); ok {
		return k.Kept()
	}
	return nil
}

func (k *Kept) of(table any) *keeping {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.lists == nil {
		k.lists = map[any]*keeping{}
	}
	if k.lists[table] == nil {
		k.lists[table] = &keeping{}
	}
	return k.lists[table]
}

// KeepDecoded has the whole table decoded at most once in each state of a store, however often it is read in Views,
// and returns t: for a table that many parts of a page read, of no more than so many records, since they stay in
// memory. own returns a copy of a record that shares nothing that can be changed: what is handed out is the caller's.
func (t *Table[T]) KeepDecoded(most int, own func(T) T) *Table[T] {
	t.most, t.own = most, own
	return t
}

// Kept returns all records in ascending order of id bytes as they are kept, so that they are not to be changed, nor
// what they point to; false where none are kept.
func (t *Table[T]) Kept(tx Tx) ([]T, bool, error) {
	if t.own == nil {
		return nil, false, nil
	}
	all := KeptOf(tx)
	if all == nil {
		return nil, false, nil
	}
	k := all.of(t)
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.made {
		list, err := t.few(tx)
		if err != nil {
			return nil, false, err
		}
		if k.made = true; list != nil {
			k.list = list
		}
	}
	list, ok := k.list.([]T)
	return list, ok, nil
}

// few decodes all records; nil, where there are too many to be kept, before it has decoded one.
func (t *Table[T]) few(tx Tx) ([]T, error) {
	l, many := &lot[T]{}, false
	err := tx.Scan(t.key(""), func(_, raw []byte) error {
		if many = len(l.ends) == t.most; many {
			return ErrStop
		}
		l.raw = append(l.raw, raw...)
		l.ends = append(l.ends, len(l.raw))
		return nil
	})
	if err != nil || many {
		return nil, err
	}
	t.decodeLot(l)
	return l.out, l.err
}

// ownAll returns copies of records.
func (t *Table[T]) ownAll(list []T) []T {
	if len(list) == 0 {
		return nil
	}
	out := slices.Clone(list)
	for i := range out {
		out[i] = t.own(out[i])
	}
	return out
}
