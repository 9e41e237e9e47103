package records

import (
	"context"
	"crypto/subtle"
	"errors"
	"time"

	"golang.org/x/crypto/argon2"

	"fayi/judging"
	"fayi/judging/store"
)

// Secret is a judge's PIN or the organiser's password: what it hashes to by argon2id, and the wrong tries since the
// last right one. The costs are kept with it, so that they can rise later.
type Secret struct {
	Of      string    `json:"of"` // the judge, or organiser
	Salt    []byte    `json:"salt"`
	Hash    []byte    `json:"hash"`
	Passes  uint32    `json:"passes"`
	Memory  uint32    `json:"memory"` // KiB
	Threads uint8     `json:"threads"`
	Wrong   int       `json:"wrong,omitempty"`
	Tried   time.Time `json:"tried,omitzero"` // when it was last tried wrongly
}

var Secrets = store.NewTable("secret", 1, func(s *Secret) string { return s.Of })

// The costs of argon2id are the second choice of RFC 9106: a quarter of a second on an old laptop.
const (
	HashPasses  = 3
	HashMemory  = 64 << 10
	HashThreads = 4
	hashBytes   = 32
	SaltBytes   = 16
)

// longestWait bounds how long one has to wait after wrong tries.
const longestWait = 5 * time.Minute

func (s *Secret) Derive(plain string) []byte {
	return argon2.IDKey([]byte(plain), s.Salt, s.Passes, s.Memory, s.Threads, hashBytes)
}

// delay is how long one has to wait after so many wrong tries: 1 s, 2 s, 4 s and so on.
func delay(wrong int) time.Duration {
	if wrong < 1 {
		return 0
	}
	return min(time.Second<<min(wrong-1, 20), longestWait)
}

// wait is how much of the delay is left. A clock set back makes it no longer than the delay itself.
func (s *Secret) wait(now time.Time) time.Duration {
	full := delay(s.Wrong)
	return max(0, min(full, s.Tried.Add(full).Sub(now)))
}

// LoadSecret returns nil where there is none.
func LoadSecret(tx store.Tx, of string) (*Secret, error) {
	s, err := Secrets.Get(tx, of)
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &s, err
}

// CheckPIN proves that a judge is who they say; a judge without a PIN needs no proof. Each wrong try doubles the
// wait before the next, from 1 s to 5 min, also over a restart. Errors: NotFound for the judge; Forbidden for a
// wrong PIN, and while one has to wait.
func (o *Records) CheckPIN(ctx context.Context, judge judging.JudgeID, pin string) error {
	_, err := View(ctx, o.DB, func(tx store.Tx) (judging.Judge, error) { return LoadJudge(tx, judge) })
	if err != nil {
		return err
	}
	return o.Prove(ctx, string(judge), judging.Fold(pin), "judges.pin_wrong")
}

// Prove compares what was given with the secret of. Tries come one after the other, so that many at once gain
// nothing.
func (o *Records) Prove(ctx context.Context, of, given, verb string) error {
	o.Proving.Lock()
	defer o.Proving.Unlock()
	s, err := View(ctx, o.DB, func(tx store.Tx) (*Secret, error) { return LoadSecret(tx, of) })
	if err != nil || s == nil {
		return err
	}
	now := o.Now().UTC()
	if left := s.wait(now); left > 0 {
		return judging.Fail(judging.Forbidden, "pin.wait", judging.Args{"Seconds": seconds(left)})
	}
	right := subtle.ConstantTimeCompare(s.Derive(given), s.Hash) == 1
	if right && s.Wrong == 0 {
		return nil
	}
	// The count is written before anybody hears the answer: pulling the plug saves no wait.
	err = o.DB.Update(ctx, func(tx store.Tx) error { return o.countTry(tx, *s, right, now, verb) })
	if err == nil && !right {
		err = judging.Fail(judging.Forbidden, "pin.wrong", judging.Args{"Seconds": seconds(delay(s.Wrong + 1))})
	}
	return err
}

func (o *Records) countTry(tx store.Tx, s Secret, right bool, now time.Time, verb string) error {
	s.Wrong, s.Tried = s.Wrong+1, now
	if right {
		s.Wrong, s.Tried = 0, time.Time{}
	}
	if err := Secrets.Put(tx, s); err != nil || right {
		return err
	}
	return o.Log(tx, verb, s.Of, nil, map[string]any{"wrong": s.Wrong})
}

func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
