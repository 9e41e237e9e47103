package trace

import (
	"context"
	"errors"
	"io"

	"fayi/judging"
)

// ErrBroken is the error of a file that does not keep to its format.
var ErrBroken = errors.New("broken")

// Failed puts the error of a copy into the words that the caller of package scrub gets.
func Failed(err error) error {
	var own *judging.Error
	switch {
	case err == nil, errors.As(err, &own), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, ErrBroken), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return judging.Fail(judging.Invalid, "scrub.broken", nil).Because(err)
	}
	return judging.Fail(judging.Unavailable, "scrub.no_access", nil).Because(err)
}

// TooBig is the error of a file of more than limit bytes.
func TooBig(limit int64) error {
	return judging.Fail(judging.Invalid, "scrub.too_big", judging.Args{"MaxMB": limit >> 20})
}
