package records

import (
	"bytes"
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"fayi/judging"
	"fayi/judging/store"
)

// tries is what this program has seen of the wrong tries of one secret. Times within one program carry the clock that
// nobody can set, so a wait does not end sooner because the computer's clock is set forward, and a count does not fall
// because an older file is put back while the program runs; between programs tries_kept.go sees to that.
type tries struct {
	wrong int
	at    time.Time
}

// left is how much of the wait is left.
func (t tries) left(now time.Time) time.Duration {
	return max(0, delay(t.wrong)-max(0, now.Sub(t.at)))
}

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
	if o.ReadOnly() { // nothing can be counted, and nothing changed
		if s == nil {
			s = &Secret{Of: of}
		}
		if ok, err := right(*s); err != nil || ok {
			return err
		}
		return judging.Fail(judging.Forbidden, "pin.wrong", judging.Args{"Seconds": 0})
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
	return judging.Fail(judging.Forbidden, "pin.wrong", judging.Args{"Seconds": seconds(delay(tried.Wrong))})
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
	seen map[string]tries
	busy map[string]chan struct{} // by secret; closed when its try has ended

	keeping sync.Mutex // the file of tries is read and written by one at a time
}

func newProving() *proving {
	return &proving{
		turns: semaphore.NewWeighted(maxProving), seen: map[string]tries{}, busy: map[string]chan struct{}{},
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

func (p *proving) saw(of string, t tries) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen[of] = t
}

func (p *proving) of(of string) tries {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen[of]
}

// allow counts a try as wrong, unless one has to wait: then left says how long.
func (o *Records) allow(ctx context.Context, of string) (tried Secret, left time.Duration, err error) {
	now := o.Now()
	seen, kept := o.proving.of(of), ""
	err = o.In(Settings).Update(ctx, func(tx store.Tx) error {
		s, err := LoadSecret(tx, of)
		if err != nil {
			return err
		}
		if s == nil {
			s = &Secret{Of: of}
		}
		kept = o.triesFile(contestOf(tx))
		s.more(keptTries(kept)[of])
		left = s.wait(now.UTC())
		if seen.wrong > 0 && seen.wrong >= s.Wrong { // else other programs counted on
			left = seen.left(now)
		}
		back := s.Wrong > 0 && now.Before(s.Tried)
		if left > 0 && !back {
			return nil
		}
		if left == 0 {
			s.Wrong = max(s.Wrong, seen.wrong) + 1
		}
		s.Tried = now.UTC() // a clock set back: the wait begins again, and ends
		tried = *s
		return Secrets.Put(tx, *s)
	})
	if err == nil && left == 0 {
		o.proving.saw(of, tries{tried.Wrong, now})
		o.keepTries(kept, of, tries{tried.Wrong, now})
	}
	return tried, left, err
}

// answered writes down how a try ended: the right one ends the waits, a wrong one stands in the journal. Where the
// secret was set again while it was compared, what was proved is worth nothing: Forbidden.
func (o *Records) answered(ctx context.Context, s Secret, right bool, verb string) error {
	kept := ""
	err := o.In(Settings).Update(ctx, func(tx store.Tx) error {
		kept = o.triesFile(contestOf(tx))
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
			return judging.Fail(judging.Forbidden, "pin.wrong", judging.Args{"Seconds": seconds(delay(s.Wrong))})
		}
		now.Wrong, now.Tried = 0, time.Time{}
		return Secrets.Put(tx, *now)
	})
	if err == nil && right {
		o.proving.saw(s.Of, tries{})
		o.keepTries(kept, s.Of, tries{})
	}
	return err
}

// ForgetTries begins the count of a secret again, which was just set.
func (o *Records) ForgetTries(of string) {
	o.proving.saw(of, tries{})
	// one that can't be read now is forgotten at the next right try
	_ = o.DB.View(context.Background(), func(tx store.Tx) error {
		o.keepTries(o.triesFile(contestOf(tx)), of, tries{})
		return nil
	})
}

func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
