//go:build !windows

package store

import "syscall"

var fullErrors = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}

var protected error = syscall.EROFS
