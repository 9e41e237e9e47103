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
	return pin, o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if _, err := records.LoadJudge(tx, judge); err != nil {
			return err
		}
		return o.putSecret(tx, s, "judges.pin")
	})
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

// CheckPIN says whether the PIN is the judge's. Errors: Forbidden, Busy while wrong tries must wait.
func (o Secrets) CheckPIN(ctx context.Context, judge judging.JudgeID, pin string) error {
	return o.rec.CheckPIN(ctx, judge, pin)
}

// SetPassword gives the organiser a password of 4 to 64 characters, which ends judge mode on this machine. Errors:
// Invalid.
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
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		return o.putSecret(tx, s,
			"contest.password")
	})
}

// ClearPassword takes the organiser's password away.
func (o Secrets) ClearPassword(ctx context.Context) error {
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		return o.dropSecret(tx, Organiser,
			"contest.password")
	})
}

// HasPassword reports whether judge mode can be left only with a password.
func (o Secrets) HasPassword(ctx context.Context) (bool, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (bool, error) {
		s, err := records.LoadSecret(tx, Organiser)
		return s != nil, err
	})
}

// CheckPassword proves that the organiser is there, as CheckPIN does for judges.
func (o Secrets) CheckPassword(ctx context.Context, password string) error {
	return o.rec.Prove(ctx, Organiser, strings.TrimSpace(password), "contest.password_wrong")
}
