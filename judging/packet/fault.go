package packet

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"runtime"
	"syscall"

	"fayi/judging"
)

// fault makes a judging error from a failure of the file system at path. Judging errors, a context's and nil come
// back as they are.
func fault(path string, err error) error {
	var known *judging.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) ||
		errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	args := judging.Args{"File": filepath.Base(path)}
	switch {
	case isFull(err):
		return judging.Fail(judging.Unavailable, "store.disk_full", args).Because(err)
	case errors.Is(err, protected()):
		return judging.Fail(judging.Unavailable, "store.protected", args).Because(err)
	case errors.Is(err, fs.ErrNotExist):
		return judging.Fail(judging.NotFound, "store.no_file", args).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return judging.Fail(judging.Unavailable, "store.no_permission", args).Because(err)
	}
	return judging.Fail(judging.Unavailable, "store.unavailable", args).Because(err)
}

// isFull reports whether err means that the medium, the quota or the file is full: on Windows by the numbers of
// winerror.h.
func isFull(err error) bool {
	full := []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
	if runtime.GOOS == "windows" {
		full = []error{syscall.Errno(39), syscall.Errno(112), syscall.Errno(223)}
	}
	for _, f := range full {
		if errors.Is(err, f) {
			return true
		}
	}
	return false
}

// protected is what the system says of a medium that is protected against writing, as a stick with its lock on.
func protected() error {
	if runtime.GOOS == "windows" {
		return syscall.Errno(19)
	}
	return syscall.EROFS
}

// internal is the error for what cannot happen.
func internal(err error) error {
	return judging.Fail(judging.Internal, "error.internal", nil).Because(err)
}
