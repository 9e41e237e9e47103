package replica

import (
	"bytes"
	"context"
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/seal"
)

const (
	// Without news the log is asked this often whether it is still there, and has so long for its answer: who works
	// here learns within 3 s that nothing can be saved.
	beat     = time.Second
	answered = 1500 * time.Millisecond

	// One that was away has twice as long each time: connections are made first, and nobody waits for it. Its answer
	// gives those who write their usual patience back, which an engine that answers late needs.
	answeredAgain = 6 * time.Second

	firstPause = 200 * time.Millisecond // before a log that was away is asked again
	mostPause  = 2 * time.Second
)

// OnForeign has ring called whenever other programs' entries arrived, from another goroutine, until leave is called.
func (db *DB) OnForeign(ring func()) (leave func()) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.rings[&ring] = true
	return func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		delete(db.rings, &ring)
	}
}

// Ring has all who listen look again: other things than entries arrived.
func (db *DB) Ring() {
	db.mu.Lock()
	var all []func()
	for r := range db.rings {
		all = append(all, *r)
	}
	db.mu.Unlock()
	for _, r := range all {
		r()
	}
}

// follow applies what others append, until ctx ends or the log has another history.
func (db *DB) follow(ctx context.Context) {
	pause, long := firstPause, answered
	for ctx.Err() == nil && db.Status().Err == nil {
		err := db.news(ctx)
		if err == nil {
			err = db.next(ctx, long)
		}
		if isBehind(err) {
			if err = db.again(ctx); err == nil {
				db.Ring()
			}
		}
		if err == nil {
			pause, long = firstPause, answered
			continue
		}
		was := db.Status()
		if db.failed(err); ctx.Err() != nil {
			return
		}
		if is := db.Status(); is.Away != was.Away || is.Err != nil {
			db.Ring() // that it is away is news, too
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause, long = min(2*pause, mostPause), min(2*long, answeredAgain)
	}
}

// news waits for another entry, for a while. Where the log was away it is asked at once whether it is back.
func (db *DB) news(ctx context.Context) error {
	if db.Status().Away {
		return nil
	}
	waiting, cancel := context.WithTimeout(ctx, beat)
	defer cancel()
	err := db.log.Wait(waiting, db.Status().Position+1)
	if waiting.Err() != nil && ctx.Err() == nil {
		return nil
	}
	return err
}

// next asks for what follows, and so long for the answer, and then takes the token to apply it: nobody who writes waits
// for the answer.
func (db *DB) next(ctx context.Context, long time.Duration) error {
	was := db.Status().Away
	asking, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	from := db.Status().Position + 1
	sealed, err := read(asking, db.log, from)
	if err != nil {
		return err
	}
	moved := len(sealed) > 0
	if moved {
		select {
		case db.writer <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		known := min(db.Status().Position+1-from, uint64(len(sealed))) // by who wrote meanwhile
		err = db.applyAll(sealed[known:])
		<-db.writer
	}
	if err != nil {
		return err
	}
	if db.failed(nil); moved || was {
		db.Ring()
	}
	return nil
}

// catchUp applies all entries that the copy lacks. The caller has the token, or
// nobody else knows db yet. Errors: "share.forked", "share.behind", "share.away", those of the copy.
func (db *DB) catchUp(ctx context.Context) error {
	for {
		sealed, err := read(ctx, db.log, db.Status().Position+1)
		if err != nil || len(sealed) == 0 {
			return err
		}
		if err := db.applyAll(sealed); err != nil {
			return err
		}
	}
}

// applyAll applies entries that follow, in as few transactions as they take.
func (db *DB) applyAll(sealed [][]byte) error {
	for len(sealed) > 0 {
		n, err := db.applySome(sealed)
		if err != nil {
			return err
		}
		sealed = sealed[n:]
	}
	return nil
}

// read asks the log until it answers or ctx ends. Errors: "share.behind", "share.away", Forbidden.
func read(ctx context.Context, log Log, from uint64) ([][]byte, error) {
	for {
		sealed, err := log.Read(ctx, from)
		switch {
		case err == nil:
			return sealed, nil
		case errors.Is(err, ErrCut):
			return nil, behind()
		case final(err):
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, away(err)
		case <-time.After(pause):
		}
	}
}

// final reports whether the log answered, and would answer the same again: to somebody who was not invited.
func final(err error) bool { return judging.CodeOf(err) == judging.Forbidden }

// applySome applies the first of the entries that follow, in one transaction.
func (db *DB) applySome(sealed [][]byte) (applied int, err error) {
	var share Share
	var last sum
	var writers []string
	err = db.Local.Update(context.Background(), func(tx store.Tx) error {
		var shared bool
		if share, shared, err = load(tx); err != nil || !shared {
			return errors.Join(err, NotShared())
		}
		writers = nil
		each := func(e entry) { writers = append(writers, e.writer) }
		if applied, err = applyRun(tx, db.key, &share, sealed, db.Local.Limit(), each); err != nil {
			return err
		}
		copy(last[:], share.Sum)
		return keep(tx, share, share.Position, last)
	})
	if err != nil {
		return 0, err
	}
	size := 0
	for _, e := range sealed[:applied] {
		size += len(e)
	}
	db.moved(share.Position, last, size)
	db.hear(writers)
	return applied, nil
}

// applyRun applies as many of the entries that follow share as one transaction within limit takes, at least one, and
// moves share on; each hears of every one. Errors: "share.forked", "share.foreign_entry", those of the copy.
func applyRun(
	tx store.Tx, key *seal.Key, share *Share, sealed [][]byte, limit store.Limit, each func(entry),
) (applied int, err error) {
	room := store.Meter{Limit: limit}
	var last sum
	copy(last[:], share.Sum)
	for ; applied < len(sealed); applied++ {
		e, err := unpack(key, share.Position+1, sealed[applied])
		if err != nil {
			return applied, err
		}
		if e.prev != last {
			return applied, forked()
		}
		if !fits(&room, e) && applied > 0 {
			break
		}
		for _, p := range e.puts {
			if err := p.apply(tx); err != nil {
				return applied, err
			}
		}
		if each != nil {
			each(e)
		}
		last = sumOf(sealed[applied])
		share.Position, share.Sum = share.Position+1, last[:]
	}
	return applied, nil
}

// fits counts the writes of e against what a transaction of the copy takes.
func fits(room *store.Meter, e entry) bool {
	for _, p := range e.puts {
		if room.Add(len(p.key)+len(p.value)) != nil {
			return false
		}
	}
	return room.Add(spareBytes) == nil
}

// sameHistory compares the entry that the copy had last with the one in the log. Errors: "share.rewound",
// "share.forked", those of the log.
func (db *DB) sameHistory(ctx context.Context, s Share) error {
	there, err := read(ctx, db.log, s.Position)
	switch {
	case err != nil:
		return err
	case len(there) == 0:
		return rewound()
	}
	if is := sumOf(there[0]); !bytes.Equal(is[:], s.Sum) {
		return forked()
	}
	return nil
}

func forked() error { return judging.Fail(judging.Corrupt, "share.forked", nil) }

// moved notes how far the copy is, by entries of so many bytes.
func (db *DB) moved(at uint64, of sum, bytes int) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.grown.by(at, bytes)
	db.state.Position, db.state.Sum, db.state.Away, db.state.Why = at, short(of[:]), false, nil
}

// failed notes how the log answered: with nothing wrong, not at all, or with another history.
func (db *DB) failed(err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	switch {
	case err == nil:
		db.state.Away, db.state.Why = false, nil
	case judging.CodeOf(err) == judging.Corrupt:
		db.state.Err = err
	case !errors.Is(err, context.Canceled):
		db.state.Away, db.state.Why = true, away(err)
	}
}

// Close implements store.DB.
func (db *DB) Close() (err error) {
	db.close.Do(func() {
		db.stop()
		db.following.Wait()
		db.writer <- struct{}{} // no Update is running
		err = errors.Join(db.log.Close(), db.Local.Close())
		<-db.writer
	})
	return err
}
