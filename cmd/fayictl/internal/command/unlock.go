package command

import (
	"errors"
	"fmt"
	"os"
	"time"

	"fayi/judging"
	"fayi/judging/sealing"
	"fayi/judging/store/seal"
	"fayi/judging/tries"
)

// mostAsked is how often a password is asked for on a terminal.
const mostAsked = 3

// mostWaited is how many seconds after a wrong try a command waits by itself; a longer wait is an error.
const mostWaited = 2

// Unlock opens a sealed contest by what the environment holds, else by what is typed on the terminal.
func (c *Call) Unlock(l seal.Lock) (*seal.Key, error) {
	var given []string
	for _, name := range []string{PasswordVariable, BackupVariable} {
		if typed := os.Getenv(name); typed != "" {
			given = append(given, typed)
		}
	}
	if len(given) > 0 {
		return c.typed(l, given...)
	}
	if c.ask == nil {
		return nil, seal.Locked
	}
	var last error
	for range mostAsked {
		typed, err := c.ask(c.Text.T("seal.prompt", nil) + " ")
		if err != nil {
			return nil, seal.Locked
		}
		key, err := c.typed(l, typed)
		if err == nil || !sealing.Shut(err) {
			return key, err
		}
		last = err
		fmt.Fprintln(c.err, c.Text.Err(err))
	}
	return nil, last
}

// typed tries what was typed. After one or two wrong tries it waits out the wait by itself: nobody types as fast as one
// command follows another.
func (c *Call) typed(l seal.Lock, given ...string) (*seal.Key, error) {
	key, err := c.Door.Typed(given...)(l)
	var wait *judging.Error
	if !errors.Is(err, tries.ErrWait) || !errors.As(err, &wait) {
		return key, err
	}
	seconds, _ := wait.Args["Seconds"].(int)
	if seconds > mostWaited {
		return key, err
	}
	select {
	case <-c.Ctx.Done():
		return nil, c.Ctx.Err()
	case <-time.After(time.Duration(seconds) * time.Second):
	}
	return c.Door.Typed(given...)(l)
}

// PasswordOf asks on the terminal for the password of one contest of several. Errors: Forbidden without a terminal.
func (c *Call) PasswordOf(contest string) (string, error) {
	if c.ask == nil {
		return "", judging.Fail(judging.Forbidden, "cli.not_typed", nil)
	}
	typed, err := c.ask(c.Text.T("cli.prompt_password_of", judging.Args{"Name": contest}) + " ")
	if err != nil {
		return "", judging.Fail(judging.Forbidden, "cli.not_typed", nil).Because(err)
	}
	return typed, nil
}

// HallToken is the token of a hall's organiser, from the environment, else typed. Errors: Forbidden.
func (c *Call) HallToken() (string, error) { return c.Secret(HallVariable, "cli.prompt_hall_token") }

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
