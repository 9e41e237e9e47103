package sheettest

import (
	"errors"
	"io"
)

// ErrFull is the error of a writer that has no room left.
var ErrFull = errors.New("the disk gives an error")

// FullAfter is a writer that takes n bytes and then fails with ErrFull.
func FullAfter(n int) io.Writer { return &full{n} }

type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, ErrFull
	}
	return len(b), nil
}
