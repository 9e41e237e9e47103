// Package regular opens files that people name, whichever door they come through: a list, a template, a packet, a
// background. Opening a pipe or a device could wait for ever or never end, and a link may lead to one.
package regular

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// ErrIrregular says that a path names a folder, link, pipe, socket or device.
var ErrIrregular = errors.New("not a regular file")

// ErrTooLarge says that a file has more bytes than are read.
var ErrTooLarge = errors.New("too large")

// Open opens a regular file for reading. It never waits. Errors: *fs.PathError with ErrIrregular, or those of os.Open.
func Open(path string) (*os.File, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	f, err := os.OpenFile(path, os.O_RDONLY|dontWait, 0)
	return still(f, path, err)
}

// still refuses what was changed for another since it was looked at.
func still(f *os.File, path string, err error) (*os.File, error) {
	if err != nil {
		return nil, err
	}
	if now, err := f.Stat(); err != nil || !now.Mode().IsRegular() {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	return f, nil
}

// OpenIn is Open of a path within root; a link that stays within root is followed.
func OpenIn(root *os.Root, name string) (*os.File, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|dontWait, 0)
	return still(f, name, err)
}

// Check refuses with ErrIrregular what is there at path and is no regular file. It opens nothing. Errors: those of
// os.Lstat.
func Check(path string) error {
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	return err
}

// ReadFile is os.ReadFile of a regular file of at most most bytes. Errors: those of Open, ErrTooLarge.
func ReadFile(path string, most int64) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = &fs.PathError{Op: "read", Path: path, Err: ErrTooLarge}
	}
	return data, err
}

// Writer opens what is there at path and is neither a folder nor a regular file, as /dev/stdout or a pipe, to be
// written to. A pipe that nobody reads is an error after two seconds, not a wait for ever.
func Writer(path string) (*os.File, error) {
	for tries := 0; ; tries++ {
		f, err := os.OpenFile(path, os.O_WRONLY|dontWait, 0)
		if err == nil || !nobodyReads(err) || tries == 20 {
			return f, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}
