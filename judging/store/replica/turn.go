package replica

import (
	"context"
	"encoding/hex"
	"errors"
	"time"
)

const (
	// turnHolds is how long the others let the oldest wish go first before they take its program for dead.
	turnHolds = 2 * time.Second

	// Who waits for its turn tries again after so long, then twice that, up to the longest: its Try tells it what the
	// others wrote, too.
	firstYield = 5 * time.Millisecond
	mostYield  = 80 * time.Millisecond
)

// turn is how a batch of Updates fares in its races for a position. It lays a wish once it lost one: so it loses, after
// that, no more than one for each wish that is older, and two.
type turn struct {
	db    *DB
	lost  bool
	wish  string // "" until it is needed
	stood bool   // the last Try succeeded, and its wish is gone with it
	first string // whose turn it was last
	ends  context.Context
	end   context.CancelFunc
	pause time.Duration
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
		ctx, cancel := context.WithTimeout(context.Background(), wait)
		a, err := add(ctx, t.db.log, at, sealed, t)
		cancel()
		t.lost = t.lost || errors.Is(err, ErrTaken) || errors.Is(err, ErrTurn)
		if !errors.Is(err, ErrTurn) {
			return a, err
		}
		t.yield(a.First)
	}
}

// yield waits for the turn of first to pass, for a while.
func (t *turn) yield(first string) {
	if t.ends == nil || first != t.first {
		t.forget()
		t.first, t.pause = first, firstYield
		t.ends, t.end = context.WithTimeout(context.Background(), turnHolds)
	}
	if t.ends.Err() != nil {
		t.forget()
		t.withdraw(first)
	}
	time.Sleep(t.pause)
	t.pause = min(2*t.pause, mostYield)
}

// forget forgets whose turn it was.
func (t *turn) forget() {
	if t.end != nil {
		t.end()
	}
	t.ends, t.end = nil, nil
}

// over takes back a wish that is not needed any more. Where the log is away the others take it back.
func (t *turn) over() {
	t.forget()
	if t.wish != "" && !t.stood && !t.db.Status().Away {
		t.withdraw(t.wish)
	}
}

func (t *turn) withdraw(wish string) {
	ctx, cancel := context.WithTimeout(context.Background(), lastPatience)
	defer cancel()
	_ = t.db.log.Withdraw(ctx, wish) // who finds it in the way later does it again
}
