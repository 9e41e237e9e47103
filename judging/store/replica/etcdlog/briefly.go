package etcdlog

import (
	"context"
	"errors"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// A member has so long for its answer before another is asked: one that was cut off says nothing, and its connection
// lives on for seconds. It is some times what answers took of late; where that was too short, the next has twice as
// long.
const (
	firstPatience = 2 * time.Second
	leastPatience = 500 * time.Millisecond
	timesUsual    = 10
	tryPatience   = time.Second // for what is found again where the answer came too late, or twice what answers take
	readPatience  = time.Hour   // whoever reads bounds it

	// mostSilent is how many questions in a row go without an answer before all connections are opened again; but new
	// ones are given time: so long at first, and twice that whenever they had no answer either. Who closed them after
	// each question that had a short end would never hear an engine that answers late, nor would anybody else here.
	mostSilent  = 2
	firstChance = 3 * time.Second
	mostChance  = 12 * time.Second
)

var errSlow = errors.New("a member did not answer")

// briefly bounds how long one member is asked, by most, too; answered notes how that ended, and is to be called.
func (l *Log) briefly(
	ctx context.Context, client *clientv3.Client, most time.Duration,
) (asking context.Context, answered func(error) error) {
	usual, began := time.Duration(l.patience.Load()), time.Now()
	bound := min(usual, max(most, 2*usual/timesUsual))
	asking, cancel := context.WithTimeoutCause(ctx, bound, errSlow)
	return asking, func(err error) error {
		defer cancel()
		switch slow := errors.Is(context.Cause(asking), errSlow); {
		case err == nil: // quickly longer, slowly shorter
			l.silent.Store(0)
			l.renewals.Store(0)
			next := max(timesUsual*time.Since(began), usual*7/8, leastPatience)
			l.patience.CompareAndSwap(int64(usual), int64(next))
		case asking.Err() == nil, errors.Is(ctx.Err(), context.Canceled): // an answer, or nobody waits for it
		default:
			// who gave it less time than any answer takes has learned nothing
			if time.Since(began) >= leastPatience && l.silent.Add(1) >= mostSilent {
				l.renew(client)
			}
			if slow {
				l.patience.CompareAndSwap(int64(usual), int64(2*usual))
				return away(errSlow)
			}
		}
		return l.why(err)
	}
}

// renew has the next question make connections of its own: those of client may be open on one side only.
func (l *Log) renew(client *clientv3.Client) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.client == client && time.Since(l.made) >= chance(l.renewals.Load()) {
		l.client = nil
		l.silent.Store(0)
		l.renewals.Add(1)
		go client.Close() // what is still asked over it ends
	}
}

// chance is how long connections are given that come after so many others which had no answer.
func chance(renewals int64) time.Duration {
	return min(firstChance<<min(renewals, 10), mostChance)
}
