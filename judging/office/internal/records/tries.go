package records

import (
	"context"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// tries is what this program has seen of the wrong tries of one secret. Times within one program carry the clock that
// nobody can set, so a wait does not end sooner because the computer's clock is set forward, and a count does not fall
// because an older file is put back while the program runs.
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
// it is made: neither a second program nor pulling the plug saves a wait. Tries come one after the other. Errors:
// Forbidden, those of right.
func (o *Records) Prove(
	ctx context.Context, of, verb string, always bool, right func(Secret) (bool, error),
) error {
	o.Proving.Lock()
	defer o.Proving.Unlock()
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
	ok, err := right(tried)
	if err != nil {
		return err
	}
	if err := o.answered(ctx, tried, ok, verb); err != nil || ok {
		return err
	}
	return judging.Fail(judging.Forbidden, "pin.wrong", judging.Args{"Seconds": seconds(delay(tried.Wrong))})
}

// allow counts a try as wrong, unless one has to wait: then left says how long.
func (o *Records) allow(ctx context.Context, of string) (tried Secret, left time.Duration, err error) {
	now := o.Now()
	seen := o.tries[of]
	err = o.DB.Update(ctx, func(tx store.Tx) error {
		s, err := LoadSecret(tx, of)
		if err != nil {
			return err
		}
		if s == nil {
			s = &Secret{Of: of}
		}
		left = s.wait(now.UTC())
		if seen.wrong > 0 {
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
		o.saw(of, tries{tried.Wrong, now})
	}
	return tried, left, err
}

// answered writes down how a try ended: the right one ends the waits, a wrong one stands in the journal.
func (o *Records) answered(ctx context.Context, s Secret, right bool, verb string) error {
	err := o.DB.Update(ctx, func(tx store.Tx) error {
		if !right {
			return o.Log(tx, verb, s.Of, nil, map[string]any{"wrong": s.Wrong})
		}
		if !s.Guards() {
			return Secrets.Delete(tx, s.Of)
		}
		calm := s
		calm.Wrong, calm.Tried = 0, time.Time{}
		return Secrets.Put(tx, calm)
	})
	if err == nil && right {
		o.saw(s.Of, tries{})
	}
	return err
}

// ForgetTries begins the count of a secret again, which was just set.
func (o *Records) ForgetTries(of string) {
	o.Proving.Lock()
	defer o.Proving.Unlock()
	o.saw(of, tries{})
}

func (o *Records) saw(of string, t tries) {
	if o.tries == nil {
		o.tries = map[string]tries{}
	}
	o.tries[of] = t
}

func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
