//go:build !windows

package chooser

import (
	"os"
	"path/filepath"
)

// systemHides reports whether the system marks a file as hidden: nothing but its name does.
func systemHides(string) bool { return false }

// drives are the disks and sticks that are plugged in.
func drives() (out []string) {
	user := filepath.Base(os.Getenv("HOME"))
	for _, at := range []string{"/media/" + user + "/*", "/run/media/" + user + "/*", "/Volumes/*"} {
		found, _ := filepath.Glob(at) // the pattern is right
		for _, d := range found {
			if isDir(d) {
				out = append(out, d)
			}
		}
	}
	return out
}
