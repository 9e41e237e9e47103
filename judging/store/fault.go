package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"fayi/judging"
)

// Translate makes a judging error of a failure of the file system at path: disk full, absent, or anything else that
// repair outside the program may cure. A judging error, a context's error and nil come back as they are.
func Translate(path string, err error) error {
	var known *judging.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) ||
		errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	code, text := judging.Unavailable, "store.unavailable"
	switch {
	case isFull(err):
		text = "store.disk_full"
	case isProtected(err) && inContest(path):
		text = "store.read_only"
	case isProtected(err):
		text = "store.protected"
	case errors.Is(err, fs.ErrNotExist):
		code, text = judging.NotFound, "store.no_file"
	case errors.Is(err, fs.ErrPermission):
		text = "store.no_permission"
	}
	return judging.Fail(code, text, judging.Args{"File": Shown(path)}).Because(err)
}

// Shown is the name by which people know the file at path: what lies within the folder of a contest belongs to the
// program, and they know the folder. Only copies have names that they see.
func Shown(path string) string {
	dir, name := filepath.Split(filepath.Clean(path))
	if name == "contest.db" {
		return filepath.Base(dir)
	}
	for at := filepath.Clean(dir); at != filepath.Dir(at); at = filepath.Dir(at) {
		if filepath.Ext(at) == ".fayi" && filepath.Dir(filepath.Clean(path)) != filepath.Join(at, "backups") {
			return filepath.Base(at)
		}
	}
	return name
}

// inContest reports whether path is a contest's folder or lies in one: all else is written for people.
func inContest(path string) bool {
	if filepath.Base(path) == "contest.db" {
		return true
	}
	for at := filepath.Clean(path); at != filepath.Dir(at); at = filepath.Dir(at) {
		if filepath.Ext(at) == ".fayi" {
			return true
		}
	}
	return false
}

// IsReadOnly reports whether err means that the medium or the folder can't be written, though it may be read.
func IsReadOnly(err error) bool {
	return err != nil && (isProtected(err) || errors.Is(err, fs.ErrPermission))
}

// isProtected reports whether err means that the medium is protected against writing.
func isProtected(err error) bool { return errors.Is(err, protected) }

// isFull reports whether err means that the medium, the quota or the file is full.
func isFull(err error) bool {
	for _, full := range fullErrors {
		if errors.Is(err, full) {
			return true
		}
	}
	return false
}

// MakeWithin makes the folder dir in a folder that is there. It never makes that one: a contest that was moved away at
// this moment must not leave an empty one of its name behind. Errors: NotFound, Unavailable.
func MakeWithin(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return Translate(dir, err)
	}
	return nil
}
