package replica

import (
	"context"
	"encoding/hex"
	"errors"
	"time"
)

const (
	// turnHolds is after how long without another try of its program a wish is taken for that of one that died.
	turnHolds = 1200 * time.Millisecond

	// Who waits for its turn tries again after so long, then twice that, up to the longest: its Try tells it what the
	// others wrote, too.
	firstYield = 5 * time.Millisecond
	mostYield  = 80 * time.Millisecond

	// yields is for how long in all: whatever keeps the others from coming to an end, a save does not wait for it.
	yields = 3 * time.Second
)

// turn is how a batch of Updates fares in its races for a position. It lays a wish once it lost one: so it loses, after
// that, no more than one for each wish that is older, and two.
type turn struct {
	db    *DB
	lost  bool
	wish  string // "" until it is needed
	stood bool   // the last Try succeeded, and its wish is gone with it
	pause time.Duration
	since time.Time           // of its first wait for another; zero before
	seen  map[string]seenWish // of others
}

// seenWish is a wish as it stands since some time.
type seenWish struct {
	mark  string
	since time.Time
}

// try is one Try at a position, again as long as it is another program's turn: nothing stands there then. wait is for
// the log to answer. Errors: those of add but ErrTurn.
func (t *turn) try(at uint64, sealed []byte, wait time.Duration) (Answer, error) {
	for {
		if t.lost && t.wish == "" {
			id, err := newID(t.db.random)
			if err != nil {
				return Answer{}, err
			}
			t.wish = hex.EncodeToString(id[:])
		}
		a, err := t.add(at, sealed, wait, t)
		if errors.Is(err, ErrTurn) && !t.since.IsZero() && time.Since(t.since) > yields {
			a, err = t.add(at, sealed, wait, nil)
		}
		t.lost = t.lost || errors.Is(err, ErrTaken) || errors.Is(err, ErrTurn)
		if !errors.Is(err, ErrTurn) {
			return a, err
		}
		t.bury(a.Waiting, time.Now())
		if t.since.IsZero() {
			t.since = time.Now()
		}
		t.pause = min(max(2*t.pause, firstYield), mostYield)
		time.Sleep(t.pause)
	}
}

// add is add with so long for the log to answer.
func (t *turn) add(at uint64, sealed []byte, wait time.Duration, by *turn) (Answer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	return add(ctx, t.db.log, at, sealed, by)
}

// bury takes back the wishes of programs that died.
func (t *turn) bury(waiting []Wish, now time.Time) {
	if t.seen == nil {
		t.seen = map[string]seenWish{}
	}
	for _, w := range waiting {
		was, known := t.seen[w.Name]
		switch {
		case w.Name == t.wish:
		case !known || was.mark != w.Mark:
			t.seen[w.Name] = seenWish{w.Mark, now}
		case now.Sub(was.since) >= turnHolds:
			t.withdraw(w.Name)
			delete(t.seen, w.Name)
		}
	}
}

// over takes back a wish that is not needed any more. Where the log is away the others take it back.
func (t *turn) over() {
	if t.wish != "" && !t.stood && !t.db.Status().Away {
		t.withdraw(t.wish)
	}
}

func (t *turn) withdraw(wish string) {
	ctx, cancel := context.WithTimeout(context.Background(), lastPatience)
	defer cancel()
	_ = t.db.log.Withdraw(ctx, wish) // who finds it in the way later does it again
}
