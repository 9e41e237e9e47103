// Package fault turns failures of reading into judging errors without paths, which may hold names of people.
package fault

import (
	"errors"
	"io/fs"

	"fayi/judging"
)

// Unreadable makes a judging error of a failure of the disk; one that is a judging error already comes back as it is.
func Unreadable(err error) *judging.Error {
	var known *judging.Error
	if errors.As(err, &known) {
		return known
	}
	return judging.Fail(judging.Unavailable, "media.unreadable", nil).Because(BareCause(err))
}

// BareCause takes the path out of an error of the disk: it may hold names of people.
func BareCause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
