// Package access keeps the judges' PINs and the organiser's password: who may do what on this machine. It keeps no
// secret itself, only what a secret can be checked by.
package access

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
	"fayi/judging/tries"
)

// Secrets is the part of an open contest about PINs and the password; package office hands it out. Its methods may be
// called from many goroutines.
type Secrets struct {
	rec *records.Records
}

// Of returns the secrets of a contest's records.
func Of(rec *records.Records) Secrets { return Secrets{rec} }

// Organiser is the name under which the organiser's password is kept; no judge is called so.
const Organiser = "organiser"

// What a PIN and a password must look like.
const (
	pinLeast, pinMost           = 4, 12
	pinDrawn                    = 6
	passwordLeast, passwordMost = 4, 64
)

func (o Secrets) newSecret(of, plain string) (records.Secret, error) {
	s := records.Secret{
		Of:      of,
		Salt:    make([]byte, records.SaltBytes),
		Passes:  records.HashPasses,
		Memory:  records.HashMemory,
		Threads: records.HashThreads,
	}
	if _, err := io.ReadFull(o.rec.Random, s.Salt); err != nil {
		return s, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	s.Hash = s.Derive(plain)
	return s, nil
}

// SetPIN gives a judge a PIN of 4 to 12 digits, one drawn at random for "", in place of any before, and returns it:
// it is kept nowhere else. Errors: NotFound, Invalid.
func (o Secrets) SetPIN(ctx context.Context, judge judging.JudgeID, pin string) (string, error) {
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
	err = o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if _, err := records.LoadJudge(tx, judge); err != nil {
			return err
		}
		return o.putSecret(tx, s, "judges.pin")
	})
	if err == nil {
		o.rec.ForgetTries(string(judge))
	}
	return pin, err
}

func (o Secrets) drawPIN() (string, error) {
	random := make([]byte, 8)
	if _, err := io.ReadFull(o.rec.Random, random); err != nil {
		return "", judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	n := new(big.Int).SetBytes(random)
	n.Mod(n, big.NewInt(1_000_000))
	return fmt.Sprintf("%0*d", pinDrawn, n.Int64()), nil
}

func (o Secrets) putSecret(tx store.Tx, s records.Secret, verb string) error {
	before, err := records.LoadSecret(tx, s.Of)
	if err != nil {
		return err
	}
	if err := records.Secrets.Put(tx, s); err != nil {
		return err
	}
	return o.rec.Log(tx, verb, s.Of, map[string]any{"set": before != nil}, map[string]any{"set": true})
}

// ClearPIN takes a judge's PIN away. Errors: NotFound for the judge.
func (o Secrets) ClearPIN(ctx context.Context, judge judging.JudgeID) error {
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if _, err := records.LoadJudge(tx, judge); err != nil {
			return err
		}
		return o.dropSecret(tx, string(judge), "judges.pin")
	})
}

func (o Secrets) dropSecret(tx store.Tx, of, verb string) error {
	before, err := records.LoadSecret(tx, of)
	if err != nil || before == nil {
		return err
	}
	if err := records.Secrets.Delete(tx, of); err != nil {
		return err
	}
	return o.rec.Log(tx, verb, of, map[string]any{"set": true}, map[string]any{"set": false})
}

// HasPIN reports whether a judge has a PIN to prove themselves by. Errors: NotFound for the judge.
func (o Secrets) HasPIN(ctx context.Context, judge judging.JudgeID) (bool, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (bool, error) {
		if _, err := records.LoadJudge(tx, judge); err != nil {
			return false, err
		}
		s, err := records.LoadSecret(tx, string(judge))
		return s.Guards(), err
	})
}

// CheckPIN says whether the PIN is the judge's. Errors: Forbidden, Busy while wrong tries must wait.
func (o Secrets) CheckPIN(ctx context.Context, judge judging.JudgeID, pin string) error {
	return o.rec.CheckPIN(ctx, judge, pin)
}

// SetPassword gives the organiser a password of 4 to 64 characters that guards the way out of judge mode and seals
// nothing: as contests had it before they could be sealed, and as one has it whose store can't be. Errors: Invalid.
func (o Secrets) SetPassword(ctx context.Context, password string) error {
	password = strings.TrimSpace(password)
	if n := utf8.RuneCountInString(password); n < passwordLeast || n > passwordMost {
		return judging.Fail(judging.Invalid, "pin.password_length", judging.Args{
			"Least": passwordLeast,
			"Most":  passwordMost,
		})
	}
	s, err := o.newSecret(Organiser, password)
	if err != nil {
		return err
	}
	err = o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		return o.putSecret(tx, s, "contest.password")
	})
	if err == nil {
		o.rec.ForgetTries(Organiser)
	}
	return err
}

// ClearPassword takes away a password that seals nothing.
func (o Secrets) ClearPassword(ctx context.Context) error {
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		return o.dropSecret(tx, Organiser, "contest.password")
	})
}

// HasPassword reports whether judge mode can be left only with a password.
func (o Secrets) HasPassword(ctx context.Context) (bool, error) {
	if o.Sealed() {
		return true, ctx.Err()
	}
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (bool, error) {
		s, err := records.LoadSecret(tx, Organiser)
		return s.Guards(), err
	})
}

// CheckPassword proves that the organiser is there, as CheckPIN does for judges; the recovery code of a sealed contest
// proves it, too. Tries at a sealed contest are those at its lock as well: whoever guesses at the door, at a backup and
// here waits as if it was one place. Errors: Forbidden (tries.ErrWait), those of reading.
func (o Secrets) CheckPassword(ctx context.Context, password string) error {
	vault, _ := o.rec.DB.(store.Vault)
	if !o.Sealed() {
		return o.rec.Prove(ctx, Organiser, "contest.password_wrong", false, func(s records.Secret) (bool, error) {
			return s.Is(strings.TrimSpace(password)), nil
		})
	}
	return o.rec.Tries.Try(vault.Lock(), "password", func() error {
		return o.rec.Prove(ctx, Organiser, "contest.password_wrong", true, func(records.Secret) (bool, error) {
			err := vault.Try(password)
			if judging.CodeOf(err) == judging.Forbidden {
				return false, nil
			}
			return err == nil, err
		})
	})
}

// Sealed reports whether the store can't be read without the organiser's password.
func (o Secrets) Sealed() bool {
	v, ok := o.rec.DB.(store.Vault)
	return ok && v.Sealed()
}

// What is done with the password of a store.
const (
	LockSet     = "set"
	LockCleared = "cleared"
	LockChanged = "changed"
	LockCode    = "recovery_code" // another one
)

// GuardsCopy reports whether a copy of a contest's database carries an organiser's password that seals nothing: one
// that seals it was needed to open it. Errors: those of reading.
func GuardsCopy(ctx context.Context, db store.DB) (bool, error) {
	return records.View(ctx, db, func(tx store.Tx) (bool, error) {
		s, err := records.LoadSecret(tx, Organiser)
		return s.Guards(), err
	})
}

// ProveCopy compares a password with the one that a copy carries; where there is none, any will do. Tries are counted
// with those at the contest itself, apart from the copy. Errors: Forbidden (tries.ErrWait), those of reading.
func ProveCopy(ctx context.Context, db store.DB, count *tries.Counter, password string) error {
	var s *records.Secret
	c, err := records.View(ctx, db, func(tx store.Tx) (c judging.Contest, err error) {
		if s, err = records.LoadSecret(tx, Organiser); err != nil || !s.Guards() {
			return c, err
		}
		return records.LoadContest(tx)
	})
	if err != nil || !s.Guards() {
		return err
	}
	return count.Try(string(c.ID), Organiser, func() error {
		if !s.Is(strings.TrimSpace(password)) {
			return judging.Fail(judging.Forbidden, "seal.copy_password", nil)
		}
		return nil
	})
}

// NoteLock writes into the journal what is done with the password of the store, and ends what its former password
// guarded: it is for the step that does it.
func NoteLock(ctx context.Context, rec *records.Records, did string) error {
	return rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if err := records.Secrets.Delete(tx, Organiser); err != nil {
			return err
		}
		after := map[string]any{"set": did != LockCleared, "sealed": did != LockCleared}
		if did == LockCode {
			after[did] = "new"
		}
		return rec.Log(tx, "contest.password", Organiser, map[string]any{"set": did != LockSet}, after)
	})
}
