package replica

import (
	"context"
	"crypto/sha256"
	"errors"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/seal"
)

// errBehind matches the answer of a log in which what a copy lacks was cut off.
var errBehind = &judging.Error{Text: "share.behind"}

func behind() error { return judging.Fail(judging.Unavailable, "share.behind", nil) }

// again makes the copy again by the newest snapshot, where what it lacks was cut off in the log: it was away for long.
// Whoever reads waits meanwhile; what is the same stays. A program that dies in the midst of it goes on at its next
// opening.
func (db *DB) again(ctx context.Context) error {
	s, pieces, there, err := fetch(ctx, db.log, db.key)
	if err != nil {
		return err
	}
	if !there {
		return judging.Fail(judging.Corrupt, "share.cut", nil)
	}
	select {
	case db.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-db.writer }()
	if db.Status().Position >= s.Position {
		return nil // it has read on meanwhile
	}
	db.gate.Lock()
	defer db.gate.Unlock()
	var share Share
	err = db.Local.View(ctx, func(t store.Tx) error {
		share, _, err = load(t)
		return err
	})
	if err != nil {
		return err
	}
	db.partly = true
	if share, err = replace(ctx, db.Local, db.key, share, s, pieces, nil); err != nil {
		return err
	}
	db.partly = false
	var last sum
	copy(last[:], share.Sum)
	db.moved(share.Position, last, 0)
	db.Tell(store.CopyRenewed)
	return nil
}

// replace makes local hold what the pieces of a snapshot do, and nothing else, and returns share as it stands then.
// Until all is done, local says that it is only part of it.
func replace(
	ctx context.Context, local store.DB, key *seal.Key, share Share, s Snapshot, pieces [][]byte, progress Progress,
) (Share, error) {
	old, err := sumsOf(ctx, local)
	if err != nil {
		return share, err
	}
	w := writer{ctx: ctx, local: local, share: share}
	w.share.Again = true
	records := 0
	for n, piece := range pieces {
		e, err := unpackFrom(key, piecePlace(s.ID, n), piece)
		if err != nil {
			return share, err
		}
		for _, p := range e.puts {
			was, there := old[string(p.key)]
			delete(old, string(p.key))
			if there && was == sha256.Sum256(p.value) {
				continue
			}
			if err := w.put(p); err != nil {
				return share, err
			}
		}
		if records += len(e.puts); progress != nil {
			progress(records)
		}
	}
	for key := range old {
		if err := w.put(put{key: []byte(key), gone: true}); err != nil {
			return share, err
		}
	}
	share.Position, share.Sum, share.Whole, share.Again = s.Position, s.Sum, true, false
	w.share = share
	return share, w.flush()
}

// sumsOf is a sum of each record.
func sumsOf(ctx context.Context, local store.DB) (sums map[string]sum, err error) {
	err = local.View(ctx, func(t store.Tx) error {
		sums = map[string]sum{}
		return t.Scan(nil, func(key, value []byte) error {
			if string(key) != string(stateKey) {
				sums[string(key)] = sha256.Sum256(value)
			}
			return ctx.Err()
		})
	})
	return sums, err
}

// writer writes into a copy in as few transactions as it takes, each with how the copy stands.
type writer struct {
	ctx     context.Context
	local   store.DB
	share   Share
	waiting []put
	size    int
}

func (w *writer) put(p put) error {
	limit := w.local.Limit()
	n := len(p.key) + len(p.value)
	full := len(w.waiting)+spareWrites >= limit.Writes || w.size+n+spareBytes > limit.Bytes
	if full && len(w.waiting) > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.waiting, w.size = append(w.waiting, p), w.size+n
	return nil
}

func (w *writer) flush() error {
	err := w.local.Update(w.ctx, func(t store.Tx) error {
		for _, p := range w.waiting {
			if err := p.apply(t); err != nil {
				return err
			}
		}
		var last sum
		copy(last[:], w.share.Sum)
		return keep(t, w.share, w.share.Position, last)
	})
	w.waiting, w.size = nil, 0
	return err
}

// renewFirst is the answer of a copy that holds only part of the contest.
func renewFirst(why error) error {
	return judging.Fail(judging.Unavailable, "share.renew_first", nil).Because(why)
}

// isBehind reports whether err says that what a copy lacks was cut off.
func isBehind(err error) bool { return errors.Is(err, errBehind) }
