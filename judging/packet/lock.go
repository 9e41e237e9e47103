package packet

import (
	"errors"
	"os"

	"fayi/internal/filelock"
	"fayi/judging"
)

// lock takes the file at path for this program until it is closed or the program ends. Errors: Busy when another
// has it.
func lock(path string) (*os.File, error) {
	f, err := filelock.Try(path)
	if errors.Is(err, filelock.ErrHeld) {
		return nil, judging.Fail(judging.Busy, "packet.busy", nil)
	}
	return f, fault(path, err)
}
