package records

import (
	"context"
	"crypto/subtle"
	"errors"
	"time"

	"golang.org/x/crypto/argon2"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/tries"
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

func (s *Secret) Derive(plain string) []byte {
	return argon2.IDKey([]byte(plain), s.Salt, s.Passes, s.Memory, s.Threads, hashBytes)
}

// wait is how much of the delay is left by the computer's clock. A clock set back makes it no longer than the delay
// itself.
func (s *Secret) wait(now time.Time) time.Duration {
	full := tries.Delay(s.Wrong)
	return max(0, min(full, s.Tried.Add(full).Sub(now)))
}

// Guards reports whether there is something to be proved by the secret itself; one that only counts tries does not.
func (s *Secret) Guards() bool { return s != nil && len(s.Hash) > 0 }

// Is reports whether plain is the secret.
func (s *Secret) Is(plain string) bool {
	return subtle.ConstantTimeCompare(s.Derive(plain), s.Hash) == 1
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
	given := judging.Fold(pin)
	return o.Prove(ctx, string(judge), "judges.pin_wrong", false, func(s Secret) (bool, error) {
		return s.Is(given), nil
	})
}
