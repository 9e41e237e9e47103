package bolt

import (
	"errors"
	"fmt"
	"path/filepath"

	berrors "go.etcd.io/bbolt/errors"

	"fayi/judging"
	"fayi/judging/store"
)

// translate makes a judging error from one of bbolt's.
func (db *DB) translate(err error) error {
	args := judging.Args{"File": filepath.Base(db.path)}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, berrors.ErrTimeout):
		return judging.Fail(judging.Busy, "store.busy", args).Because(err)
	case errors.Is(err, berrors.ErrInvalid),
		errors.Is(err, berrors.ErrVersionMismatch),
		errors.Is(err, berrors.ErrChecksum):
		return corrupt(db.path, err)
	case errors.Is(err, berrors.ErrDatabaseReadOnly):
		return judging.Fail(judging.Forbidden, "store.read_only", args).Because(err)
	case errors.Is(err, berrors.ErrTxNotWritable), errors.Is(err, berrors.ErrTxClosed):
		return judging.Fail(judging.Internal, "store.fault", nil).Because(err)
	}
	return store.Translate(db.path, err)
}

// corrupt is the error for a damaged file.
func corrupt(path string, cause error) error {
	return judging.Fail(judging.Corrupt, "store.corrupt", judging.Args{"File": store.Shown(path)}).Because(cause)
}

// panicked is the error for a recovered panic.
func panicked(r any) error {
	if err, ok := r.(error); ok {
		return err
	}
	return fmt.Errorf("%v", r)
}

// isFault reports whether a recovered panic came from reading memory that the file no longer backs, as when it was
// cut short by another program. A nil pointer is a fault of the program instead; its address is small.
func isFault(r any) bool {
	f, ok := r.(interface{ Addr() uintptr })
	return ok && f.Addr() >= 1<<16
}
