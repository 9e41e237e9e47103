package command

import (
	"errors"
	"fmt"
	"os"

	"fayi/judging"
	"fayi/judging/store/seal"
)

// mostAsked is how often a password is asked for on a terminal.
const mostAsked = 3

// Unlock opens a sealed contest by what the environment holds, else by what is typed on the terminal.
func (c *Call) Unlock(l seal.Lock) (*seal.Key, error) {
	var last error
	for _, name := range []string{PasswordVariable, BackupVariable} {
		typed := os.Getenv(name)
		if typed == "" {
			continue
		}
		key, err := l.Open(typed)
		if err == nil || !wrong(err) {
			return key, err
		}
		last = err
	}
	if last != nil || c.ask == nil {
		return nil, FirstError(last, seal.Locked)
	}
	for range mostAsked {
		typed, err := c.ask(c.Text.T("seal.prompt", nil) + " ")
		if err != nil {
			return nil, seal.Locked
		}
		key, err := l.Open(typed)
		if err == nil || !wrong(err) {
			return key, err
		}
		last = err
		fmt.Fprintln(c.err, c.Text.Err(err))
	}
	return nil, last
}

// wrong reports whether what was typed opens nothing.
func wrong(err error) bool { return errors.Is(err, seal.ErrWrong) || errors.Is(err, seal.ErrMistyped) }

// NewPassword is a password to be set: from the environment, else typed twice.
func (c *Call) NewPassword(variable string) (string, error) {
	if typed := os.Getenv(variable); typed != "" || c.ask == nil {
		return typed, nil
	}
	first, err := c.ask(c.Text.T("seal.prompt_new", nil) + " ")
	if err != nil {
		return "", seal.Locked
	}
	again, err := c.ask(c.Text.T("guard.password_again", nil) + ": ")
	if err != nil {
		return "", seal.Locked
	}
	if first != again {
		return "", judging.Fail(judging.Invalid, "guard.password_differs", nil)
	}
	return first, nil
}
