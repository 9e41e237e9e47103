package replica

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/seal"
)

// A snapshot is the contest as it stood behind one entry of the log, in pieces that are sealed as entries are. Who
// joins reads the newest, and only the entries behind it. The ledger, one note, says which snapshots count: pieces that
// it does not name are nothing.

const (
	ledgerName = "snapshot"
	piecesName = "piece/"

	// A program that makes a snapshot has this long; then another may, and what the first left is nothing.
	claimHolds = 30 * time.Minute

	// Entries stay this long behind the snapshot that holds them: who was away for less reads on in the log.
	cutAfter = 7 * 24 * time.Hour
)

// Snapshot is one that is whole.
type Snapshot struct {
	ID       string    `json:"id"`
	Position uint64    `json:"position"` // of the last entry that is in it
	Sum      []byte    `json:"sum"`      // of that entry
	At       time.Time `json:"at"`
	Pieces   [][]byte  `json:"pieces"` // their sums, in order
	Records  int       `json:"records"`
	Bytes    int       `json:"bytes"` // of all pieces
}

// claim is a snapshot that is being made.
type claim struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
}

// mark is where a snapshot was made, which may be replaced by now.
type mark struct {
	Position uint64    `json:"position"`
	At       time.Time `json:"at"`
}

// ledger says which snapshots there are.
type ledger struct {
	Newest *Snapshot `json:"newest"`
	Claim  *claim    `json:"claim"`
	Marks  []mark    `json:"marks"` // not cut yet, oldest first
	Cut    uint64    `json:"cut"`   // the first entry that is to stay

	raw []byte // as it was read
}

var ledgerPlace = []byte("fayi log snapshots")

func piecePlace(id string, n int) []byte { return fmt.Appendf(nil, "fayi log snapshot %s %d", id, n) }

func pieceName(id string, n int) string { return fmt.Sprintf("%s%s/%06d", piecesName, id, n) }

// readLedger asks the log until it answers or ctx ends. Errors: Corrupt, "share.foreign_entry"; those of the log.
func readLedger(ctx context.Context, log Log, key *seal.Key) (l ledger, err error) {
	l.raw, err = noted(ctx, log, ledgerName)
	if err != nil || len(l.raw) == 0 {
		return l, err
	}
	plain, whole := key.Open(nil, l.raw, ledgerPlace)
	if !whole {
		return l, foreign(errors.New("the ledger is not sealed by this key"))
	}
	if err := json.Unmarshal(plain, &l); err != nil {
		return l, foreign(err)
	}
	return l, nil
}

// write puts l in the place of the ledger that it was read as. Errors: ErrTaken where another program was first; those
// of the log.
func (l *ledger) write(ctx context.Context, log Log, key *seal.Key) error {
	plain, err := json.Marshal(l)
	if err != nil {
		return judging.Fail(judging.Internal, "store.fault", nil).Because(err)
	}
	raw := key.Seal(nil, plain, ledgerPlace)
	if err := note(ctx, log, ledgerName, l.raw, raw); err != nil {
		return err
	}
	l.raw = raw
	return nil
}

// retried calls do until it succeeds, its answer is final, or ctx ends. doubt: an earlier try may have been done.
func retried(ctx context.Context, do func(doubt bool) error) error {
	for doubt := false; ; doubt = true {
		err := do(doubt)
		switch {
		case err == nil, errors.Is(err, ErrTaken), errors.Is(err, ErrGap), errors.Is(err, ErrCut), final(err):
			return err
		}
		select {
		case <-ctx.Done():
			return away(err)
		case <-time.After(pause):
		}
	}
}

// note is Log.Note, as often as it takes to know whether the value stands.
func note(ctx context.Context, log Log, name string, old, value []byte) error {
	return retried(ctx, func(doubt bool) error {
		err := log.Note(ctx, name, old, value)
		if !doubt || !errors.Is(err, ErrTaken) {
			return err
		}
		there, err := log.Noted(ctx, name)
		if err == nil && !bytes.Equal(there, value) {
			err = ErrTaken
		}
		return err
	})
}

func noted(ctx context.Context, log Log, name string) (value []byte, err error) {
	err = retried(ctx, func(bool) error {
		value, err = log.Noted(ctx, name)
		return err
	})
	return value, err
}

// snapshotBusy is the answer where another program makes a snapshot at this moment, or has just made one.
func snapshotBusy() error { return judging.Fail(judging.Busy, "share.snapshot_busy", nil) }

// Condense makes a snapshot of the copy as it stands, unless the newest holds as much or more. A program that dies in
// the midst of it leaves nothing that counts, and of two at once one is refused. Errors: Busy, "share.snapshot_busy";
// those of Status and of the log.
func (db *DB) Condense(ctx context.Context, now func() time.Time) (Snapshot, error) {
	state := db.Status()
	if state.Err != nil {
		return Snapshot{}, state.Err
	}
	l, err := readLedger(ctx, db.log, db.key)
	switch {
	case err != nil:
		return Snapshot{}, err
	case l.Claim != nil && now().Sub(l.Claim.At).Abs() < claimHolds:
		return Snapshot{}, snapshotBusy()
	case l.Newest != nil && l.Newest.Position >= state.Position:
		// One of a copy that has not read so far must not take its place: what lies between may be cut off already, and
		// nobody could join. Who made it may have died before it swept.
		return *l.Newest, db.sweep(ctx)
	}
	id, err := newID(db.random)
	if err != nil {
		return Snapshot{}, err
	}
	l.Claim = &claim{ID: hex.EncodeToString(id[:]), At: now()}
	if err := l.write(ctx, db.log, db.key); err != nil {
		return Snapshot{}, busyFor(err)
	}
	s, err := db.putSnapshot(ctx, l, now)
	if err != nil { // what was put is nothing; the claim is given up, or ends by itself
		giving, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		if now, lost := readLedger(giving, db.log, db.key); lost == nil && now.holds(l.Claim.ID) {
			now.Claim = nil
			_ = now.write(giving, db.log, db.key)
		}
		return Snapshot{}, err
	}
	return s, db.sweep(ctx)
}

// busyFor is the answer where another program wrote into the ledger first.
func busyFor(err error) error {
	if errors.Is(err, ErrTaken) {
		return snapshotBusy()
	}
	return err
}

// holds reports whether the snapshot id is still being made by who claimed it.
func (l *ledger) holds(id string) bool { return l.Claim != nil && l.Claim.ID == id }

// putSnapshot puts the pieces, and then the ledger that names them.
func (db *DB) putSnapshot(ctx context.Context, l ledger, now func() time.Time) (Snapshot, error) {
	s := Snapshot{ID: l.Claim.ID}
	pieces, err := db.pieces(ctx, &s)
	if err != nil {
		return s, err
	}
	for n, piece := range pieces {
		if err := note(ctx, db.log, pieceName(s.ID, n), nil, piece); err != nil {
			return s, busyFor(err)
		}
	}
	l, err = readLedger(ctx, db.log, db.key)
	switch {
	case err != nil:
		return s, err
	case !l.holds(s.ID):
		return s, snapshotBusy()
	}
	s.At = now()
	l.Newest, l.Claim, l.Marks = &s, nil, append(l.Marks, mark{s.Position, s.At})
	return s, busyFor(l.write(ctx, db.log, db.key))
}

// pieces packs the copy as it stands at one moment, and says in s which. They are kept in memory: a view that waited
// for the network would stop who writes.
func (db *DB) pieces(ctx context.Context, s *Snapshot) (pieces [][]byte, err error) {
	err = db.Local.View(ctx, func(t store.Tx) error {
		share, shared, err := load(t)
		if err != nil || !shared {
			return errors.Join(err, NotShared())
		}
		s.Position, s.Sum, s.Pieces, s.Records, s.Bytes = share.Position, share.Sum, nil, 0, 0
		pieces = nil
		var waiting []put
		size := 0
		pack := func() {
			piece := entry{kind: part, puts: waiting}.packFor(db.key, piecePlace(s.ID, len(pieces)))
			of := sumOf(piece)
			pieces, s.Pieces, s.Bytes = append(pieces, piece), append(s.Pieces, of[:]), s.Bytes+len(piece)
			waiting, size = nil, 0
		}
		err = t.Scan(nil, func(key, value []byte) error {
			if bytes.Equal(key, stateKey) {
				return nil
			}
			n := len(key) + len(value)
			if len(waiting) > 0 && (size+n > fillBytes || len(waiting) >= mostTakers) {
				pack()
			}
			waiting, size = append(waiting, put{key: bytes.Clone(key), value: bytes.Clone(value)}), size+n
			s.Records++
			return ctx.Err()
		})
		if len(waiting) > 0 {
			pack()
		}
		return err
	})
	return pieces, err
}

// sweep removes pieces that no ledger names. Their names are listed before the ledger is read: a piece was claimed
// before it was put, so one whose claim is not there any more is never going to count.
func (db *DB) sweep(ctx context.Context) error {
	var names []string
	err := retried(ctx, func(bool) (err error) { names, err = db.log.Names(ctx); return err })
	if err != nil {
		return err
	}
	l, err := readLedger(ctx, db.log, db.key)
	if err != nil {
		return err
	}
	for _, name := range names {
		id, _, _ := strings.Cut(strings.TrimPrefix(name, piecesName), "/")
		if !strings.HasPrefix(name, piecesName) || l.Newest != nil && l.Newest.ID == id || l.holds(id) {
			continue
		}
		if err := retried(ctx, func(bool) error { return db.log.Drop(ctx, name) }); err != nil {
			return err
		}
	}
	return nil
}

// Cut removes the entries of the log that a snapshot holds which is older than a week, or with all those that the
// newest holds. It returns the position of the first entry that stays, 0 where nothing was cut off yet. Errors: Busy,
// "share.snapshot_busy"; Corrupt, "share.snapshot_gone", where the newest snapshot is not whole: nothing is cut then;
// those of the log.
func (db *DB) Cut(ctx context.Context, now func() time.Time, all bool) (first uint64, err error) {
	l, err := readLedger(ctx, db.log, db.key)
	if err != nil || l.Newest == nil {
		return l.Cut, err
	}
	to, rest := l.Cut, l.Marks
	for i, m := range l.Marks {
		if all || now().Sub(m.At) >= cutAfter {
			to, rest = m.Position, l.Marks[i+1:]
		}
	}
	if to == 0 {
		return 0, nil
	}
	if to != l.Cut {
		if err := db.snapshotThere(ctx, *l.Newest); err != nil {
			return l.Cut, err
		}
		l.Cut, l.Marks = to, rest
		if err := l.write(ctx, db.log, db.key); err != nil {
			return 0, busyFor(err)
		}
	}
	// also where it was cut before: whoever did may have died before it was done
	err = retried(ctx, func(bool) error { return db.log.Cut(ctx, l.Cut) })
	if errors.Is(err, ErrGap) {
		err = nil // another program has cut off more by now
	}
	return l.Cut, err
}

// Kept tells what the log keeps: its newest snapshot, nil for none, and the first entry that was not cut off.
func (db *DB) Kept(ctx context.Context) (newest *Snapshot, first uint64, err error) {
	l, err := readLedger(ctx, db.log, db.key)
	return l.Newest, max(1, l.Cut), err
}

// snapshotThere looks whether all pieces of a snapshot are there.
func (db *DB) snapshotThere(ctx context.Context, s Snapshot) error {
	var names []string
	if err := retried(ctx, func(bool) (err error) { names, err = db.log.Names(ctx); return err }); err != nil {
		return err
	}
	there := map[string]bool{}
	for _, name := range names {
		there[name] = true
	}
	for n := range s.Pieces {
		if !there[pieceName(s.ID, n)] {
			return snapshotGone()
		}
	}
	return nil
}

func snapshotGone() error { return judging.Fail(judging.Corrupt, "share.snapshot_gone", nil) }

// fetch returns the newest snapshot with its pieces, false where there is none. One that is replaced meanwhile is given
// up for the next. Errors: Corrupt, "share.snapshot_gone" and "share.foreign_entry"; those of the log.
func fetch(ctx context.Context, log Log, key *seal.Key) (s Snapshot, pieces [][]byte, there bool, err error) {
	for tries := 0; ; tries++ {
		asking, cancel := context.WithTimeout(ctx, patience)
		l, err := readLedger(asking, log, key)
		cancel()
		if err != nil || l.Newest == nil {
			return s, nil, false, err
		}
		if tries > 0 && s.ID == l.Newest.ID {
			return s, nil, false, snapshotGone() // it is the one that counts, and not whole
		}
		s, pieces = *l.Newest, nil
		for n, want := range s.Pieces {
			asking, cancel := context.WithTimeout(ctx, 10*patience)
			piece, err := noted(asking, log, pieceName(s.ID, n))
			cancel()
			if err != nil {
				return s, nil, false, err
			}
			if is := sha256.Sum256(piece); !bytes.Equal(is[:], want) {
				break
			}
			pieces = append(pieces, piece)
		}
		if len(pieces) == len(s.Pieces) {
			return s, pieces, true, nil
		}
	}
}
