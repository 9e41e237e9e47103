package replica

import (
	"bytes"
	"context"
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// errRefused ends a transaction of the copy in which nothing is to be written: the first of its members failed.
var errRefused = errors.New("replica: the first member failed")

const pause = 50 * time.Millisecond // between two tries at a log that did not answer

// round is one transaction of the copy: the Updates of a batch, and the entry that they share.
type round struct {
	db       *DB
	wait     time.Duration // for the log; what the members take themselves does not count
	batch    []*member
	outcomes []outcome // of those that ran, in order
	puts     []put     // of those that succeeded
	used     store.Limit
	at       uint64 // of the entry
	sum      sum
	bytes    int // of it
	turn     *turn
	next     [][]byte // behind ErrTaken: what others wrote, from there on; or nothing
}

// outcome is how one member ended.
type outcome struct {
	err   error
	panic any
}

func (o outcome) failed() bool { return o.err != nil || o.panic != nil }

// refusal reports whether one of those that ran failed.
func (r *round) refusal() bool {
	for _, o := range r.outcomes {
		if o.failed() {
			return true
		}
	}
	return false
}

// run runs the members, appends what they wrote, and notes in the copy how far it is then. Errors: errRefused,
// ErrTaken, those of the copy and of the log.
func (r *round) run(t store.Tx) error {
	r.outcomes, r.puts, r.used = nil, nil, store.Limit{}
	share, shared, err := load(t)
	switch {
	case err != nil:
		return err
	case !shared:
		return NotShared()
	}
	if err := r.members(t); err != nil || len(r.puts) == 0 {
		return err
	}
	e := entry{kind: writes, writer: share.Writer, puts: r.puts}
	copy(e.prev[:], share.Sum)
	if e.id, err = newID(r.db.random); err != nil {
		return err
	}
	at := share.Position + 1
	sealed := e.pack(r.db.key, at)
	there, err := r.turn.try(at, sealed, r.wait)
	if err != nil {
		r.next = there.Next
		return err
	}
	r.at, r.sum, r.bytes = at, sumOf(sealed), len(sealed)
	return keep(t, share, r.at, r.sum)
}

// members runs as many as fit into one entry.
func (r *round) members(t store.Tx) error {
	for i, m := range r.batch {
		part := &tx{Tx: t, writable: true, meter: store.Meter{Limit: r.db.limit}}
		if i > 0 {
			part.room = store.Limit{Writes: mostTakers - r.used.Writes, Bytes: mostShared - r.used.Bytes}
			if part.room.Writes <= 0 || part.room.Bytes <= 0 {
				return nil
			}
		}
		o := part.call(m)
		if o.failed() && i > 0 {
			if err := part.takeBack(); err != nil {
				return err
			}
			r.used.Writes += len(part.before)
		}
		if errors.Is(o.err, errLater) {
			return nil
		}
		r.outcomes = append(r.outcomes, o)
		r.used.Writes, r.used.Bytes = r.used.Writes+len(part.puts), r.used.Bytes+part.size
		switch {
		case !o.failed():
			r.puts = append(r.puts, part.puts...)
		case i == 0:
			return errRefused
		}
	}
	return nil
}

// call runs a member.
func (t *tx) call(m *member) (o outcome) {
	defer func() {
		if p := recover(); p != nil {
			o = outcome{panic: p}
		}
	}()
	if o.err = m.ctx.Err(); o.err != nil {
		return o
	}
	if o.err = m.fn(t); o.err == nil {
		o.err = t.refused
	}
	if t.refused == errLater {
		o.err = errLater
	}
	if o.err == nil {
		o.err = m.ctx.Err()
	}
	return o
}

// add appends an entry, as often as it takes to know whether it stands; t is nil for who takes no turns. Errors:
// ErrTaken and ErrTurn, "share.rewound", those of the log when ctx ends: then it may stand.
func add(ctx context.Context, log Log, at uint64, sealed []byte, t *turn) (a Answer, err error) {
	for doubt := false; ; doubt = true {
		if t == nil {
			err = log.Append(ctx, at, sealed)
		} else {
			a, err = log.Try(ctx, at, sealed, t.wish)
			t.stood = err == nil
		}
		switch {
		case err == nil:
			return a, nil
		case errors.Is(err, ErrGap):
			return a, rewound()
		case final(err), errors.Is(err, ErrTurn), errors.Is(err, ErrTaken) && !doubt:
			return a, err
		case errors.Is(err, ErrTaken):
			lost := error(nil)
			if len(a.Next) == 0 {
				a.Next, lost = log.Read(ctx, at)
			}
			switch {
			case len(a.Next) > 0 && bytes.Equal(a.Next[0], sealed):
				return a, nil
			case lost == nil:
				return a, err
			}
		}
		select {
		case <-ctx.Done():
			return a, judging.Fail(judging.Unavailable, "share.away", nil).Because(err)
		case <-time.After(pause):
		}
	}
}

// rewound is the answer to a log that ends before what the copy has read in it: its keeper was put back.
func rewound() error { return judging.Fail(judging.Corrupt, "share.rewound", nil) }
