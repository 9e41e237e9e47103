package sets

import (
	"errors"
	"os"
	"path/filepath"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/store"
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

// NewFolder begins a folder for papers, which is there whole or not at all. Errors: Invalid where a file has its name,
// Clash where it is there and not empty, NotFound where it would have no folder to be in, Unavailable.
func NewFolder(path string) (*atomicfile.Folder, error) {
	if err := FolderPlace(path); err != nil {
		return nil, err
	}
	folder, err := atomicfile.NewFolder(path, 0o755)
	if errors.Is(err, os.ErrExist) {
		return nil, judging.Fail(judging.Clash, "batch.folder_there", judging.Args{
			"Dir": filepath.Base(path),
		}).Because(err)
	}
	return folder, store.Translate(path, err)
}
