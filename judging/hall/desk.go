package hall

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"fayi/judging"
	"fayi/judging/room"
)

// Limits are of one contest, so that it can't take what others need.
type Limits struct {
	Devices int // that are in within half an hour; 0: 400
	Saves   int // a second, with ten seconds' worth at once; 0: 50
	Media   int // megabytes of works' files a second, with ten seconds' worth at once; 0: 20
}

func (l Limits) orUsual() Limits {
	if l.Devices <= 0 {
		l.Devices = 400
	}
	if l.Saves <= 0 {
		l.Saves = 50
	}
	if l.Media <= 0 {
		l.Media = 20
	}
	return l
}

const (
	burst   = 10 // seconds' worth
	staysIn = 30 * time.Minute
	piece   = 64 << 10 // bytes of a file that are read at once
)

// bounds holds a contest to its limits.
type bounds struct {
	most  int
	save  *rate.Limiter
	media *rate.Limiter // in bytes

	mu   sync.Mutex
	seen map[string]time.Time // passes, when their device asked last
}

func newBounds(l Limits) *bounds {
	return &bounds{
		most: l.Devices, seen: map[string]time.Time{},
		save:  rate.NewLimiter(rate.Limit(l.Saves), l.Saves*burst),
		media: rate.NewLimiter(rate.Limit(l.Media<<20), l.Media<<20*burst),
	}
}

// device lets the device of a pass in, unless there are too many. Errors: Busy.
func (b *bounds) device(pass string, now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, in := b.seen[pass]; !in && len(b.seen) >= b.most {
		for p, at := range b.seen {
			if now.Sub(at) > staysIn {
				delete(b.seen, p)
			}
		}
		if len(b.seen) >= b.most {
			return judging.Fail(judging.Busy, "hall.too_many_devices", judging.Args{"Most": b.most})
		}
	}
	b.seen[pass] = now
	return nil
}

// desk is a judge's place in a hall: what is kept is counted, held to the limits, and answered only while the folder
// that it was kept in is there.
type desk struct {
	room.Desk

	contest *contest
	opened  *opened
}

// Save implements judging.Ballots.
func (d desk) Save(ctx context.Context, b judging.Ballot) (kept judging.Ballot, err error) {
	err = d.write(func() error {
		kept, err = d.Desk.Save(ctx, b)
		return err
	})
	return kept, err
}

// Look implements judging.Ballots.
func (d desk) Look(ctx context.Context, code judging.WorkCode, l judging.Look) error {
	return d.write(func() error { return d.Desk.Look(ctx, code, l) })
}

// Pledge implements judging.Ballots.
func (d desk) Pledge(ctx context.Context, sum string) error {
	return d.write(func() error { return d.Desk.Pledge(ctx, sum) })
}

// Submit implements judging.Ballots.
func (d desk) Submit(ctx context.Context, secret string) error {
	return d.write(func() error { return d.Desk.Submit(ctx, secret) })
}

func (d desk) write(do func() error) error {
	h := d.contest.hall
	begun := h.Now()
	if err := d.contest.barred(); err != nil {
		h.metrics.saves.add("stopping")
		return err
	}
	if !d.contest.bounds.save.AllowN(begun, 1) {
		h.metrics.saves.add("limited")
		return judging.Fail(judging.Busy, "hall.too_many_saves", nil)
	}
	err := do()
	if err == nil && !d.opened.there(d.contest.dir()) {
		d.contest.vanished(context.Background())
		err = errGone
	}
	switch code := judging.CodeOf(err); code {
	case "":
		h.metrics.saves.add("kept")
		h.metrics.saveSeconds.add(h.Now().Sub(begun))
	case judging.Invalid, judging.Clash, judging.Closed, judging.Forbidden, judging.NotFound:
		h.metrics.saves.add("refused") // an answer to the judge, not a trouble of the hall
	default:
		h.metrics.saves.add("failed")
		h.Log.Error("not kept", "contest", d.contest.tag, "code", code, "key", keyOf(err))
	}
	return err
}

// OpenFile implements judging.Ballots.
func (d desk) OpenFile(ctx context.Context, code judging.WorkCode, n, side int) (judging.OpenFile, error) {
	f, err := d.Desk.OpenFile(ctx, code, n, side)
	return d.slow(f, err)
}

// slow holds the reading of a file to the limits.
func (d desk) slow(f judging.OpenFile, err error) (judging.OpenFile, error) {
	if err != nil {
		return f, err
	}
	s := slowly{f.ReadSeekCloser, d}
	if named, ok := f.ReadSeekCloser.(interface{ Name() string }); ok {
		f.ReadSeekCloser = slowlyNamed{s, named.Name()}
	} else {
		f.ReadSeekCloser = s
	}
	return f, nil
}
