// Package regular opens files that people name, whichever door they come through: a list, a template, a packet, a
// background. Opening a pipe or a device could wait for ever or never end, and a link may lead to one.
package regular

import (
	"errors"
	"io/fs"
	"os"
)

// ErrIrregular says that a path names a folder, link, pipe, socket or device.
var ErrIrregular = errors.New("not a regular file")

// Open opens a regular file for reading. It never waits. Errors: *fs.PathError with ErrIrregular, or those of os.Open.
func Open(path string) (*os.File, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	// it may have been changed for another in between
	if now, err := f.Stat(); err != nil || !now.Mode().IsRegular() {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	return f, nil
}
