package replica

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/seal"
)

const (
	// How long an Update waits for the log, and one where the log did not answer last time, as a person does whom both
	// the opening and the first change tell: together no more than 3 s.
	patience     = 2 * time.Second
	lastPatience = 700 * time.Millisecond

	// How many Updates that wait share one entry, and how much those after the first may write.
	mostMembers = 64
	mostTakers  = 4096    // writes
	mostShared  = 1 << 18 // bytes

	// spare is what the copy's own record and the wrapping of an entry take of a Limit.
	spareWrites = 1
	spareBytes  = 8 << 10
)

// Local is the copy: a store that one program has open.
type Local interface {
	store.DB
	store.Snapshotter
	store.Checker
	store.Auditor
	store.Vault
	store.Inspected
}

// DB is a copy that follows a log. It implements store.DB, and what Local adds to it.
type DB struct {
	Local
	log    Log
	key    *seal.Key
	random io.Reader
	limit  store.Limit
	owner  string
	name   string // under which this program writes

	writer  chan struct{} // holds one token while the copy is written
	gate    sync.RWMutex  // held while the copy is made again: nobody reads a part of it
	partly  bool          // behind gate: making it again failed in the midst of it
	mu      sync.Mutex
	queue   []*member // Updates that wait for the token
	rings   map[*func()]bool
	state   Status
	found   []store.Found // besides what the copy found
	grown   growth
	clock   func() time.Time     // of who tends; nil for nobody
	heard   map[string]time.Time // when other writers were
	present []Present

	ending    context.Context    // ends with the following
	stop      context.CancelFunc // ends it
	following sync.WaitGroup
	close     sync.Once
}

var _ Local = (*DB)(nil)

// Status is how a copy and its log stand.
type Status struct {
	Position uint64 // of the last entry that the copy has
	Sum      string // of that entry, its first digits
	Away     bool   // the log could not be asked last time
	Why      error  // what it was then
	Err      error  // why nothing can be written until the contest is joined again; nil where it can
}

// member is an Update that waits.
type member struct {
	ctx   context.Context
	fn    func(store.Tx) error
	done  chan struct{}
	err   error
	panic any
}

// Open follows log with the shared contest in local, and takes both over, also on an error. Where the log is away it
// opens all the same, to be read; a log that has another history is in Status and by each Update. Errors:
// NotFound, "share.not_shared"; Corrupt; Unavailable, "share.renew_first", for a copy that holds only part of the
// contest until the log can be asked.
func Open(ctx context.Context, local Local, log Log, random io.Reader) (db *DB, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, log.Close(), local.Close())
		}
	}()
	share, err := Of(ctx, local)
	if err != nil {
		return nil, err
	}
	key, err := seal.KeyFrom(share.Key)
	if err != nil {
		return nil, err
	}
	db = &DB{
		Local: local, log: log, key: key, random: random, limit: limitOf(local, log),
		writer: make(chan struct{}, 1), rings: map[*func()]bool{}, heard: map[string]time.Time{},
		grown: growth{enough: make(chan struct{}, 1)},
	}
	id, err := newID(random)
	if err != nil {
		return nil, err
	}
	db.name = share.Writer
	db.owner = share.Writer + "-" + hex.EncodeToString(id[:])
	db.state = Status{Position: share.Position, Sum: short(share.Sum)}
	if err := db.attach(ctx, share); err != nil {
		return nil, err
	}
	db.ending, db.stop = context.WithCancel(context.Background())
	db.following.Go(func() { db.follow(db.ending) })
	return db, nil
}

// attach asks the log for what the copy lacks. A copy that is only part of one must be made again first. Errors: only
// where it can't be read at all.
func (db *DB) attach(ctx context.Context, share Share) error {
	if share.Again {
		db.state.Position = 0 // whatever it was
		if err := db.again(ctx); err != nil {
			return renewFirst(err)
		}
		return nil
	}
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := db.sameHistory(asking, share)
	if err == nil {
		err = db.catchUp(asking)
	}
	if isBehind(err) {
		if err = db.again(ctx); err == nil {
			err = db.catchUp(ctx)
		} else if db.partly {
			return renewFirst(err)
		}
	}
	db.failed(err)
	return ctx.Err()
}

// Of reads how the contest in db is shared. Errors: NotFound, "share.not_shared"; Corrupt, "share.half_joined".
func Of(ctx context.Context, db store.DB) (s Share, err error) {
	shared := false
	err = db.View(ctx, func(tx store.Tx) error {
		s, shared, err = load(tx)
		return err
	})
	switch {
	case err != nil:
	case !shared:
		err = NotShared()
	case !s.Whole:
		err = judging.Fail(judging.Corrupt, "share.half_joined", nil)
	}
	return s, err
}

// usualWrite is how many bytes a write takes, at least, where many are made: who shares a Limit out by writes has room
// for some of that size.
const usualWrite = 200

// limitOf is what an Update may write: no more than an entry holds that can't be compressed.
func limitOf(local store.DB, log Log) store.Limit {
	l := local.Limit()
	bytes := min(l.Bytes, log.Most()) - spareBytes
	return store.Limit{Writes: min(l.Writes-spareWrites, bytes/usualWrite), Bytes: bytes}
}

// Owner names this opening of the contest among all programs that share it.
func (db *DB) Owner() string { return db.owner }

// Tell adds to what was found.
func (db *DB) Tell(f store.Found) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.found = append(db.found, f)
}

// Found implements store.Inspected.
func (db *DB) Found() []store.Found {
	db.mu.Lock()
	defer db.mu.Unlock()
	return append(slices.Clone(db.Local.Found()), db.found...)
}

// Noted implements store.Inspected.
func (db *DB) Noted() {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.found = nil
	db.Local.Noted()
}

// Limit implements store.DB.
func (db *DB) Limit() store.Limit { return db.limit }

// Status tells how the copy and its log stand.
func (db *DB) Status() Status {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.state
}

// View implements store.DB.
func (db *DB) View(ctx context.Context, fn func(store.Tx) error) error {
	db.gate.RLock()
	defer db.gate.RUnlock()
	if db.partly {
		return renewFirst(nil)
	}
	return db.Local.View(ctx, func(t store.Tx) error { return fn(&tx{Tx: t}) })
}

// Snapshot implements store.Snapshotter.
func (db *DB) Snapshot(ctx context.Context, w io.Writer) error {
	db.gate.RLock()
	defer db.gate.RUnlock()
	if db.partly {
		return renewFirst(nil)
	}
	return db.Local.Snapshot(ctx, w)
}

// Update implements store.DB. Errors besides: Unavailable, "share.away", within patience where the log can't be asked;
// Corrupt, "share.forked", where it has another history.
func (db *DB) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m := &member{ctx: ctx, fn: fn, done: make(chan struct{})}
	db.mu.Lock()
	db.queue = append(db.queue, m)
	db.mu.Unlock()
	gone := ctx.Done()
	for {
		select {
		case <-m.done:
			if m.panic != nil {
				panic(m.panic)
			}
			return m.err
		case db.writer <- struct{}{}:
			db.serve(m)
			<-db.writer
		case <-gone:
			if db.leave(m) {
				return ctx.Err()
			}
			gone = nil // it is being decided
		}
	}
}

// leave takes m out of the queue; false where it is not there any more.
func (db *DB) leave(m *member) bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	for i, q := range db.queue {
		if q == m {
			db.queue = append(db.queue[:i:i], db.queue[i+1:]...)
			return true
		}
	}
	return false
}

// serve decides the Updates that wait, until m is. The caller has the token.
func (db *DB) serve(m *member) {
	for {
		select {
		case <-m.done:
			return
		default:
		}
		db.mu.Lock()
		n := min(len(db.queue), mostMembers)
		batch := db.queue[:n:n]
		db.queue = db.queue[n:]
		db.mu.Unlock()
		later := db.decide(batch)
		db.mu.Lock()
		db.queue = append(later, db.queue...)
		db.mu.Unlock()
	}
}

// decide runs a batch of Updates and answers them; those that it returns are to be run later.
func (db *DB) decide(batch []*member) (later []*member) {
	if len(batch) == 0 {
		return nil
	}
	answer := func(m *member, err error) { m.err = err; close(m.done) }
	if err := db.Status().Err; err != nil {
		for _, m := range batch {
			answer(m, err)
		}
		return nil
	}
	wait := patience
	if db.Status().Away {
		wait = lastPatience
	}
	t := turn{db: db}
	defer t.over()
	for {
		r := round{db: db, wait: wait, batch: batch, turn: &t}
		err := db.Local.Update(context.Background(), r.run)
		if errors.Is(err, ErrTaken) {
			if _, err = db.takeIn(r.next, wait); err == nil {
				continue // on a state that holds what the others wrote
			}
			r.outcomes = nil
		}
		if err == nil && len(r.puts) > 0 {
			db.moved(r.at, r.sum, r.bytes)
		} else if err != nil && !errors.Is(err, errRefused) {
			db.failed(err)
		}
		if err == nil && len(r.puts) == 0 && r.refusal() {
			// decided against on a state that may be old: asked once more on what the log holds now, if it answers
			if moved, lost := db.takeIn(nil, wait); lost == nil && moved {
				continue
			}
		}
		for i, m := range batch {
			switch run := i < len(r.outcomes); {
			case err != nil && !errors.Is(err, errRefused):
				answer(m, err)
			case run:
				m.panic = r.outcomes[i].panic
				answer(m, r.outcomes[i].err)
			default:
				later = append(later, m)
			}
		}
		return later
	}
}

// takeIn applies what follows the copy in the log, or asks the log for it, and reports whether there was any. The
// caller has the token. Errors: those of catchUp.
func (db *DB) takeIn(next [][]byte, wait time.Duration) (moved bool, err error) {
	if len(next) == 0 {
		ctx, cancel := context.WithTimeout(context.Background(), wait)
		defer cancel()
		if next, err = read(ctx, db.log, db.Status().Position+1); err != nil {
			return false, err
		}
	}
	return len(next) > 0, db.applyAll(next)
}

// short is how a sum is shown.
func short(sum []byte) string { return hex.EncodeToString(sum[:min(4, len(sum))]) }

func sumOf(sealed []byte) sum { return sha256.Sum256(sealed) }
