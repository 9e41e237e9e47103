package host

import (
	"errors"

	"syscall"
)

func portTaken(err error) bool { return errors.Is(err, syscall.Errno(10048)) }
