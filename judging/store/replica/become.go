package replica

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"

	"fayi/judging/store"
)

// Difference is how many records a store would have to add, change and remove to hold what another does.
type Difference struct {
	Added, Changed, Gone int
}

// Differs compares what db holds with what want does.
func Differs(ctx context.Context, db, want store.DB) (d Difference, err error) {
	err = db.View(ctx, func(t store.Tx) error {
		d = Difference{}
		return compare(ctx, t, want, func(p put, there bool) error {
			switch {
			case p.gone:
				d.Gone++
			case there:
				d.Changed++
			default:
				d.Added++
			}
			return nil
		})
	})
	return d, err
}

// Become makes a shared contest hold what want does, and nothing else, in every copy: what differs is appended, in one
// entry where it fits into one. Where it takes more, others see the steps between, and one that is interrupted is to be
// called again. When it returns nil, the contest was that of want at one moment. Errors: those of Update and of want.
func Become(ctx context.Context, db *DB, want store.DB) error {
	for more := true; more; {
		err := db.Update(ctx, func(t store.Tx) error {
			more = false
			room := store.Meter{Limit: db.Limit()}
			err := compare(ctx, t, want, func(p put, _ bool) error {
				if room.Add(len(p.key)+len(p.value)) != nil {
					more = true
					return store.ErrStop
				}
				return p.apply(t)
			})
			if errors.Is(err, store.ErrStop) {
				err = nil
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// compare calls each with every write that is lacking for t to hold what want does; there: a record stands under the
// key. A log's own record is left out. ErrStop of each ends it and is returned.
func compare(ctx context.Context, t store.Tx, want store.DB, each func(p put, there bool) error) error {
	have := map[string]sum{}
	err := t.Scan(nil, func(key, value []byte) error {
		have[string(key)] = sha256.Sum256(value)
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	stopped := false
	err = want.View(ctx, func(w store.Tx) error {
		return w.Scan(nil, func(key, value []byte) error {
			is, there := have[string(key)]
			delete(have, string(key))
			if bytes.Equal(key, stateKey) || there && is == sha256.Sum256(value) {
				return nil
			}
			err := each(put{key: key, value: value}, there)
			stopped = errors.Is(err, store.ErrStop)
			return err
		})
	})
	switch {
	case err != nil:
		return err
	case stopped:
		return store.ErrStop
	}
	for key := range have {
		if err := each(put{key: []byte(key), gone: true}, true); err != nil {
			return err
		}
	}
	return nil
}
