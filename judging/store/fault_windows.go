package store

import "syscall"

// ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of winerror.h, and a file beyond what its file system allows.
var fullErrors = []error{syscall.Errno(39), syscall.Errno(112), syscall.Errno(223)}

// ERROR_WRITE_PROTECT of winerror.h.
var protected error = syscall.Errno(19)
