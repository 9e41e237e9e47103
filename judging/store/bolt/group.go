package bolt

import (
	"bytes"
	"context"
	"runtime/debug"

	"go.etcd.io/bbolt"

	"fayi/judging/store"
)

// Updates that wait for each other are committed together: a commit costs the same for one as for many. Each runs in
// its turn, in its caller's goroutine, on top of those before it, and then lines up again behind all who came
// meanwhile; whoever comes to the front again first commits for all. So an Update that nobody waits with is committed
// by itself at once, and a crowd is committed as often as the disk can.
//
// Each has its own limit, its own error, and writes of its own: those of one that fails are taken back, and the
// others stay. Nobody is answered before the commit, an error neither: it may be about what another one wrote.

// How much one commit takes.
const (
	mostMembers = 64
	mostWrites  = 4096
	mostBytes   = 4 << 20
)

// group is a transaction of bbolt that several Updates share. It belongs to who has the token, but for done and, once
// that is closed, err.
type group struct {
	btx           *bbolt.Tx
	tally         *tally // of the file with the writes so far; nil before the first
	members       int    // that succeeded
	writes, bytes int
	broken        error // why nothing of it can be committed
	done          chan struct{}
	err           error // of the commit
}

// Update implements store.DB. Its function runs once.
func (db *DB) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := db.take(ctx); err != nil {
		return err
	}
	g, err := db.join(ctx, fn)
	if g == nil {
		return err
	}
	select {
	case <-g.done:
	case db.writer <- struct{}{}:
		if db.open == g {
			db.finish()
		}
		db.unlock()
		<-g.done
	}
	if g.err != nil {
		return g.err
	}
	return err
}

// alone is an Update that shares its commit with no other.
func (db *DB) alone(ctx context.Context, fn func(store.Tx) error) error {
	if err := db.lock(ctx); err != nil {
		return err
	}
	defer db.unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	btx, err := db.begin(true)
	if err != nil {
		return err
	}
	g := &group{btx: btx, done: make(chan struct{})}
	db.open = g
	defer func() { // in a panic too
		if db.open == g {
			db.finish()
		}
	}()
	if err := g.run(ctx, db, fn); err != nil {
		return err
	}
	db.finish()
	return g.err
}

// join runs fn in the open group, or in a new one, and gives the token back. It is nil where there is nothing to wait
// for.
func (db *DB) join(ctx context.Context, fn func(store.Tx) error) (g *group, err error) {
	defer func() { // in a panic too
		if g != nil && db.open == g && (g.members == 0 || g.full()) {
			db.finish()
		}
		db.unlock()
	}()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if db.open == nil {
		btx, err := db.begin(true)
		if err != nil {
			return nil, err
		}
		db.open = &group{btx: btx, done: make(chan struct{})}
	}
	g = db.open
	return g, g.run(ctx, db, fn)
}

func (g *group) full() bool {
	return g.broken != nil || g.members >= mostMembers || g.writes >= mostWrites || g.bytes >= mostBytes
}

// run is one Update in the group.
func (g *group) run(ctx context.Context, db *DB, fn func(store.Tx) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // borrowed bytes are memory that a file backs
	t := &tx{ctx: ctx, db: db, form: db.form, group: g, meter: store.Meter{Limit: limit}}
	t.undoable = g.members > 0 // else the whole transaction is given up
	if err = t.begin(g.btx); err != nil {
		return err
	}
	var before *tally
	if g.tally != nil {
		was := *g.tally
		before = &was
	}
	kept := false
	defer func() {
		if t.ended = true; !kept && t.undoable {
			g.broken, g.tally = t.takeBack(), before
		}
	}()
	if err = t.call(fn); err == nil {
		err = ctx.Err()
	}
	if kept = err == nil; kept {
		g.members++
		g.writes, g.bytes = g.writes+t.writes, g.bytes+t.bytes
	}
	return err
}

// finish ends the open group: it commits what its Updates wrote, and lets them know. The caller has the token.
func (db *DB) finish() {
	g := db.open
	db.open = nil
	defer close(g.done)
	defer db.guard(func() error { return g.btx.Rollback() }) // after a commit it does nothing
	if g.broken != nil {
		g.err = g.broken
		return
	}
	if g.members == 0 || g.writes == 0 {
		return
	}
	if g.tally != nil {
		if g.err = db.guard(func() error { return db.form.storeTally(g.btx, *g.tally) }); g.err != nil {
			return
		}
	}
	g.err = db.guard(g.btx.Commit)
}

// written is what a stored name held before a transaction first wrote it; nil for nothing.
type written struct{ name, raw []byte }

// note keeps what is under a stored name, to be put back where the Update fails.
func (t *tx) note(name, old []byte) {
	if t.undoable {
		t.before = append(t.before, written{bytes.Clone(name), bytes.Clone(old)})
	}
}

// takeBack puts back all that the transaction wrote over, the last first.
func (t *tx) takeBack() error {
	return t.db.guard(func() error {
		for i := len(t.before) - 1; i >= 0; i-- {
			var err error
			if w := t.before[i]; w.raw == nil {
				err = t.bucket.Delete(w.name)
			} else {
				err = t.bucket.Put(w.name, w.raw)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
