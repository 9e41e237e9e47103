package replica

import (
	"cmp"
	"context"
	"slices"
	"time"
)

const (
	// A snapshot is made when so much stands behind the last.
	snapshotEntries = 5000
	snapshotBytes   = 32 << 20

	// tendTries is after how many more entries a snapshot is tried again that could not be made.
	tendTries = 500

	tendPatience = 10 * time.Minute // for all that one snapshot asks of the log
)

// growth counts what stands behind the last snapshot.
type growth struct {
	at     uint64 // the copy's position
	due    uint64 // the position at which the next is to be made; 0 while nobody tends
	bytes  int    // since the last, as far as this program saw
	enough chan struct{}
}

// by notes that the copy has moved on.
func (g *growth) by(at uint64, bytes int) {
	g.at, g.bytes = at, g.bytes+bytes
	if g.due > 0 && (at >= g.due || g.bytes >= snapshotBytes) {
		select {
		case g.enough <- struct{}{}:
		default:
		}
	}
}

// Heard is another program that wrote something.
type Heard struct {
	Writer string
	At     time.Time // by this computer's clock
}

// hear notes who wrote, while somebody tends: before that there is no clock.
func (db *DB) hear(writers []string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.clock == nil {
		return
	}
	for _, w := range writers {
		db.heard[w] = db.clock()
	}
}

// Others lists who else wrote since this program tends, the last one first.
func (db *DB) Others() (all []Heard) {
	db.mu.Lock()
	defer db.mu.Unlock()
	for w, at := range db.heard {
		all = append(all, Heard{w, at})
	}
	slices.SortFunc(all, func(a, b Heard) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Writer, b.Writer)) })
	return all
}

// Tend has this program make snapshots when enough stands behind the last, cut off entries that are old, and let others
// know that it is here, until db is closed; once does it. Of several that do so one makes each snapshot.
func (db *DB) Tend(now func() time.Time) {
	db.mu.Lock()
	tended := db.clock != nil
	db.clock = now
	db.mu.Unlock()
	if tended {
		return
	}
	db.following.Go(func() { db.announce(db.ending, now) })
	db.following.Go(func() {
		for again := true; again; {
			db.tend(db.ending, now)
			select {
			case <-db.ending.Done():
				again = false
			case <-db.grown.enough:
			}
		}
	})
}

// tend makes a snapshot if one is due. What can't be done now is tried again some entries later.
func (db *DB) tend(ctx context.Context, now func() time.Time) {
	ctx, cancel := context.WithTimeout(ctx, tendPatience)
	defer cancel()
	l, err := readLedger(ctx, db.log, db.key)
	if err == nil && db.isDue(l) {
		_, err = db.Condense(ctx, now)
		if err == nil {
			l, err = readLedger(ctx, db.log, db.key)
		}
	}
	if err == nil {
		_, err = db.Cut(ctx, now, false)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.grown.bytes = 0; err != nil {
		db.grown.due = db.grown.at + tendTries
		return
	}
	db.grown.due = l.position() + snapshotEntries
}

// isDue reports whether enough stands behind the newest snapshot.
func (db *DB) isDue(l ledger) bool {
	at := db.Status().Position
	db.mu.Lock()
	defer db.mu.Unlock()
	return at >= l.position()+snapshotEntries || db.grown.bytes >= snapshotBytes
}

// position is that of the newest snapshot, 0 where there is none.
func (l *ledger) position() uint64 {
	if l.Newest == nil {
		return 0
	}
	return l.Newest.Position
}
