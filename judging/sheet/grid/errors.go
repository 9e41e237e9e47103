package grid

import (
	"fayi/internal/bomb"
	"fayi/judging"
)

// FileError makes the error of a file that cannot be read.
func FileError(name, text string, args judging.Args) *judging.Error {
	if args == nil {
		args = judging.Args{}
	}
	args["File"] = name
	return judging.Fail(judging.Invalid, text, args)
}

// Unreadable makes a judging error of a failure of the disk; name is the file's, for the message.
func Unreadable(name string, err error) error {
	e := FileError(name, "sheet.unreadable", nil).Because(err)
	e.Code = judging.Unavailable
	return e
}

// ErrTooBig is the error of a part that unpacks to more than its limit.
var ErrTooBig = bomb.ErrTooBig
