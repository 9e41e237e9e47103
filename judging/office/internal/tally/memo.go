package tally

import (
	"context"
	"encoding/json"

	"fayi/judging/store"
)

// memo is what was counted of all works, and at which state of them.
type memo struct {
	ID    string          `json:"id"`
	Works int             `json:"works"` // as in mark
	Value json.RawMessage `json:"value"`
}

var memos = store.NewTable("tally_memo", 1, func(m *memo) string { return m.ID })

// Recall reads what Remember kept under a name into v, if nothing that is counted of works has changed since. state is
// what a count made in this transaction is to be kept with; 0 where none can be.
func Recall(tx store.Tx, name string, v any) (found bool, state int, err error) {
	m, err := standing(tx)
	if err != nil || m == nil {
		return false, 0, err
	}
	state = m.Works + 1 // 0 stands for no state
	kept, err := get(memos, tx, name)
	if err != nil || kept == nil || kept.Works != m.Works {
		return false, state, err
	}
	return true, state, json.Unmarshal(kept.Value, v)
}

// Remember keeps a count that was made at a state of the works, unless that has passed.
func Remember(ctx context.Context, db store.DB, name string, state int, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return db.Update(ctx, func(tx store.Tx) error {
		m, err := standing(tx)
		if err != nil || m == nil || m.Works+1 != state {
			return err
		}
		return memos.Put(tx, memo{ID: name, Works: m.Works, Value: raw})
	})
}

// Begin lets a contest that is made in this transaction have tallies from the beginning. It comes after the first entry
// of the journal.
func Begin(tx store.Tx) error {
	n, err := journal(tx)
	if err != nil {
		return err
	}
	return marks.Put(tx, mark{Journal: n, Form: form})
}

// Distrust lets nobody read the tallies any more until they are built again.
func Distrust(ctx context.Context, db store.DB) error {
	return db.Update(ctx, func(tx store.Tx) error {
		m, err := get(marks, tx, "mark")
		if err != nil || m == nil {
			return err
		}
		m.Journal = -1
		return marks.Put(tx, *m)
	})
}
