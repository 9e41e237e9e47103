package depot

import (
	"context"
	"errors"
	"io"
	"time"

	"fayi/judging"
)

// Engine keeps objects under names: words of a-z, 0-9 with / between them. It serves many goroutines.
type Engine interface {
	// Prepare makes room for objects whose names begin with prefix and /. Without it none can be put there.
	Prepare(ctx context.Context, prefix string) error

	// Put stores what r holds, of size bytes, whole or not at all, in the place of what had the name. When it returns
	// nil it is there to stay.
	Put(ctx context.Context, name string, size int64, r io.Reader) error

	// Get returns an object; the caller closes it. Errors: NotFound.
	Get(ctx context.Context, name string) (io.ReadCloser, error)

	// Stat tells of an object. Errors: NotFound.
	Stat(ctx context.Context, name string) (Object, error)

	// List calls fn with all objects whose names begin with prefix and /, in any order, until it fails.
	List(ctx context.Context, prefix string, fn func(Object) error) error

	// Remove deletes an object; one that is not there is no error.
	Remove(ctx context.Context, name string) error

	// Unfinished calls fn with what is no object and lies below prefix: the beginnings of such as were being put. Those
	// of a program that lives are among them. Their names are the engine's own.
	Unfinished(ctx context.Context, prefix string, fn func(Object) error) error

	// Discard removes what Unfinished named; never an object. What is not there any more is no error.
	Discard(ctx context.Context, name string) error

	// Close gives back what it holds.
	Close() error
}

// Object is what an engine tells of something that it keeps.
type Object struct {
	Name string
	Size int64     // in bytes
	At   time.Time // when it was put, by the engine's clock, which is nobody else's
}

// Away is the answer of an engine that can't be asked. An error of the project, and a context's, comes back as it is.
func Away(err error) error {
	var known *judging.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) ||
		errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return judging.Fail(judging.Unavailable, "depot.away", nil).Because(err)
}

// NoFile is the answer of an engine that does not have an object.
func NoFile(err error) error {
	return judging.Fail(judging.NotFound, "depot.no_file", nil).Because(err)
}

// Full is the answer of an engine that has no room.
func Full(err error) error { return judging.Fail(judging.Unavailable, "depot.full", nil).Because(err) }

// Refused is the answer of an engine that does not accept who asks.
func Refused(err error) error {
	return judging.Fail(judging.Forbidden, "depot.refused", nil).Because(err)
}

// BadAddress is the answer to an address that can't be read.
func BadAddress() error { return judging.Fail(judging.Invalid, "depot.address", nil) }

func altered(err error) error {
	return judging.Fail(judging.Corrupt, "depot.altered", nil).Because(err)
}

func slow() error { return judging.Fail(judging.Unavailable, "depot.slow", nil) }
