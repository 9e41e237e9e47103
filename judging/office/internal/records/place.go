package records

import (
	"os"
	"path/filepath"

	"fayi/judging"
)

// FilePlace refuses the path of a folder where a file is to be written: the disk would only say that it can't. Errors:
// Invalid.
func FilePlace(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return judging.Fail(judging.Invalid, "store.is_folder", judging.Args{"File": filepath.Base(path)})
	}
	return nil
}

// FolderPlace refuses the path of a file where a folder is to be made. Errors: Invalid.
func FolderPlace(path string) error {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return judging.Fail(judging.Invalid, "store.is_file", judging.Args{"File": filepath.Base(path)})
	}
	return nil
}
