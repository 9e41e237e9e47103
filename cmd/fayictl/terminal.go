package main

import (
	"os"

	"golang.org/x/term"
)

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
