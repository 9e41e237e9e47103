package main

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/term"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sealing"
	"fayi/judging/store/seal"
)

// mostAsked is how often a password is asked for on a terminal.
const mostAsked = 3

// onTerminal asks on the terminal for what must not be seen; nil without one.
func onTerminal() func(prompt string) (string, error) {
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) {
		return nil
	}
	return func(prompt string) (string, error) {
		_, _ = os.Stderr.WriteString(prompt)
		typed, err := term.ReadPassword(in)
		_, _ = os.Stderr.WriteString("\n")
		return string(typed), err
	}
}

// door is how the command opens contests.
func (c *call) newDoor() *sealing.Door {
	return &sealing.Door{Config: func(dir string) office.Config { return c.config(dir, office.Config{}) }, Cost: c.cost}
}

// unlock opens a sealed contest by what the environment holds, else by what is typed on the terminal.
func (c *call) unlock(l seal.Lock) (*seal.Key, error) {
	var last error
	for _, name := range []string{passwordVariable, backupVariable} {
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
		return nil, firstError(last, seal.Locked)
	}
	for range mostAsked {
		typed, err := c.ask(c.text.T("seal.prompt", nil) + " ")
		if err != nil {
			return nil, seal.Locked
		}
		key, err := l.Open(typed)
		if err == nil || !wrong(err) {
			return key, err
		}
		last = err
		fmt.Fprintln(c.err, c.text.Err(err))
	}
	return nil, last
}

// wrong reports whether what was typed opens nothing.
func wrong(err error) bool { return errors.Is(err, seal.ErrWrong) || errors.Is(err, seal.ErrMistyped) }

// newPassword is a password to be set: from the environment, else typed twice.
func (c *call) newPassword(variable string) (string, error) {
	if typed := os.Getenv(variable); typed != "" || c.ask == nil {
		return typed, nil
	}
	first, err := c.ask(c.text.T("seal.prompt_new", nil) + " ")
	if err != nil {
		return "", seal.Locked
	}
	again, err := c.ask(c.text.T("guard.password_again", nil) + ": ")
	if err != nil {
		return "", seal.Locked
	}
	if first != again {
		return "", judging.Fail(judging.Invalid, "guard.password_differs", nil)
	}
	return first, nil
}
