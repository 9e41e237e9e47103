package records

import (
	"bytes"
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/tries"
)

// Prove lets right compare what was given with the secret of; where there is none, nothing is asked, unless always:
// then tries are counted in a secret that does nothing else. A try is counted in the transaction that allows it, before
// it is made: however many guess at once, in this program and others, no more of them are answered than may try one
// after the other, and pulling the plug saves no wait. Tries of one secret by this program come one after the other;
// those of different ones wait for nothing but the processor, see maxProving. Errors: Forbidden, those of right.
func (o *Records) Prove(
	ctx context.Context, of, verb string, always bool, right func(Secret) (bool, error),
) error {
	leave, err := o.proving.enter(ctx, of)
	if err != nil {
		return err
	}
	defer leave()
	s, err := View(ctx, o.DB, func(tx store.Tx) (*Secret, error) { return LoadSecret(tx, of) })
	if err != nil || s == nil && !always {
		return err
	}
	if o.ReadOnly() {
		return o.proveReadOnly(ctx, of, s, right)
	}
	tried, left, err := o.allow(ctx, of)
	if err != nil {
		return err
	}
	if left > 0 {
		return judging.Fail(judging.Forbidden, "pin.wait", judging.Args{"Seconds": seconds(left)})
	}
	ok, err := o.compare(ctx, tried, right)
	if err != nil {
		return err
	}
	if err := o.answered(ctx, tried, ok, verb); err != nil || ok {
		return err
	}
	return judging.Fail(judging.Forbidden, "pin.wrong", judging.Args{"Seconds": seconds(tries.Delay(tried.Wrong))})
}

// proveReadOnly is Prove where nothing can be written: tries are counted apart from the contest alone.
func (o *Records) proveReadOnly(
	ctx context.Context, of string, s *Secret, right func(Secret) (bool, error),
) error {
	if s == nil {
		s = &Secret{Of: of}
	}
	id, err := View(ctx, o.DB, contestOf)
	if err != nil {
		return err
	}
	return o.Tries.Try(string(id), of, func() error {
		ok, err := o.compare(ctx, *s, right)
		if err != nil || ok {
			return err
		}
		return judging.Fail(judging.Forbidden, "pin.wrong", judging.Args{"Seconds": 1})
	})
}

// maxProving is how many secrets are compared at once: each takes 64 MiB of memory and some of the processor for a
// quarter of a second.
const maxProving = 4

// compare calls right when its turn has come.
func (o *Records) compare(ctx context.Context, s Secret, right func(Secret) (bool, error)) (bool, error) {
	if err := o.proving.turns.Acquire(ctx, 1); err != nil {
		return false, err
	}
	defer o.proving.turns.Release(1)
	return right(s)
}

// proving is who is being proved in this program.
type proving struct {
	turns *semaphore.Weighted

	mu   sync.Mutex
	seen map[string]tries.Count
	busy map[string]chan struct{} // by secret; closed when its try has ended
}

func newProving() *proving {
	return &proving{
		turns: semaphore.NewWeighted(maxProving), seen: map[string]tries.Count{}, busy: map[string]chan struct{}{},
	}
}

// enter waits until no other try of the secret is under way.
func (p *proving) enter(ctx context.Context, of string) (leave func(), err error) {
	for {
		p.mu.Lock()
		other := p.busy[of]
		if other == nil {
			mine := make(chan struct{})
			p.busy[of] = mine
			p.mu.Unlock()
			return func() {
				p.mu.Lock()
				delete(p.busy, of)
				p.mu.Unlock()
				close(mine)
			}, nil
		}
		p.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (p *proving) saw(of string, t tries.Count) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen[of] = t
}

func (p *proving) of(of string) tries.Count {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen[of]
}

// allow counts a try as wrong, unless one has to wait: then left says how long.
func (o *Records) allow(ctx context.Context, of string) (tried Secret, left time.Duration, err error) {
	now := o.Now()
	seen, id := o.proving.of(of), judging.ContestID("")
	err = o.In(Settings).Update(ctx, func(tx store.Tx) error {
		s, err := LoadSecret(tx, of)
		if err != nil {
			return err
		}
		if s == nil {
			s = &Secret{Of: of}
		}
		if id, err = contestOf(tx); err != nil {
			return err
		}
		s.more(tries.Kept(o.Tries.Dir, string(id), of))
		left = s.wait(now.UTC())
		if seen.Wrong > 0 && seen.Wrong >= s.Wrong { // else other programs counted on
			left = seen.Left(now)
		}
		back := s.Wrong > 0 && now.Before(s.Tried)
		if left > 0 && !back {
			return nil
		}
		if left == 0 {
			s.Wrong = max(s.Wrong, seen.Wrong) + 1
		}
		s.Tried = now.UTC() // a clock set back: the wait begins again, and ends
		tried = *s
		return Secrets.Put(tx, *s)
	})
	if err == nil && left == 0 {
		o.count(id, of, tries.Count{Wrong: tried.Wrong, At: now})
	}
	return tried, left, err
}

// answered writes down how a try ended: the right one ends the waits, a wrong one stands in the journal. Where the
// secret was set again while it was compared, what was proved is worth nothing: Forbidden.
func (o *Records) answered(ctx context.Context, s Secret, right bool, verb string) error {
	id := judging.ContestID("")
	err := o.In(Settings).Update(ctx, func(tx store.Tx) error {
		var err error
		if id, err = contestOf(tx); err != nil {
			return err
		}
		if !right {
			return o.Log(tx, verb, s.Of, nil, map[string]any{"wrong": s.Wrong})
		}
		if !s.Guards() {
			return Secrets.Delete(tx, s.Of)
		}
		now, err := LoadSecret(tx, s.Of)
		if err != nil {
			return err
		}
		if now == nil || !bytes.Equal(now.Hash, s.Hash) || !bytes.Equal(now.Salt, s.Salt) {
			return judging.Fail(judging.Forbidden, "pin.wrong", judging.Args{"Seconds": seconds(tries.Delay(s.Wrong))})
		}
		now.Wrong, now.Tried = 0, time.Time{}
		return Secrets.Put(tx, *now)
	})
	if err == nil && right {
		o.count(id, s.Of, tries.Count{})
	}
	return err
}

// ForgetTries begins the count of a secret again, which was just set.
func (o *Records) ForgetTries(of string) {
	// one that can't be read now is forgotten at the next right try
	id, _ := View(context.Background(), o.DB, contestOf)
	o.count(id, of, tries.Count{})
}

// count keeps the count of a secret in this program, and apart from the contest.
func (o *Records) count(id judging.ContestID, of string, c tries.Count) {
	o.proving.saw(of, c)
	tries.Keep(o.Tries.Dir, string(id), of, c)
}

func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
