package lanlog

import (
	"bytes"
	"cmp"
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/replica"
)

// cutTogether is how many entries one transaction cuts off.
const cutTogether = 5000

// shelf begins the keys of notes; those of entries begin with a zero.
const shelf = "note/"

// Cut implements replica.Log. The oldest go first, so that what remains has no gap wherever it is interrupted.
func (k *Keep) Cut(ctx context.Context, before uint64) error {
	for done := false; !done; {
		err := k.db.Update(ctx, func(tx store.Tx) error {
			if there, err := has(tx, before); err != nil || !there {
				return cmp.Or(err, replica.ErrGap)
			}
			first, err := firstOf(tx)
			if err != nil {
				return err
			}
			to := min(first+cutTogether, before)
			for at := first; at < to; at++ {
				if err := tx.Delete(name(at)); err != nil {
					return err
				}
			}
			done = to == before
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Note implements replica.Log.
func (k *Keep) Note(ctx context.Context, name string, old, value []byte) error {
	key := []byte(shelf + name)
	return k.db.Update(ctx, func(tx store.Tx) error {
		there, err := noted(tx, key)
		if err != nil || !bytes.Equal(there, old) {
			return cmp.Or(err, replica.ErrTaken)
		}
		return tx.Put(key, value)
	})
}

func noted(tx store.Tx, key []byte) ([]byte, error) {
	v, err := tx.Get(key)
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return v, err
}

// Noted implements replica.Log.
func (k *Keep) Noted(ctx context.Context, name string) (value []byte, err error) {
	err = k.db.View(ctx, func(tx store.Tx) error {
		v, err := noted(tx, []byte(shelf+name))
		value = bytes.Clone(v)
		return err
	})
	return value, err
}

// Names implements replica.Log.
func (k *Keep) Names(ctx context.Context) (names []string, err error) {
	err = k.db.View(ctx, func(tx store.Tx) error {
		names = nil
		return tx.Scan([]byte(shelf), func(key, _ []byte) error {
			names = append(names, string(key[len(shelf):]))
			return nil
		})
	})
	return names, err
}

// Drop implements replica.Log.
func (k *Keep) Drop(ctx context.Context, name string) error {
	return k.db.Update(ctx, func(tx store.Tx) error { return tx.Delete([]byte(shelf + name)) })
}
