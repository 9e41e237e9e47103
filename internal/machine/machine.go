// Package machine keeps what a person calls this computer, so that the journal can say at which one something was
// done. The window and the command line read the same name.
//
// It promises: nothing is called by a name that nobody gave: neither the user's nor the network's.
package machine

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
)

// Longest is how many characters a name may have.
const Longest = 30

const mostBytes = 4096 // of the file

// Folder is the user's folder of settings; "" where there is none.
func Folder() string {
	own, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(own, "fayi")
}

// Name returns what the computer is called by the file below folder, "" for nothing.
func Name(folder string) string {
	if folder == "" {
		return ""
	}
	text, err := regular.ReadFile(path(folder), mostBytes)
	if err != nil {
		return "" // none was given
	}
	return tidy(string(text))
}

// Keep calls the computer by a name from now on; "" takes the name away. Errors: those of the disk.
func Keep(folder, name string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return atomicfile.Write(path(folder), 0o644, func(w io.Writer) error {
		_, err := io.WriteString(w, tidy(name)+"\n")
		return err
	})
}

// Station is how the journal names a program on this computer: "window 甲科的电脑".
func Station(program, name string) string { return strings.TrimSpace(program + " " + name) }

func path(folder string) string { return filepath.Join(folder, "computer.txt") }

// tidy keeps a name to one line of Longest characters.
func tidy(name string) string {
	out := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(name, "")), " "))
	return string(out[:min(len(out), Longest)])
}
