package office

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"fayi/judging"
	"fayi/judging/store"
)

// secret is a judge's PIN or the organiser's password: what it hashes to by argon2id, and the wrong tries since the last right one. The costs are kept
// with it, so that they can rise later.
type secret struct {
	Of      string    `json:"of"` // the judge, or organiser
	Salt    []byte    `json:"salt"`
	Hash    []byte    `json:"hash"`
	Passes  uint32    `json:"passes"`
	Memory  uint32    `json:"memory"` // KiB
	Threads uint8     `json:"threads"`
	Wrong   int       `json:"wrong,omitempty"`
	Tried   time.Time `json:"tried,omitzero"` // when it was last tried wrongly
}

var secrets = store.NewTable("secret", 1, func(s *secret) string { return s.Of })

// organiser is the name under which the organiser's password is kept; no judge is called so.
const organiser = "organiser"

// The costs of argon2id are the second choice of RFC 9106: a quarter of a second on an old laptop.
const (
	hashPasses  = 3
	hashMemory  = 64 << 10
	hashThreads = 4
	hashBytes   = 32
	saltBytes   = 16
)

// longestWait bounds how long one has to wait after wrong tries.
const longestWait = 5 * time.Minute

// What a PIN and a password must look like.
const (
	pinLeast, pinMost           = 4, 12
	pinDrawn                    = 6
	passwordLeast, passwordMost = 4, 64
)

func (o *Office) newSecret(of, plain string) (secret, error) {
	s := secret{Of: of, Salt: make([]byte, saltBytes), Passes: hashPasses, Memory: hashMemory, Threads: hashThreads}
	if _, err := io.ReadFull(o.random, s.Salt); err != nil {
		return s, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	s.Hash = s.derive(plain)
	return s, nil
}

func (s *secret) derive(plain string) []byte {
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
func (s *secret) wait(now time.Time) time.Duration {
	full := delay(s.Wrong)
	return max(0, min(full, s.Tried.Add(full).Sub(now)))
}

// loadSecret returns nil where there is none.
func loadSecret(tx store.Tx, of string) (*secret, error) {
	s, err := secrets.Get(tx, of)
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &s, err
}

// SetPIN gives a judge a PIN of 4 to 12 digits, one drawn at random for "", in place of any before, and returns it: it is kept nowhere else. Errors:
// NotFound, Invalid.
func (o *Office) SetPIN(ctx context.Context, judge judging.JudgeID, pin string) (string, error) {
	pin = judging.Fold(pin)
	if pin == "" {
		var err error
		if pin, err = o.drawPIN(); err != nil {
			return "", err
		}
	}
	if n := len(pin); n < pinLeast || n > pinMost || strings.Trim(pin, "0123456789") != "" {
		return "", judging.Fail(judging.Invalid, "pin.digits", judging.Args{"Least": pinLeast, "Most": pinMost})
	}
	s, err := o.newSecret(string(judge), pin)
	if err != nil {
		return "", err
	}
	return pin, o.change(ctx, func(tx store.Tx) error {
		if _, err := loadJudge(tx, judge); err != nil {
			return err
		}
		return o.putSecret(tx, s, "judges.pin")
	})
}

func (o *Office) drawPIN() (string, error) {
	random := make([]byte, 8)
	if _, err := io.ReadFull(o.random, random); err != nil {
		return "", judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	n := new(big.Int).SetBytes(random)
	n.Mod(n, big.NewInt(1_000_000))
	return fmt.Sprintf("%0*d", pinDrawn, n.Int64()), nil
}

func (o *Office) putSecret(tx store.Tx, s secret, verb string) error {
	before, err := loadSecret(tx, s.Of)
	if err != nil {
		return err
	}
	if err := secrets.Put(tx, s); err != nil {
		return err
	}
	return o.log(tx, verb, s.Of, map[string]any{"set": before != nil}, map[string]any{"set": true})
}

// ClearPIN takes a judge's PIN away. Errors: NotFound for the judge.
func (o *Office) ClearPIN(ctx context.Context, judge judging.JudgeID) error {
	return o.change(ctx, func(tx store.Tx) error {
		if _, err := loadJudge(tx, judge); err != nil {
			return err
		}
		return o.dropSecret(tx, string(judge), "judges.pin")
	})
}

func (o *Office) dropSecret(tx store.Tx, of, verb string) error {
	before, err := loadSecret(tx, of)
	if err != nil || before == nil {
		return err
	}
	if err := secrets.Delete(tx, of); err != nil {
		return err
	}
	return o.log(tx, verb, of, map[string]any{"set": true}, map[string]any{"set": false})
}

// CheckPIN proves that a judge is who he says; a judge without a PIN needs no proof. Each wrong try doubles the wait before the next, from 1 s to 5 min,
// also over a restart. Errors: NotFound for the judge; Forbidden for a wrong PIN, and while one has to wait.
func (o *Office) CheckPIN(ctx context.Context, judge judging.JudgeID, pin string) error {
	_, err := view(ctx, o.db, func(tx store.Tx) (judging.Judge, error) { return loadJudge(tx, judge) })
	if err != nil {
		return err
	}
	return o.prove(ctx, string(judge), judging.Fold(pin), "judges.pin_wrong")
}

// SetPassword gives the organiser a password of 4 to 64 characters, which ends judge mode on this machine. Errors: Invalid.
func (o *Office) SetPassword(ctx context.Context, password string) error {
	password = strings.TrimSpace(password)
	if n := utf8.RuneCountInString(password); n < passwordLeast || n > passwordMost {
		return judging.Fail(judging.Invalid, "pin.password_length", judging.Args{"Least": passwordLeast, "Most": passwordMost})
	}
	s, err := o.newSecret(organiser, password)
	if err != nil {
		return err
	}
	return o.change(ctx, func(tx store.Tx) error { return o.putSecret(tx, s, "contest.password") })
}

// ClearPassword takes the organiser's password away.
func (o *Office) ClearPassword(ctx context.Context) error {
	return o.change(ctx, func(tx store.Tx) error { return o.dropSecret(tx, organiser, "contest.password") })
}

// HasPassword reports whether judge mode can be left only with a password.
func (o *Office) HasPassword(ctx context.Context) (bool, error) {
	return view(ctx, o.db, func(tx store.Tx) (bool, error) {
		s, err := loadSecret(tx, organiser)
		return s != nil, err
	})
}

// CheckPassword proves that the organiser is there, as CheckPIN does for judges.
func (o *Office) CheckPassword(ctx context.Context, password string) error {
	return o.prove(ctx, organiser, strings.TrimSpace(password), "contest.password_wrong")
}

// prove compares what was given with the secret of. Tries come one after the other, so that many at once gain nothing.
func (o *Office) prove(ctx context.Context, of, given, verb string) error {
	o.proving.Lock()
	defer o.proving.Unlock()
	s, err := view(ctx, o.db, func(tx store.Tx) (*secret, error) { return loadSecret(tx, of) })
	if err != nil || s == nil {
		return err
	}
	now := o.now().UTC()
	if left := s.wait(now); left > 0 {
		return judging.Fail(judging.Forbidden, "pin.wait", judging.Args{"Seconds": seconds(left)})
	}
	right := subtle.ConstantTimeCompare(s.derive(given), s.Hash) == 1
	if right && s.Wrong == 0 {
		return nil
	}
	// The count is written before anybody hears the answer: pulling the plug saves no wait.
	err = o.db.Update(ctx, func(tx store.Tx) error { return o.countTry(tx, *s, right, now, verb) })
	if err == nil && !right {
		err = judging.Fail(judging.Forbidden, "pin.wrong", judging.Args{"Seconds": seconds(delay(s.Wrong + 1))})
	}
	return err
}

func (o *Office) countTry(tx store.Tx, s secret, right bool, now time.Time, verb string) error {
	s.Wrong, s.Tried = s.Wrong+1, now
	if right {
		s.Wrong, s.Tried = 0, time.Time{}
	}
	if err := secrets.Put(tx, s); err != nil || right {
		return err
	}
	return o.log(tx, verb, s.Of, nil, map[string]any{"wrong": s.Wrong})
}

func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
