package store

import (
	"runtime"
	"sync"
)

// lotSize is how many records one goroutine decodes at a time.
const lotSize = 2000

// lot is some records that lie one after the other, copied out of the transaction, and what they decode to.
type lot[T any] struct {
	raw  []byte
	ends []int // of each record in raw
	out  []T
	err  error
}

// List returns the records whose id begins with idPrefix, ordered by id; none is nil and no error. They are decoded
// on all processors at once: for many it takes less time than EachPrefix, and the memory of them all.
func (t *Table[T]) List(tx Tx, idPrefix string) ([]T, error) {
	if idPrefix == "" {
		if kept, ok, err := t.Kept(tx); ok || err != nil {
			return t.ownAll(kept), err
		}
	}
	return t.list(tx, idPrefix)
}

// list is List of what is stored.
func (t *Table[T]) list(tx Tx, idPrefix string) ([]T, error) {
	var lots []*lot[T]
	var under sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	next := &lot[T]{}
	hand := func() {
		l := next
		lots, next = append(lots, l), &lot[T]{raw: make([]byte, 0, len(l.raw)+len(l.raw)/8)}
		free <- struct{}{}
		under.Go(func() { t.decodeLot(l); <-free })
	}
	err := tx.Scan(t.key(idPrefix), func(_, raw []byte) error {
		next.raw = append(next.raw, raw...)
		next.ends = append(next.ends, len(next.raw))
		if len(next.ends) == lotSize {
			hand()
		}
		return nil
	})
	hand()
	under.Wait()
	if err != nil {
		return nil, err
	}
	return joined(lots)
}

func (t *Table[T]) decodeLot(l *lot[T]) {
	l.out = make([]T, len(l.ends))
	start := 0
	for i, end := range l.ends {
		if l.out[i], l.err = t.decode(l.raw[start:end:end]); l.err != nil {
			return
		}
		start = end
	}
	l.raw = nil
}

// joined returns the records of all lots, or the first error in their order.
func joined[T any](lots []*lot[T]) ([]T, error) {
	n := 0
	for _, l := range lots {
		if l.err != nil {
			return nil, l.err
		}
		n += len(l.out)
	}
	if n == 0 {
		return nil, nil
	}
	out := make([]T, 0, n)
	for _, l := range lots {
		out = append(out, l.out...)
	}
	return out, nil
}
