package packet

import (
	"errors"
	"os"
	"syscall"

	"fayi/judging"
)

// lock takes the file at path for this program until it is closed or the program ends: nobody else may open it
// meanwhile. Errors: Busy when another has it.
func lock(path string) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, fault(path, err)
	}
	h, err := syscall.CreateFile(
		name,
		syscall.GENERIC_READ|syscall.GENERIC_WRITE,
		0,
		nil,
		syscall.OPEN_ALWAYS,
		syscall.FILE_ATTRIBUTE_NORMAL,
		0,
	)
	if errors.Is(err, syscall.Errno(32)) { // ERROR_SHARING_VIOLATION
		return nil, judging.Fail(judging.Busy, "packet.busy", nil)
	}
	if err != nil {
		return nil, fault(path, err)
	}
	return os.NewFile(uintptr(h), path), nil
}
